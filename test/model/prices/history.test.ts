import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { withBook } from '../../../data/price-book.ts'
import { listingHistories, listingHistory, marketHistory, trendOf } from '../../../model/prices/history.ts'
import type { Listing } from '../../../model/prices/listing.ts'
import { mixCost } from '../../../model/prices/request-cost.ts'
import { offer, source } from './offer.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const inputUsd = ({ meters }: Listing): number | null =>
  meters.find(({ meter, tierFrom }) => meter === 'input' && tierFrom === 0)?.usdPerMillionTokens ?? null

/** Three input tokens for one of output, a million in all. */
const blend = ({ meters }: Listing): number | null => {
  const cost = mixCost(meters, {
    inputTokens: 0.75e6,
    outputTokens: 0.25e6,
    cachedInputTokens: 0,
    promptTokens: 1000,
  })
  return 'usd' in cost ? cost.usd : null
}

describe('published steps', () => {
  const history = (model: string) =>
    listingHistories(
      facts.tokenOffers({ kind: 'token', model }).filter(({ seller }) => seller === 'openai'),
      inputUsd,
    ).get(`openai|${model.replaceAll('.', '-')}|standard||`)

  test('o3 fell by 80% on 2025-06-10', () => {
    expect(history('o3')).toMatchObject([
      { until: '2025-06-10', usd: 10 },
      { from: '2025-06-10', until: null, usd: 2 },
    ])
  })
  test('gpt-5.6-luna fell by 80% on 2026-07-30', () => {
    expect(history('gpt-5.6-luna')).toMatchObject([
      { until: '2026-07-30', usd: 1 },
      { from: '2026-07-30', until: null, usd: 0.2 },
    ])
  })
})

test('the cheapest host of Llama 3.3 70B fell from 0.64 to 0.136 while the median host stayed (models.dev)', () => {
  const offers = facts
    .tokenOffers({ kind: 'token', model: 'meta-llama/Llama-3.3-70B-Instruct' })
    .filter(({ source: { id }, kind }) => id === 'models-dev' && kind !== 'free')
  const [first, last] = marketHistory(offers, ['2025-10-01', '2026-07-01'], blend)
  expect(first?.cheapestUsd).toBeCloseTo(0.64, 2)
  // Printed with three digits: 0.1355 rounds to 0.136.
  expect(Math.abs((last?.cheapestUsd ?? 0) - 0.136)).toBeLessThan(0.0006)
  expect(last?.medianUsd).toBeCloseTo(0.64, 1)
})

describe('a history', () => {
  const list = (usd: number, validFrom: string, validUntil: string | null) =>
    offer(source('models-dev', validFrom), usd, { validFrom, validUntil })

  test('joins what did not change and keeps its gaps', () => {
    const offers = [
      list(1, '2026-01-01', '2026-02-01'),
      list(1, '2026-02-01', '2026-03-01'),
      list(2, '2026-04-01', null),
    ]
    expect(listingHistory(offers, inputUsd).map(({ from, until, usd }) => [from, until, usd])).toEqual([
      ['2026-01-01', '2026-03-01', 1],
      ['2026-04-01', null, 2],
    ])
  })
  test('has no point before its first record', () => {
    expect(
      marketHistory([list(1, '2026-01-01', null)], ['2025-12-31', '2026-01-01'], inputUsd),
    ).toMatchObject([{ day: '2026-01-01', cheapestUsd: 1, medianUsd: 1, sellerCount: 1 }])
  })
})

describe('a trend', () => {
  const days = ['2025-01-01', '2025-07-01', '2026-01-01', '2026-07-01']

  test('of prices that change by one share a year is that share, with no spread', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.9, max: 3, noNaN: true }), (share) => {
        const points = days.map((day) => ({
          day,
          usd: (1 + share) ** ((Date.parse(day) - Date.parse('2025-01-01')) / 86_400_000 / 365.25),
        }))
        const trend = trendOf(points)
        expect(trend?.changePerYear).toBeCloseTo(share, 9)
        expect(trend?.p90).toBeCloseTo(share, 6)
      }),
    )
  })
  test('of two points is none', () => {
    expect(trendOf(days.slice(0, 2).map((day) => ({ day, usd: 1 })))).toBeNull()
  })
  test('lies within its spread, which scatter widens', () => {
    const points = days.map((day, index) => ({ day, usd: index % 2 === 0 ? 1 : 1.2 }))
    const trend = trendOf(points)
    expect(trend?.p10).toBeLessThan(trend?.changePerYear ?? 0)
    expect(trend?.p90).toBeGreaterThan(trend?.changePerYear ?? 0)
  })
})
