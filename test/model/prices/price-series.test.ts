import { describe, expect, test } from 'vitest'
import { hostSeries, monthlyDays, offerSeries } from '../../../model/prices/price-series.ts'
import { offer, source } from './offer.ts'

const list = (seller: string, usd: number, validFrom: string, validUntil: string | null) => ({
  ...offer(source('models-dev', validFrom), usd, { validFrom, validUntil }),
  seller,
})

describe('the days of a series', () => {
  test('are the first one, the firsts of months, and the last one', () => {
    expect(monthlyDays({ from: '2025-11-20', to: '2026-02-01' })).toEqual([
      '2025-11-20',
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
    ])
  })
  test('of one day are that day', () => {
    expect(monthlyDays({ from: '2026-01-31', to: '2026-01-31' })).toEqual(['2026-01-31'])
  })
})

test("an offer's series keeps its steps, and its trend is of the months", () => {
  const offers = [list('a', 4, '2026-01-01', '2026-03-01'), list('a', 2, '2026-03-01', null)]
  const [series, ...others] = offerSeries(offers, 'input', { from: '2026-01-01', to: '2026-04-01' })
  expect(others).toEqual([])
  expect(series?.points).toMatchObject([
    { from: '2026-01-01', until: '2026-03-01', usdPerMillionTokens: 4, source: 'models-dev' },
    { from: '2026-03-01', until: null, usdPerMillionTokens: 2 },
  ])
  expect(series?.trend?.points).toBe(4)
  expect(series?.trend?.changePerYear).toBeLessThan(0)
})

test('the cheapest host changes where a cheaper one comes, and the median need not', () => {
  const offers = [
    list('a', 4, '2026-01-01', null),
    list('b', 4, '2026-01-01', null),
    list('c', 1, '2026-02-01', null),
  ]
  const [cheapest, median] = hostSeries(offers, 'input', { from: '2026-01-01', to: '2026-02-01' })
  expect(cheapest?.points.map(({ usdPerMillionTokens, seller }) => [usdPerMillionTokens, seller])).toEqual([
    [4, 'a'],
    [1, 'c'],
  ])
  expect(
    median?.points.map(({ usdPerMillionTokens, sellerCount }) => [usdPerMillionTokens, sellerCount]),
  ).toEqual([
    [4, 2],
    [4, 3],
  ])
  expect(cheapest?.trend).toBeNull()
})

test('a meter that nobody prices has no series', () => {
  expect(
    hostSeries([list('a', 4, '2026-01-01', null)], 'page', { from: '2026-01-01', to: '2026-02-01' }),
  ).toEqual([])
})
