import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MeterPrice, TokenOffer } from '../../../model/offers.ts'
import { ageDays, isStale } from '../../../model/prices/age.ts'
import { scaleDecimal, usdPerHour, usdPerMillionTokens } from '../../../model/prices/amount.ts'
import { holdsOn } from '../../../model/prices/day.ts'
import { listingsOn } from '../../../model/prices/listing.ts'
import { mixCost } from '../../../model/prices/request-cost.ts'
import { modelName, quantisationIn, regionIn, servedName } from '../../../model/prices/served-name.ts'
import { tierAt, tokensByTier } from '../../../model/prices/tier.ts'
import { differ } from '../../../model/prices/trust.ts'
import { meter, offer, source } from './offer.ts'

describe('money as printed', () => {
  test.each([
    ['1.5e-07', 1, 0.15],
    ['0.00025', 100, 2.5],
    ['2.50', 1e6, 2.5],
    ['0.0000000028', 1, 0.0028],
  ])('%s for %d tokens is %d USD a million', (amount, unitSize, usd) => {
    expect(usdPerMillionTokens({ amount, unitSize, unit: 'token', currency: 'USD' })).toBe(usd)
  })

  test('another currency and another unit have no USD a token', () => {
    expect(usdPerMillionTokens({ amount: '1', unitSize: 1, unit: 'token', currency: 'CNY' })).toBeNull()
    expect(usdPerMillionTokens({ amount: '1', unitSize: 1, unit: 'image', currency: 'USD' })).toBeNull()
  })

  test('scaling by a power of ten and back gives the same double', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: -9, max: 0 }), (digits, exponent) => {
        const amount = `${digits}e${exponent}`
        expect(scaleDecimal(amount, 1e6)).toBe(Number(`${digits}e${exponent + 6}`))
      }),
    )
  })

  test('a monthly price is one over 730 hours, an upfront one is spread over its term', () => {
    const amounts = { amountPerHour: null, amountPerMonth: '730', amountUpfront: null, termMonths: 12 }
    expect(usdPerHour({ ...amounts, currency: 'USD' })).toBe(1)
    expect(usdPerHour({ ...amounts, amountUpfront: '8760', currency: 'USD' })).toBe(2)
    expect(usdPerHour({ ...amounts, currency: 'CNY' })).toBeNull()
  })
})

describe('days', () => {
  test('the first day counts, the last does not', () => {
    const dated = { validFrom: '2026-07-01', validUntil: '2026-07-30' }
    expect(
      ['2026-06-30', '2026-07-01', '2026-07-29', '2026-07-30'].map((day) => holdsOn(dated, day)),
    ).toEqual([false, true, true, false])
  })

  test('30 days are not stale, 31 are, counted from the publisher’s own check', () => {
    const checked = source('genai-prices', '2026-08-21', '2026-08-01')
    expect(ageDays(checked, '2026-08-31')).toBe(30)
    expect([isStale(checked, '2026-08-31'), isStale(checked, '2026-09-01')]).toEqual([false, true])
  })
})

describe('whose word counts', () => {
  const chosen = (...offers: TokenOffer[]) => {
    const [listing] = listingsOn(offers, '2026-11-25')
    return { source: listing?.offer.source.id, disputes: listing?.disputes.length }
  }
  const genai = source('genai-prices', '2026-08-21', '2026-06-01')

  test('the most trusted, where nobody differs by more than half a per cent', () => {
    expect(chosen(offer(source('portkey', '2026-08-21'), 1.004), offer(genai, 1))).toEqual({
      source: 'genai-prices',
      disputes: 0,
    })
  })
  test('the one checked later, where sources that check prices differ', () => {
    expect(chosen(offer(genai, 1), offer(source('portkey', '2026-08-21'), 2))).toEqual({
      source: 'portkey',
      disputes: 1,
    })
  })
  test('never a less trusted one, however late', () => {
    expect(chosen(offer(genai, 1), offer(source('litellm', '2026-10-01'), 2)).source).toBe('genai-prices')
    expect(chosen(offer(genai, 1), offer(source('openrouter', '2026-10-01'), 2)).source).toBe('genai-prices')
  })
  test('one’s own before all', () => {
    expect(chosen(offer(source('user', '2020-01-01'), 9), offer(genai, 1)).source).toBe('user')
  })
  test('the order of the observations changes nothing', () => {
    const all = ['genai-prices', 'portkey', 'models-dev', 'litellm'].map((id, index) =>
      offer(source(id, `2026-0${index + 1}-01`), index + 1),
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (shuffled) => {
        expect(chosen(...shuffled)).toEqual(chosen(...all))
      }),
    )
  })
  test('a source that says two things at once answers alike in any order', () => {
    const genai = source('genai-prices', '2026-08-21')
    const twice = [offer(genai, 1, { servedModel: 'x/a-model' }), offer(genai, 2)]
    const first = (offers: TokenOffer[]) => listingsOn(offers, '2026-11-25')[0]?.offer.servedModel
    expect(first(twice)).toBe(first(twice.toReversed()))
  })
  test('half a per cent is no dispute, a little more is', () => {
    expect([differ(1, 0.9951), differ(1, 0.9949)]).toEqual([false, true])
  })
  test('a meter that only a less trusted source has is kept, with its source', () => {
    const litellm = offer(source('litellm', '2026-08-01'), 1, {
      meters: [meter('input', 1), meter('cache-read', 0.1)],
    })
    const [listing] = listingsOn([offer(genai, 1), litellm], '2026-11-25')
    expect(listing?.meters.map(({ meter, source }) => [meter, source.id])).toEqual([
      ['input', 'genai-prices'],
      ['cache-read', 'litellm'],
    ])
  })
})

describe('tiers', () => {
  const steps = (rest: Partial<MeterPrice>) => [
    meter('input', 1, { tierTo: 200 }),
    meter('input', 3, { tierFrom: 200, ...rest }),
  ]
  test('an exclusive boundary pays the base at it, an inclusive one the tier', () => {
    expect(tierAt(steps({}), 'input', 200)?.usdPerMillionTokens).toBe(1)
    expect(tierAt(steps({ tierFromInclusive: true }), 'input', 200)?.usdPerMillionTokens).toBe(3)
  })
  test('a whole-request tier prices every token, a marginal one those above', () => {
    const usd = (rest: Partial<MeterPrice>) =>
      tokensByTier(
        steps(rest).map((step) => ({ ...step, tierMode: rest.tierMode ?? step.tierMode })),
        'input',
        {
          tokens: 300,
          promptTokens: 300,
        },
      ).reduce((total, { price, tokens }) => total + tokens * (price.usdPerMillionTokens ?? 0), 0)
    expect(usd({})).toBe(900)
    expect(usd({ tierMode: 'marginal' })).toBe(500)
  })
  test('the tiers of a mix hold all of its tokens', () => {
    const count = fc.integer({ min: 0, max: 1000 })
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 1000 }), (tokens, promptTokens) => {
        const parts = tokensByTier(steps({ tierMode: 'marginal' }), 'input', { tokens, promptTokens })
        expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBeCloseTo(tokens, 9)
      }),
    )
  })
  test('a mix without a price for one of its meters costs nothing that could be said', () => {
    const mix = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, promptTokens: 1 }
    expect(mixCost([meter('input', 1)], mix)).toEqual({ missingMeter: 'output' })
  })
})

describe('names', () => {
  test.each([
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929'],
    ['accounts/fireworks/models/llama-v3p3-70b-instruct', 'llama-v3-3-70b-instruct'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'llama-3-3-70b-instruct'],
  ])('%s is listed as %s', (name, listed) => {
    expect(servedName(name)).toBe(listed)
  })
  test.each([
    ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'llama-v3p3-70b-instruct'],
    ['@cf/meta/llama-3.3-70b-instruct-fp8-fast', 'Meta-Llama-3_3-70B-Instruct'],
    ['openai/gpt-oss-120b:free', 'gpt-oss-120b'],
  ])('%s and %s are one model', (a, b) => {
    expect(modelName(a)).toBe(modelName(b))
  })
  test.each([
    ['gpt-4-turbo', 'gpt-4'],
    ['gpt-4o-2024-05-13', 'gpt-4o'],
    ['grok-4-fast', 'grok-4'],
    ['qwen3-30b-a3b-thinking-2507', 'qwen3-30b-a3b'],
    ['mistral-large-2402', 'mistral-large-latest'],
  ])('%s and %s are two', (a, b) => {
    expect(modelName(a)).not.toBe(modelName(b))
  })
  test('a name says its region and precision', () => {
    expect(regionIn('us.anthropic.claude-sonnet-4-5-20250929-v1:0')).toBe('us')
    expect(regionIn('meta-llama/Llama-3.3-70B-Instruct')).toBeNull()
    expect(quantisationIn('nvidia/Llama-3.3-70B-Instruct-FP8')).toBe('fp8')
  })
})
