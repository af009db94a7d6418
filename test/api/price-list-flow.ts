import { describe, expect, test } from 'vitest'
import type { Ask } from './case.ts'

const asOf = '2026-09-01'
const json = { 'content-type': 'application/json' }
const csv = { 'content-type': 'text/csv' }

const gpt4o = { kind: 'token-rate', model: 'openai/gpt-4o', seller: 'openai' }
const entries = [
  { ...gpt4o, meter: 'input', amountPerMillionTokens: 2 },
  { kind: 'discount', seller: 'azure', percentOff: 10, covers: 'tokens' },
  { kind: 'gpu-rate', gpu: 'h100-sxm-80gb', seller: 'aws', amountPerGpuHour: 4, currency: 'EUR' },
  { kind: 'exchange-rate', currency: 'EUR', usdPerUnit: 1.25, validFrom: '2026-08-31' },
  { kind: 'commitment', seller: 'openai', amountPerMonth: 500 },
]

/** Keeping a price list, using it everywhere, and everything that can be wrong with one. */
export function priceListFlow(ask: Ask): void {
  const post = async (body: string, headers: Record<string, string> = json, query = '') => {
    const response = await ask(`/v1/price-lists${query}`, { method: 'POST', headers, body })
    return { response, list: await response.json() }
  }
  const keep = (own: readonly unknown[] = entries) =>
    post(JSON.stringify({ name: 'ACME 2026', entries: own }))
  const answer = async (path: string) => (await ask(path, {})).json()
  const refused = async (rows: readonly string[], query = '') => {
    const { response, list } = await post(rows.join('\n'), csv, query)
    expect(response.status, JSON.stringify(list).slice(0, 300)).toBe(422)
    return list.detail as string
  }

  describe('price lists', () => {
    test('kept under an address and a key that nobody can guess; the key is told once', async () => {
      const { response, list } = await keep()
      expect(response.status, JSON.stringify(list)).toBe(201)
      expect(list.id).toMatch(/^[\w-]{22}$/)
      expect(list.editKey).toMatch(/^[\w-]{43}$/)
      const read = await ask(response.headers.get('location') ?? '', {})
      expect(read.headers.get('etag')).toBe('"1"')
      const { editKey: _, ...told } = list
      expect(await read.json()).toEqual(told)
      expect((await ask('/v1/price-lists', {})).status).toBe(405)
      expect((await ask('/v1/price-lists/AAAAAAAAAAAAAAAAAAAAAA', {})).status).toBe(404)
    })

    test('changed and deleted by the key alone, and only from the revision that was seen', async () => {
      const { list } = await keep()
      const change = (method: string, headers: Record<string, string>, amount = 1) =>
        ask(`/v1/price-lists/${list.id}`, {
          method,
          headers: { ...json, ...headers },
          ...(method === 'PUT' && {
            body: JSON.stringify({
              name: 'ACME 2027',
              entries: [{ ...gpt4o, meter: 'input', amountPerMillionTokens: amount }],
            }),
          }),
        })
      const key = { authorization: `Bearer ${list.editKey}` }
      expect((await change('PUT', { 'if-match': '"1"' })).status).toBe(401)
      expect((await change('PUT', { authorization: 'Bearer x', 'if-match': '"1"' })).status).toBe(403)
      expect((await change('PUT', key)).status).toBe(428)
      expect(await (await change('PUT', { ...key, 'if-match': '"1"' })).json()).toMatchObject({ revision: 2 })
      const late = await change('PUT', { ...key, 'if-match': '"1"' }, 3)
      expect(late.status).toBe(412)
      expect((await late.json()).current.entries[0].amountPerMillionTokens).toBe(1)
      expect((await change('DELETE', { ...key, 'if-match': '"2"' })).status).toBe(204)
      expect((await ask(`/v1/price-lists/${list.id}`, {})).status).toBe(404)
    })

    test('an own rate counts, and the public price stays beside it', async () => {
      const { list } = await keep()
      const path = `/v1/token-price?model=gpt-4o&asOf=${asOf}`
      const own = await answer(`${path}&priceList=${list.id}`)
      expect(own.value).toBe(2)
      expect(own.result).toMatchObject({
        seller: 'openai',
        observation: { source: 'user', isStale: false },
        publicPrice: { usd: 2.5, seller: 'openai' },
      })
      expect((await answer(path)).value).toBe(2.5)
      const output = await answer(`${path}&meter=output&priceList=${list.id}`)
      expect(output.value).toBe(10)
      expect(output.result.publicPrice).toBeNull()
    })

    test('a percentage off a seller is taken from its public price', async () => {
      const { list } = await keep()
      const path = `/v1/token-price?model=gpt-4o&seller=azure&asOf=${asOf}`
      const [own, listed] = [await answer(`${path}&priceList=${list.id}`), await answer(path)]
      expect(own.value).toBeCloseTo(0.9 * listed.value, 12)
      expect(own.result.publicPrice.usd).toBe(listed.value)
    })

    test('a rate in another currency is in USD at the rate that was given, named with its day', async () => {
      const { list } = await keep()
      const own = await answer(`/v1/gpu-price?gpu=h100-sxm-80gb&asOf=${asOf}&priceList=${list.id}`)
      expect(own.value).toBe(5)
      expect(own.result).toMatchObject({ seller: 'aws', publicPrice: { usd: 6.88, seller: 'aws' } })
      expect(JSON.stringify(own.sources)).toContain('ACME 2026, EUR at 1.25 USD of 2026-08-31')
    })

    test('a blended price mixes own and public meters, and says what is owed anyway', async () => {
      const { list } = await keep()
      const own = await answer(
        `/v1/blended-price?model=gpt-4o&inputTokens=1000000&outputTokens=1000000&asOf=${asOf}&priceList=${list.id}`,
      )
      expect(own.result).toMatchObject({ usd: 12, publicPrice: { usd: 12.5 }, committedUsd: 500 })
      expect(JSON.stringify(own.assumptions)).toContain('You owe openai this each month')
    })

    test('lists of prices show both', async () => {
      const { list } = await keep([
        ...entries,
        { kind: 'token-rate', model: 'gpt-4o', meter: 'input', amountPerMillionTokens: 1.5 },
        { kind: 'gpu-rate', gpu: 'b200-sxm-180gb', gpuCount: 8, amountPerGpuHour: 3 },
      ])
      const tokens = await answer(
        `/v1/prices/tokens?model=gpt-4o&serviceTier=standard&asOf=${asOf}&limit=1000&priceList=${list.id}`,
      )
      expect(tokens.items[0]).toMatchObject({ seller: 'own-contract', source: { id: 'user' } })
      expect(tokens.items.length).toBe(tokens.total)
      const ofOpenai = tokens.items.find((item: { seller: string }) => item.seller === 'openai')
      expect(ofOpenai.source.id).toBe('user')
      expect(ofOpenai.conflicts[0].others[0].usdPerMillionTokens).toBe(2.5)
      const gpus = await answer(
        `/v1/prices/gpus?gpu=h100-sxm-80gb&seller=aws&pricing=on-demand&asOf=${asOf}&priceList=${list.id}`,
      )
      expect(gpus.items[0]).toMatchObject({ usdPerGpuHour: 5, source: { id: 'user' } })
      expect(gpus.items[0].conflicts[0].usdPerGpuHour).toBe(6.88)
      const alone = await answer(
        `/v1/prices/gpus?gpu=b200-sxm-180gb&asOf=${asOf}&limit=1&priceList=${list.id}`,
      )
      expect(alone.items).toMatchObject([{ seller: 'own-contract', usdPerGpuHour: 3, usdPerHour: 24 }])
    })

    test('reserved throughput and complete servers of a list stand before the public ones', async () => {
      const { list } = await keep([
        {
          kind: 'provisioned-rate',
          model: 'gpt-4o',
          seller: 'azure',
          amountPerUnitHour: 0.8,
          currency: 'EUR',
          inputTokensPerMinutePerUnit: 3000,
          minimumUnits: 15,
          unitStep: 5,
        },
        { kind: 'server-rate', gpu: 'h100-sxm', gpuCount: 8, seller: 'Dealer', amountPerServer: 280_000 },
        { kind: 'exchange-rate', currency: 'EUR', usdPerUnit: 1.25, validFrom: '2026-08-31' },
      ])
      const units = await answer(`/v1/prices/provisioned?model=gpt-4o&priceList=${list.id}`)
      expect(units.items[0]).toMatchObject({ usdPerUnitHour: 1, minimumUnits: 15, source: { id: 'user' } })
      expect(units.total).toBe(10)
      const servers = await answer(`/v1/prices/servers?gpu=h100-sxm-80gb&priceList=${list.id}`)
      expect(servers.items).toMatchObject([
        { seller: 'Dealer', gpu: 'h100-sxm-80gb', usdPerGpu: 35_000, source: 'user: ACME 2026' },
        { usd: 310_000 },
      ])
    })

    test('plan and compare buy at own rates', async () => {
      const { list } = await keep()
      const workload = {
        from: 'tokens',
        tokensPerMonth: 2_000_000,
        inputTokensPerRequest: 1000,
        outputTokensPerRequest: 1000,
      }
      const asked = { model: 'openai/gpt-4o', seller: 'openai', workload, asOf, priceList: list.id }
      const planned = await (
        await ask('/v1/plan', { method: 'POST', headers: json, body: JSON.stringify(asked) })
      ).json()
      expect(planned.value).toBeCloseTo(12, 10)
      expect(planned.result.asked.priceList).toBe(list.id)
      expect(JSON.stringify(planned.assumptions)).toContain('Public: ')
      expect(JSON.stringify(planned.assumptions)).toContain('You owe openai this each month')
      const compared = await (
        await ask('/v1/compare', {
          method: 'POST',
          headers: json,
          body: JSON.stringify(planned.result.asked),
        })
      ).json()
      expect(compared.value).toBe(planned.value)
    })

    test('a quote is ranked among public offers; own rates stand beside', async () => {
      const { list } = await keep()
      const checked = await answer(
        `/v1/price-check?model=gpt-4o&usdPerMillionTokens=2.2&asOf=${asOf}&priceList=${list.id}`,
      )
      expect(checked.result.own).toContainEqual(expect.objectContaining({ seller: 'openai', usd: 2 }))
      expect(checked.result.comparables).toContainEqual(
        expect.objectContaining({ seller: 'openai', usd: 2.5 }),
      )
      expect(checked.result.cheapest).toEqual(checked.result.comparables[0])
      const gpu = await answer(
        `/v1/price-check?gpu=h100-sxm-80gb&usdPerGpuHour=6.88&asOf=${asOf}&priceList=${list.id}`,
      )
      expect(gpu.result.own).toContainEqual(expect.objectContaining({ seller: 'aws', usd: 5 }))
      const aws = gpu.result.comparables.find((one: { seller: string }) => one.seller === 'aws')
      expect(aws.differs).toContain('in a machine of 8')
    })

    test('a list that nobody has is refused wherever it is named', async () => {
      for (const path of [
        '/v1/token-price?model=gpt-4o',
        '/v1/gpu-price?gpu=h100-sxm-80gb',
        '/v1/prices/tokens?model=gpt-4o',
        '/v1/prices/gpus?gpu=h100-sxm-80gb',
        '/v1/blended-price?model=gpt-4o&inputTokens=1&outputTokens=1',
        '/v1/price-check?model=gpt-4o&usdPerMillionTokens=1',
      ]) {
        const response = await ask(`${path}&priceList=nobody`, {})
        expect(response.status, path).toBe(404)
        expect((await response.json()).errors[0].pointer).toBe('#/priceList')
      }
    })
  })

  const header = 'kind,model,meter,seller,amountPerMillionTokens,currency'

  describe('price lists from CSV', () => {
    test('a byte order mark, quotes and CR LF are read, and the list is written back', async () => {
      const { response, list } = await post(
        `\ufeff${header}\r\n"token-rate","gpt-4o",input,openai,2.25,USD\r\n`,
        csv,
        '?name=Quote',
      )
      expect(response.status, JSON.stringify(list)).toBe(201)
      expect(list).toMatchObject({
        name: 'Quote',
        entries: [{ kind: 'token-rate', meter: 'input', amountPerMillionTokens: 2.25 }],
      })
      const written = await (await ask(`/v1/price-lists/${list.id}?format=csv`, {})).text()
      const again = await post(written, csv)
      expect(again.list.entries).toEqual(list.entries)
    })

    test('semicolons and declared decimal commas are read', async () => {
      const rows = ['kind;model;meter;seller;amountPerMillionTokens', 'token-rate;gpt-4o;input;openai;2,25']
      const { list } = await post(rows.join('\n'), csv, '?decimal=comma')
      expect(list.entries[0].amountPerMillionTokens).toBe(2.25)
    })

    test.each([
      [
        'a decimal comma',
        ['token-rate,gpt-4o,input,openai,"2,25",'],
        'line 2, column amountPerMillionTokens: "2,25" has a decimal comma; write a point, or declare the file with ?decimal=comma.',
      ],
      [
        'thousands set apart',
        ['token-rate,gpt-4o,input,openai,"1,234.50",'],
        'line 2, column amountPerMillionTokens: "1,234.50" is not a number',
      ],
      [
        'a bad third row',
        [
          'token-rate,gpt-4o,input,openai,2,',
          'token-rate,gpt-4o,output,openai,8,',
          'token-rate,gpt-4o,cache-read,openai,much,',
        ],
        'line 4, column amountPerMillionTokens: "much" is not a number',
      ],
      ['an unknown kind', ['tokenrate,gpt-4o,input,openai,2,'], 'line 2, column kind: '],
      [
        'an unknown model',
        ['token-rate,gpt-4oo,input,openai,2,'],
        'line 2, column model: there is no priced model "gpt-4oo". Did you mean',
      ],
      [
        'an unknown seller',
        ['token-rate,gpt-4o,input,opnai,2,'],
        'line 2, column seller: there is no seller "opnai". Did you mean "openai"?',
      ],
      [
        'an unknown meter',
        ['token-rate,gpt-4o,inputt,openai,2,'],
        'line 2, column meter: there is no meter of tokens "inputt". Did you mean "input"?',
      ],
      [
        'a currency without a rate',
        ['token-rate,gpt-4o,input,openai,2,EUR'],
        'line 2, column currency: EUR has no rate here; add an entry of kind exchange-rate',
      ],
      [
        'a currency that is none',
        ['token-rate,gpt-4o,input,openai,2,euro'],
        'line 2, column currency: "euro": it must be a three-letter code',
      ],
      [
        'a missing amount',
        ['token-rate,gpt-4o,input,openai,,'],
        'line 2, column amountPerMillionTokens: amountPerMillionTokens is missing',
      ],
      [
        'a price below zero',
        ['token-rate,gpt-4o,input,openai,-2,'],
        'line 2, column amountPerMillionTokens: -2 must be above 0',
      ],
      ['a cell too many', ['token-rate,gpt-4o,input,openai,2,USD,x'], 'line 2: 7 cells under 6 columns'],
      [
        'one price twice',
        ['token-rate,gpt-4o,input,openai,2,', 'token-rate,gpt-4o,input,openai,3,'],
        'line 3, column kind: the same price from the same day stands in entry 1 already.',
      ],
      ['a quote that never ends', ['token-rate,"gpt-4o,input,openai,2,'], 'entries: this is not CSV: '],
    ])('%s is refused with line and column', async (_name, rows, sentence) => {
      expect(await refused([header, ...rows])).toContain(sentence)
    })

    test.each([
      [
        'an unknown column',
        ['kind,modle', 'token-rate,gpt-4o'],
        'line 1, column 2: there is no column "modle". Did you mean "model"?',
      ],
      ['a column twice', ['kind,kind', 'a,b'], 'column 2: kind stands there twice.'],
      ['a header alone', ['kind,model'], 'there is no entry below the header line.'],
      [
        'a decimal point where commas were declared',
        ['kind;seller;percentOff', 'discount;azure;2.5'],
        'but the file was declared with decimal commas.',
        '?decimal=comma',
      ],
      [
        'a malformed day',
        ['kind,seller,percentOff,validFrom', 'discount,azure,5,2026-02-30'],
        'line 2, column validFrom: "2026-02-30" is no day; accepted: YYYY-MM-DD.',
      ],
      [
        'a day in the year 20260',
        ['kind,seller,percentOff,validFrom', 'discount,azure,5,20260-01-01'],
        'line 2, column validFrom: "20260-01-01" is no day',
      ],
      [
        'days in the wrong order',
        ['kind,seller,percentOff,validFrom,validUntil', 'discount,azure,5,2026-02-01,2026-01-01'],
        'line 2, column validUntil: 2026-01-01 is not after validFrom, 2026-02-01.',
      ],
      [
        'an unknown GPU',
        ['kind,gpu,amountPerGpuHour', 'gpu-rate,h100-sxn-80gb,2'],
        'line 2, column gpu: there is no GPU "h100-sxn-80gb". Did you mean "h100-sxm-80gb"?',
      ],
      [
        'an unknown region',
        ['kind,gpu,amountPerGpuHour,region', 'gpu-rate,h100-sxm-80gb,2,us-esat-1'],
        'line 2, column region: there is no region "us-esat-1".',
      ],
      [
        'more than all off',
        ['kind,seller,percentOff', 'discount,azure,101'],
        'line 2, column percentOff: 101 must be at most 100.',
      ],
    ])('%s is refused', async (_name, rows, sentence, query = '') => {
      expect(await refused(rows, query)).toContain(sentence)
    })

    test('an empty file is refused', async () => {
      expect(await refused([''])).toContain('the file is empty')
    })

    test('a million rows are refused with a sentence', async () => {
      const sentence = await refused(['kind,seller', ...Array<string>(1_000_000).fill('a,b')])
      expect(sentence).toContain('there are more than 5000 lines; a price list holds no more.')
      const { response } = await post(`${header}\n${`${'x'.repeat(20)}\n`.repeat(1_000_000)}`, csv)
      expect(response.status).toBe(413)
    })

    test('of thousands of bad names the first twenty are told', async () => {
      const rows = Array.from({ length: 5000 }, (_, place) => `token-rate,gpt-4oo${place},input,,2,`)
      const { response, list } = await post([header, ...rows].join('\n'), csv)
      expect(response.status).toBe(422)
      expect(list.errors).toHaveLength(20)
    })

    test('nothing is kept of a list with one bad row', async () => {
      const { list } = await keep()
      const changed = await ask(`/v1/price-lists/${list.id}`, {
        method: 'PUT',
        headers: { ...csv, authorization: `Bearer ${list.editKey}`, 'if-match': '"1"' },
        body: `${header}\ntoken-rate,gpt-4o,input,openai,2,\ntoken-rate,gpt-4o,output,openai,x,`,
      })
      expect(changed.status).toBe(422)
      expect((await answer(`/v1/price-lists/${list.id}`)).entries).toEqual(list.entries)
    })
  })
}
