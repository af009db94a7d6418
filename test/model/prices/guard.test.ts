import { describe, expect, test } from 'vitest'
import { shrunk } from '../../../data/import/shrunk.ts'
import {
  bidFloors,
  ceilings,
  gpuJumps,
  jumps,
  lostTooMany,
  outliers,
  slips,
  spotAboveOnDemand,
} from '../../../model/prices/guard.ts'
import { gpuOffer, offer, source } from './offer.ts'

const by = (id: string, usd: number) => offer(source(id, '2026-08-01'), usd)
const doubted = (...offers: ReturnType<typeof by>[]) => slips(offers).map((one) => one.offer.source.id)

describe('a price more than five times off the others is not believed', () => {
  test('the one that stands alone, however trusted', () => {
    expect(doubted(by('genai-prices', 0.1), by('models-dev', 1), by('litellm', 1))).toEqual(['genai-prices'])
  })
  test('of two the less trusted', () => {
    expect(doubted(by('genai-prices', 1), by('portkey', 100))).toEqual(['portkey'])
  })
  test('five times is believed, a cut by 80% happens', () => {
    expect(doubted(by('genai-prices', 1), by('portkey', 5))).toEqual([])
  })
  test('where everybody differs nobody is refused', () => {
    expect(doubted(by('genai-prices', 1), by('portkey', 10), by('litellm', 100))).toEqual([])
  })
  test('a price that ended does not count', () => {
    const ended = { ...by('models-dev', 1), validUntil: '2026-02-01' }
    expect(doubted(ended, by('portkey', 100))).toEqual([])
  })
})

describe('a price more than fifty times what is usual among four sellers or more is not believed', () => {
  const sold = (seller: string, usd: number) => offer(source('litellm', '2026-08-01'), usd, { seller })
  const market = [sold('a', 1), sold('b', 2), sold('c', 3)]
  const refused = (usd: number, others = market) =>
    ceilings([...others, sold('slip', usd)]).map((one) => one.offer.seller)

  test('a slip of a unit that only one source prints', () => {
    expect(refused(540_000)).toEqual(['slip'])
  })
  test('fifty times the median is believed, more is not', () => {
    expect(refused(150)).toEqual([])
    expect(refused(151)).toEqual(['slip'])
  })
  test('is no witness against another source of its listing', () => {
    const right = offer(source('models-dev', '2026-08-01'), 2, { seller: 'slip' })
    const doubtedBy = outliers([...market, right, sold('slip', 540_000)])
    expect(doubtedBy.map((one) => one.offer.source.id)).toEqual(['litellm'])
  })
  test('three sellers have no usual price', () => {
    expect(refused(540_000, market.slice(1))).toEqual([])
  })
  test('another service tier, a price that ended and a model that nobody knows do not count', () => {
    const elsewhere = [
      offer(source('litellm', '2026-08-01'), 1, { seller: 'd', serviceTier: 'batch' }),
      offer(source('litellm', '2026-08-01'), 1, { seller: 'e', validUntil: '2026-02-01' }),
      offer(source('litellm', '2026-08-01'), 1, { seller: 'f', model: null }),
    ]
    expect(refused(540_000, [...market.slice(1), ...elsewhere])).toEqual([])
  })
})

describe('a change of more than five times in one import waits for somebody to look', () => {
  test.each([
    [1, 5, 0],
    [1, 5.1, 1],
    [1, 0.2, 0],
    [1, 0.19, 1],
  ])('from %d to %d: %d refused', (was, is, count) => {
    expect(jumps([by('portkey', was)], [by('portkey', is)])).toHaveLength(count)
  })
  test('a price that falls to nothing', () => {
    expect(jumps([by('portkey', 1)], [by('portkey', 0)])).toHaveLength(1)
  })
  test.each([
    [1, 5, 0],
    [1, 5.1, 1],
    [1, 0.19, 1],
  ])('a GPU from %d to %d USD an hour: %d refused', (was, is, count) => {
    expect(gpuJumps([gpuOffer(was)], [gpuOffer(is)])).toHaveLength(count)
  })
  test('a new listing has no past to jump from', () => {
    expect(jumps([], [by('portkey', 1000)])).toEqual([])
  })
})

describe('GPUs', () => {
  test('spot above on demand of the same instance and region is refused', () => {
    const spot = (usd: number, region = 'here') => gpuOffer(usd, { pricing: 'spot', region })
    expect(spotAboveOnDemand([gpuOffer(2), spot(2.1), spot(2), spot(9, 'there')])).toMatchObject([
      { offer: { usdPerHour: 2.1 }, reason: 'Spot at 2.1 USD an hour is above the 2 on demand.' },
    ])
  })
  test('a bid floor of a cent is no price', () => {
    const market = ['a', 'b', 'c'].map((seller) => gpuOffer(4, { seller }))
    expect(bidFloors([...market, gpuOffer(0.01)]).map(({ offer }) => offer.usdPerGpuHour)).toEqual([0.01])
    expect(bidFloors([...market, gpuOffer(0.2)])).toEqual([])
  })
})

describe('an import with fewer than seven tenths of the last one is refused whole', () => {
  test.each([
    [100, 70, false],
    [100, 69, true],
    [0, 0, false],
  ])('%d before, %d now: %s', (before, now, lost) => {
    expect(lostTooMany({ before, now })).toBe(lost)
  })
  test('with the publisher and both numbers', () => {
    const taken = (tokenOffers: number) => [{ id: 'portkey', paths: ['p'], tokenOffers, gpuOffers: 0 }]
    expect(shrunk(taken(1000), taken(500))).toEqual([
      'portkey (p) gives 500 offers, fewer than 70% of the 1000 of the last import.',
    ])
    expect(shrunk(taken(1000), taken(1001))).toEqual([])
  })
})
