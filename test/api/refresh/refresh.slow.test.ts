import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refresh } from '../../../api/refresh/refresh.ts'
import { openEmbedded } from '../../../api/store/embedded.ts'
import { type Prices, pricesIn } from '../../../api/store/prices.ts'
import type { Fetching } from '../../../data/refresh/fetch-file.ts'
import { liveSources, mirrored } from '../../../data/refresh/live-sources.ts'
import type { GpuOffer, TokenOffer } from '../../../model/offers.ts'
import { addressOf, sampleFiles, sampleIds } from './samples.ts'
import { type Fault, type StandIn, standIn } from './stand-in.ts'

let publishers: StandIn
let prices: Prices
let day = '2026-09-01'

/** As patient as a test can be: three attempts of half a second, and files of 1 MB at most. */
const fetching: Fetching = {
  fetch: (url, init) => fetch(url, init),
  sleep: () => Promise.resolve(),
  random: () => 0,
  timeoutMilliseconds: 500,
  mostBytes: 1e6,
  attempts: 3,
}
const run = (believed?: string) =>
  refresh({
    prices,
    sources: mirrored(liveSources, publishers.origin),
    fetching,
    believed,
    now: () => new Date(`${day}T06:00:00Z`),
  })
const serve = (ids: readonly string[], input: number) => {
  for (const id of ids)
    for (const [address, text] of sampleFiles(id, { input, output: 2 * input }))
      publishers.files.set(address, text)
}
type Run = Awaited<ReturnType<typeof run>>
const outcomeOf = ({ sources }: Run, id: string) => sources.find(({ source }) => source === id)
/** What a source says in the book: its prices with the days they hold. */
const saidBy = async (id: string) => {
  const { tokenOffers, gpuOffers } = await prices.whole()
  return [...tokenOffers, ...gpuOffers]
    .filter(({ source }) => source.id === id)
    .map((offer) => `${offer.validFrom} ${offer.validUntil} ${usdOf(offer)}`)
    .toSorted()
}
const usdOf = (offer: TokenOffer | GpuOffer): unknown =>
  'meters' in offer ? offer.meters[0]?.usdPerMillionTokens : offer.usdPerHour

beforeAll(async () => {
  publishers = await standIn()
})
afterAll(() => publishers?.stop())
beforeEach(async () => {
  publishers.files.clear()
  publishers.faults.clear()
  const empty = {
    version: 'empty',
    pricesAsOf: null,
    modelNames: new Map(),
    tokenOffers: [],
    gpuOffers: [],
  }
  prices = pricesIn(openEmbedded(':memory:').database, { version: 'empty', load: async () => empty })
  serve(sampleIds, 1)
  day = '2026-09-01'
  await run()
  day = '2026-09-02'
})

describe('a refresh', () => {
  test('takes in every live source, and says of the others that they have no live reader yet', async () => {
    const [first] = await prices.refreshes.last(1)
    for (const id of sampleIds) expect(first && outcomeOf(first, id)?.outcome, id).toBe('renewed')
    for (const id of ['aws', 'azure', 'gcp'])
      expect(first && outcomeOf(first, id)?.detail).toContain('No live reader yet')
    expect(await prices.book()).toMatchObject({ pricesAsOf: '2026-09-01' })
  })

  test('asks with ETags, and of what did not change only the day is new', async () => {
    publishers.answers.length = 0
    const before = await saidBy('litellm')
    const second = await run()
    expect(new Set(publishers.answers.map(({ status }) => status))).toEqual(new Set([304]))
    for (const id of sampleIds) expect(outcomeOf(second, id)?.outcome, id).toBe('unchanged')
    expect(await saidBy('litellm')).toEqual(before)
    expect(await prices.book()).toMatchObject({ pricesAsOf: '2026-09-02' })
  })

  test('a second time on one day changes nothing, and says so', async () => {
    await run()
    const before = await prices.book()
    const again = await run()
    expect(again.published).toBe(false)
    expect(await prices.book()).toEqual(before)
  })

  test('appends what changed: the price of the day before stays in the history', async () => {
    serve(['litellm'], 2)
    expect(outcomeOf(await run(), 'litellm')).toMatchObject({ outcome: 'renewed', rows: 10, changed: 10 })
    expect(new Set(await saidBy('litellm'))).toEqual(
      new Set(['2026-09-01 2026-09-02 1', '2026-09-02 null 2']),
    )
  })

  test('asks for all files of a source anew where one of them changed', async () => {
    const [, second] = sampleFiles('portkey', { input: 1, output: 2 })
    publishers.files.set(second?.[0] ?? '', sampleFiles('portkey', { input: 3, output: 6 })[0]?.[1] ?? '')
    expect(outcomeOf(await run(), 'portkey')).toMatchObject({ rows: 20, added: 10, unchanged: 10 })
  })

  test('takes in a source as it is when somebody believes it', async () => {
    serve(['portkey'], 100)
    expect(outcomeOf(await run(), 'portkey')?.refused).toHaveLength(10)
    expect(outcomeOf(await run('portkey'), 'portkey')).toMatchObject({ changed: 10, refused: [] })
  })
})

const html: Fault = (response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>')
const faults: readonly (readonly [string, Fault, RegExp])[] = [
  ['hangs', () => {}, /does not answer whole within 0\.5 s/],
  [
    'hangs in mid-file',
    (response, file) => {
      response.writeHead(200, { 'content-length': file.length })
      response.write(file.subarray(0, 100))
    },
    /does not answer whole within 0\.5 s/,
  ],
  [
    'cuts the connection in mid-file',
    (response, file) => {
      response.writeHead(200, { 'content-length': file.length })
      response.write(file.subarray(0, 100), () => response.destroy())
    },
    /breaks off or cannot be reached/,
  ],
  [
    'serves half of the file as if it were whole',
    (response, file) => response.end(file.subarray(0, file.length / 2)),
    /is refused: it is not whole JSON/,
  ],
  ['sends a web page', html, /sends a web page where a data file was/],
  [
    'sends a web page and calls it JSON',
    (response) => response.setHeader('content-type', 'application/json').end('<html></html>'),
    /sends a web page where a data file was/,
  ],
  [
    'announces 200 MB',
    (response) => response.writeHead(200, { 'content-length': 200e6 }).write('['),
    /sends more than 1 MB/,
  ],
  [
    'sends 200 MB unannounced',
    (response) => {
      let sent = 0
      const more = () => {
        while (sent < 200e6 && response.write(' '.repeat(1e6))) sent += 1e6
      }
      response.on('drain', more)
      response.writeHead(200)
      more()
    },
    /sends more than 1 MB/,
  ],
  [
    'redirects in a loop',
    (response) => response.writeHead(302, { location: '/round/and/round' }).end(),
    /redirects more than 5 times/,
  ],
  ['answers 404', (response) => response.writeHead(404).end(), /answers with status 404/],
  ['answers 500 each time', (response) => response.writeHead(500).end(), /answers with status 500/],
  ['serves another schema', (response) => response.end('{"models": 3}'), /is refused: .*models/],
  [
    'serves three of ten rows',
    (response, file) =>
      response.end(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(String(file))).slice(0, 3)))),
    /gives 3 offers, fewer than 70% of the 10 of the last import/,
  ],
]

const table: string[] = []
afterAll(() => console.log(['fault | what happened | lost', ...table].join('\n')))

describe('of a publisher that', () => {
  test.each(faults)('%s nothing is lost, and the others are taken in', async (name, fault, sentence) => {
    const before = await saidBy('litellm')
    const address = addressOf('litellm')
    publishers.faults.set(address, fault)
    if (name.startsWith('redirects')) publishers.faults.set('round/and/round', fault)
    serve(
      sampleIds.filter((id) => id !== 'litellm'),
      2,
    )
    const ended = await run()
    const outcome = outcomeOf(ended, 'litellm')
    expect(outcome?.outcome).toBe('refused')
    expect(outcome?.detail).toMatch(sentence)
    expect(await saidBy('litellm')).toEqual(before)
    for (const id of sampleIds.filter((id) => id !== 'litellm'))
      expect(outcomeOf(ended, id)?.outcome, id).toBe('renewed')
    table.push(`${name} | ${outcome?.detail.replace(publishers.origin, '')} | nothing`)

    // The fault over, the next run takes it in as if nothing had been.
    publishers.faults.clear()
    serve(['litellm'], 3)
    expect(outcomeOf(await run(), 'litellm')).toMatchObject({ outcome: 'renewed', changed: 10 })
  })

  test('answers 500 once is asked again', async () => {
    let asked = 0
    publishers.faults.set(addressOf('litellm'), (response, file) => {
      asked += 1
      if (asked === 1) response.writeHead(500).end()
      else response.end(file)
    })
    serve(['litellm'], 2)
    expect(outcomeOf(await run(), 'litellm')).toMatchObject({ outcome: 'renewed', changed: 10 })
    table.push('answers 500 once | asked again after a pause, and taken in | nothing')
  })

  test('serves yesterday’s file is refused, by the day of the file', async () => {
    const dated =
      (date: string): Fault =>
      (response, file) =>
        response.writeHead(200, { 'last-modified': date }).end(file)
    publishers.faults.set(addressOf('litellm'), dated('Wed, 02 Sep 2026 05:00:00 GMT'))
    serve(['litellm'], 2)
    await run()
    const before = await saidBy('litellm')
    publishers.faults.set(addressOf('litellm'), dated('Tue, 01 Sep 2026 05:00:00 GMT'))
    serve(['litellm'], 1)
    const outcome = outcomeOf(await run(), 'litellm')
    expect(outcome?.detail).toContain(
      'serves a file of Tue, 01 Sep 2026 05:00:00 GMT, older than the one of Wed, 02',
    )
    expect(await saidBy('litellm')).toEqual(before)
    table.push(`serves yesterday’s file | ${outcome?.detail.replace(publishers.origin, '')} | nothing`)
  })

  test.each([
    [
      'raises its prices tenfold',
      10,
      /^(input|output): from [12] to [12]0 USD per million tokens in one import\.$/,
    ],
    [
      'prices everything at nothing',
      0,
      /^(input|output): from [12] to 0 USD per million tokens in one import\.$/,
    ],
  ])('%s is not believed: the old price stays', async (name, input, reason) => {
    serve(['openrouter', 'litellm'], input)
    const ended = await run()
    for (const id of ['openrouter', 'litellm']) {
      const outcome = outcomeOf(ended, id)
      const reasons = outcome?.refused.map((row) => row.reason) ?? []
      if (outcome?.outcome !== 'refused') expect(reasons[0], id).toMatch(reason)
      expect(new Set(await saidBy(id)), id).toEqual(new Set(['2026-09-01 null 1']))
      table.push(`${name} (${id}) | ${reasons[0] ?? outcome?.detail} | nothing`)
    }
  })

  test('asks more for spot than on demand is not believed', async () => {
    publishers.files.set(
      addressOf('gpuhunt'),
      JSON.stringify({
        'TPU v6e': Object.fromEntries(
          ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa'].map(
            (name) => [`${name}-1`, { 'On Demand (USD)': 3, 'Spot (USD)': name === 'alpha' ? 4 : 2 }],
          ),
        ),
      }),
    )
    const outcome = outcomeOf(await run(), 'gpuhunt')
    expect(outcome?.refused).toMatchObject([{ reason: 'Spot at 4 USD an hour is above the 3 on demand.' }])
    table.push(`spot above on demand | ${outcome?.refused[0]?.reason} | nothing`)
  })
})
