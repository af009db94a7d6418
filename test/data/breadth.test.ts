import { describe, expect, test } from 'vitest'
import { allGpuOffers, allTokenOffers } from '../../data/price-book.ts'
import { agreements } from '../../model/prices/agreement.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { paidKinds } from '../../model/prices/token-market.ts'

const tokenOffers = allTokenOffers()
const gpuOffers = allGpuOffers()
const current = tokenOffers.filter(({ validUntil }) => validUntil === null)

describe('the price book is wide: offers that hold now', () => {
  const hosts = new Map<string, Set<string>>()
  for (const { model, openWeights, kind, seller } of current) {
    if (model === null || openWeights !== true || !paidKinds.includes(kind)) continue
    hosts.set(model, (hosts.get(model) ?? new Set()).add(seller))
  }
  test.each<[string, number, number]>([
    ['sellers of tokens', new Set(current.map(({ seller }) => seller)).size, 140],
    ['token offers', current.length, 4800],
    ['open-weight models with a price', hosts.size, 90],
    [
      'open-weight models with three sellers or more',
      [...hosts.values()].filter((own) => own.size >= 3).length,
      60,
    ],
    ['batch prices', current.filter(({ serviceTier }) => serviceTier === 'batch').length, 250],
    [
      'offers with context tiers',
      current.filter(({ meters }) => meters.some(({ tierFrom }) => tierFrom > 0)).length,
      180,
    ],
    [
      'cache-read prices',
      current.filter(({ meters }) => meters.some(({ meter }) => meter === 'cache-read')).length,
      2000,
    ],
    ['clouds', new Set(gpuOffers.map(({ seller }) => seller)).size, 20],
    [
      'clouds with spot prices',
      new Set(gpuOffers.filter(({ pricing }) => pricing === 'spot').map(({ seller }) => seller)).size,
      3,
    ],
    [
      'one-year prices at Google Cloud',
      gpuOffers.filter(({ seller, termMonths }) => seller === 'gcp' && termMonths === 12).length,
      1,
    ],
    [
      'three-year prices at Google Cloud',
      gpuOffers.filter(({ seller, termMonths }) => seller === 'gcp' && termMonths === 36).length,
      1,
    ],
  ])('%s: %d, at least %d', (_what, count, atLeast) => {
    expect(count).toBeGreaterThanOrEqual(atLeast)
  })
})

/** Shares of matched pairs that agreed with models.dev of 2026-07-02 when the sources were chosen. */
const published: readonly [string, number, number, string][] = [
  [
    'litellm',
    333 / 423,
    0.06,
    'its slips of more than five times are in quarantine here, and 656 listings match',
  ],
  ['genai-prices', 331 / 416, 0.05, 'within five points'],
  ['portkey', 498 / 591, 0.05, 'within five points'],
]

describe('open price lists agree as often as was found when they were chosen', () => {
  const found = agreements(tokenOffers)
  test.each(published)('models.dev and %s: %d, within %d (%s)', (source, share, points) => {
    const pair = found.find(({ sources }) => sources.includes(source) && sources.includes('models-dev'))
    expect(Math.abs((pair?.share ?? 0) - share)).toBeLessThan(points)
  })
})

describe('one model, its sources, its prices', () => {
  const of = (seller: string, servedModel: string) =>
    current.filter((offer) => offer.seller === seller && offer.servedModel === servedModel)
  const prices = (seller: string, servedModel: string, meter: string) =>
    Object.fromEntries(
      of(seller, servedModel)
        .filter(({ serviceTier, region }) => serviceTier === 'standard' && region === null)
        .map(({ source, meters }) => [
          source.id,
          meters.find((price) => price.meter === meter && price.tierFrom === 0)?.usdPerMillionTokens,
        ]),
    )

  test('gpt-5.6-luna costs 0.20 and 1.20 direct, 0.10 and 0.60 at the router', () => {
    expect(prices('openai', 'gpt-5.6-luna', 'input')).toMatchObject({ 'genai-prices': 0.2, portkey: 0.2 })
    expect(prices('openai', 'gpt-5.6-luna', 'output')).toMatchObject({ 'genai-prices': 1.2, portkey: 1.2 })
    expect(prices('openrouter', 'openai/gpt-5.6-luna', 'input')).toMatchObject({ openrouter: 0.1 })
    expect(prices('openrouter', 'openai/gpt-5.6-luna', 'output')).toMatchObject({
      openrouter: expect.closeTo(0.6, 12),
    })
  })

  test('a model that is disputed says so on every observation of it', () => {
    const disputed = tokenOffers.filter(({ conflictSet }) => conflictSet !== null)
    expect(disputed.length).toBeGreaterThan(500)
    const sets = groupBy(disputed, ({ conflictSet }) => conflictSet)
    for (const own of sets.values())
      expect(new Set(own.map(({ source }) => source.id)).size).toBeGreaterThan(1)
  })

  test('a source that is off a hundredfold is not believed: MiniMax M2.7 at Portkey', () => {
    expect(Object.keys(prices('minimax', 'MiniMax-M2.7', 'input'))).not.toContain('portkey')
  })
})
