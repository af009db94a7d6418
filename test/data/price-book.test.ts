import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bundledFacts, gpus } from '../../data/dataset.ts'
import { KnownInstance } from '../../data/import/instance-map.ts'
import instances from '../../data/instances.json' with { type: 'json' }
import { gpuTable, tokenOfferAt, tokenTable } from '../../data/price-book/codec.ts'
import { priceListOf, priceListText } from '../../data/price-book/price-list-text.ts'
import {
  allGpuOffers,
  allTokenOffers,
  ambiguousNames,
  modelNamed,
  pricedModels,
  withBook,
} from '../../data/price-book.ts'
import { publishers, quarantine } from '../../data/provenance.ts'
import { GpuOffer, type MeterPrice, TokenOffer } from '../../model/offers.ts'
import { checkedOn } from '../../model/prices/age.ts'

const folder = new URL('../../data/price-book/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const tokenOffers = allTokenOffers()
const gpuOffers = allGpuOffers()

describe('the shipped price book', () => {
  test('is under 3 MB', () => {
    const bytes = files.map((name) => readFileSync(new URL(name, folder)).length)
    expect(bytes.reduce((sum, own) => sum + own, 0)).toBeLessThan(3e6)
  })

  test('is small on the wire', () => {
    const bytes = files.map((name) => gzipSync(readFileSync(new URL(name, folder))).length)
    expect(bytes.reduce((sum, own) => sum + own, 0)).toBeLessThan(1e6)
  })

  test('holds offers of the one shape', () => {
    for (const offer of tokenOffers) TokenOffer.parse(offer)
    for (const offer of gpuOffers) GpuOffer.parse(offer)
  })

  test('reads back as it was written', () => {
    const again = tokenTable(tokenOffers)
    expect(JSON.stringify(again)).toBe(readFileSync(new URL('token-offers.json', folder), 'utf8').trim())
    expect(JSON.stringify(gpuTable(gpuOffers))).toBe(
      readFileSync(new URL('gpu-offers.json', folder), 'utf8').trim(),
    )
    expect(tokenOfferAt(again, 0)).toEqual(tokenOffers[0])
  })

  test('prices nothing at zero: a zero is free, part of a subscription, or unknown', () => {
    const zeros = tokenOffers.filter(
      ({ kind, meters }) =>
        kind !== 'free' && kind !== 'subscription' && meters.some((price) => price.usdPerMillionTokens === 0),
    )
    expect(zeros).toEqual([])
  })

  test('names only GPUs that the facts know, and counts from the instance map', () => {
    const known = new Set(gpus.map(({ id }) => id))
    expect(gpuOffers.filter(({ gpu }) => gpu !== null && !known.has(gpu))).toEqual([])
    for (const instance of instances) KnownInstance.parse(instance)
    expect(instances.filter(({ gpu }) => gpu !== null && !known.has(gpu))).toEqual([])
  })

  test('is as of its newest observation', () => {
    const newest = [...tokenOffers, ...gpuOffers]
      .map(({ source }) => checkedOn(source))
      .toSorted()
      .at(-1)
    expect(withBook(bundledFacts('2026-11-25')).pricesAsOf).toBe(newest)
  })

  test('says of each publisher what it is and under which licence it came', () => {
    for (const { licence, repository, observedAt } of publishers) {
      expect(licence).not.toBe('')
      expect(repository).toMatch(/^https:\/\//)
      expect(observedAt).toMatch(/^2026-\d\d-\d\d$/)
    }
  })
})

describe('the quarantine', () => {
  test('says of each row what it is and why it was not believed', () => {
    expect(quarantine.length).toBeGreaterThan(50)
    for (const { source, path, reason, records } of quarantine) {
      expect(publishers.map(({ id }) => id)).toContain(source)
      expect(path).not.toBe('')
      expect(reason).toMatch(/\.$/)
      expect(records.length).toBeGreaterThan(0)
    }
  })
  test('counts as many rows as the publishers lost', () => {
    const rows = quarantine.reduce((sum, { records }) => sum + records.length, 0)
    expect(rows).toBe(publishers.reduce((sum, { quarantined }) => sum + quarantined, 0))
  })
})

describe('identity', () => {
  test('no two models share an id or a name', () => {
    const ids = pricedModels.map(({ id }) => id.toLowerCase())
    expect(new Set(ids).size).toBe(ids.length)
    const names = pricedModels.flatMap((model) =>
      [...new Set([model.id, ...model.names].map((name) => name.toLowerCase()))].map((name) => name),
    )
    expect(new Set(names).size).toBe(names.length)
  })

  test('open weights are known by their repository, whichever name is asked', () => {
    const id = 'meta-llama/Llama-3.3-70B-Instruct'
    for (const name of [id, id.toLowerCase(), 'meta/llama-3.3-70b-instruct', 'llama-3.3-70b-instruct']) {
      expect(modelNamed(name)).toBe(id)
    }
  })

  test('a closed model that no catalogue lists yet is known by its maker, and sold by others too', () => {
    expect(modelNamed('gpt-5.6-luna')).toBe('openai/gpt-5.6-luna')
    const sellers = tokenOffers
      .filter(({ model }) => model === 'openai/gpt-5.6-luna')
      .map(({ seller }) => seller)
    expect(new Set(sellers)).toContain('openrouter')
  })

  test('a dated alias of one model is that model, a dated version with its own price is not', () => {
    expect(modelNamed('claude-sonnet-4-5-20250929')).toBe('anthropic/claude-sonnet-4-5')
    expect(modelNamed('gpt-4o-2024-05-13')).toBe('openai/gpt-4o-2024-05-13')
  })

  test('a name that stands for several models stands for none', () => {
    expect(ambiguousNames.map(({ name }) => name)).toContain('deepseekchat')
    expect(modelNamed('nothing of that name')).toBeNull()
  })

  test('every join says its rule', () => {
    expect(tokenOffers.filter(({ model, modelRule }) => (model === null) !== (modelRule === null))).toEqual(
      [],
    )
  })
})

describe('a price list as text', () => {
  const price = (rest: Partial<MeterPrice>): MeterPrice => ({
    meter: 'input',
    amount: '2.50',
    unit: 'token',
    unitSize: 1e6,
    usdPerMillionTokens: 2.5,
    tierDimension: 'prompt-tokens',
    tierFrom: 0,
    tierFromInclusive: false,
    tierTo: null,
    tierMode: 'whole-request',
    listAmount: null,
    ...rest,
  })
  const context = { currency: 'USD', kind: 'list' } as const

  test.each<[string, MeterPrice[]]>([
    ['input 2.50', [price({})]],
    ['input/100 2.50', [price({ unitSize: 100, usdPerMillionTokens: 25_000 })]],
    [
      'input 2.50 >200000 5',
      [price({ tierTo: 200_000 }), price({ amount: '5', usdPerMillionTokens: 5, tierFrom: 200_000 })],
    ],
    [
      'input 2.50 +>=10 5',
      [
        price({ tierTo: 10 }),
        price({
          amount: '5',
          usdPerMillionTokens: 5,
          tierFrom: 10,
          tierFromInclusive: true,
          tierMode: 'marginal',
        }),
      ],
    ],
    ['input 2.50(5)', [price({ listAmount: '5' })]],
    [
      'web-search/1000 10',
      [
        price({
          meter: 'web-search',
          amount: '10',
          unit: 'search',
          unitSize: 1000,
          usdPerMillionTokens: null,
        }),
      ],
    ],
    [
      'a%20new%20meter%7C/1 10',
      [
        price({
          meter: 'a new meter|',
          amount: '10',
          unit: 'unstated',
          unitSize: 1,
          usdPerMillionTokens: null,
        }),
      ],
    ],
    ['output 0', [price({ meter: 'output', amount: '0', usdPerMillionTokens: null })]],
  ])('%s', (text, meters) => {
    expect(priceListText(meters)).toBe(text)
    expect(priceListOf(text, context)).toEqual(meters)
  })
})
