import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { modelNamed } from '../../data/price-book.ts'
import { provisionedOffers } from '../../data/provisioned-offers.ts'
import { ProvisionedOffer } from '../../model/prices/provisioned-offer.ts'
import { ServerOffer, serverOffers } from '../../model/prices/server-offer.ts'

describe('provisioned throughput', () => {
  test('is of the one shape, of models that the price book knows', () => {
    for (const offer of provisionedOffers) {
      ProvisionedOffer.parse(offer)
      expect(modelNamed(offer.model ?? ''), offer.servedModel).toBe(offer.model)
    }
    expect(new Set(provisionedOffers.map(({ seller }) => seller)).size).toBe(2)
  })

  test('gpt-4.1 on Azure as its page has it: 3,000 tokens a minute, 15 units in steps of 5, regionally 50 by 50', () => {
    const units = provisionedOffers
      .filter(({ servedModel, termMonths }) => servedModel === 'gpt-4.1' && termMonths === null)
      .map((offer) => [
        offer.regionScope,
        offer.inputTokensPerMinutePerUnit,
        offer.outputTokenWeight,
        offer.minimumUnits,
        offer.unitStep,
        offer.usdPerUnitHour,
      ])
    expect(units).toEqual([
      ['global', 3000, 4, 15, 5, 1],
      ['geo', 3000, 4, 15, 5, 1.1],
      ['region', 3000, 4, 50, 50, 2],
    ])
  })

  test('a commitment is paid in every hour: 2,652 USD a year are 0.3027 an hour', () => {
    const year = provisionedOffers.find(
      ({ servedModel, termMonths, regionScope }) =>
        servedModel === 'gpt-5' && termMonths === 12 && regionScope === 'global',
    )
    expect(year?.usdPerUnitHour).toBeCloseTo(2652 / 8760, 12)
  })

  test('what no source states is unknown: no price of a GSU, no regional DeepSeek', () => {
    const gsu = provisionedOffers.filter(({ unit }) => unit === 'GSU')
    expect(gsu.map(({ usdPerUnitHour }) => usdPerUnitHour)).toEqual([null, null, null])
    const regional = provisionedOffers.filter(({ regionScope }) => regionScope === 'region')
    expect(regional.some(({ servedModel }) => servedModel.startsWith('DeepSeek'))).toBe(false)
  })
})

test('complete servers have a price, a range and a source', () => {
  const servers = serverOffers(bundledFacts('2026-11-25'))
  expect(servers.map(({ gpu, gpuCount }) => `${gpuCount} × ${gpu}`)).toEqual([
    '8 × h100-sxm-80gb',
    '8 × b200-sxm-180gb',
    '72 × gb200-186gb',
    '72 × gb300-288gb',
  ])
  for (const server of servers) {
    ServerOffer.parse(server)
    expect(server.lowUsd).toBeLessThan(server.usd)
    expect(server.highUsd).toBeGreaterThan(server.usd)
  }
})
