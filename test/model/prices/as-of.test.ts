import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { withBook } from '../../../data/price-book.ts'
import { sampleTrace } from '../../../data/sample-trace/sample-trace.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { compare } from '../../../model/compare/compare.ts'
import { ComparisonResult } from '../../../model/compare/comparison-result.ts'
import { planOf } from '../../../model/compare/plan.ts'
import { tokenPrice } from '../../../model/token-price.ts'
import { profileOf } from '../../../model/workload/profile.ts'

const facts = withBook(bundledFacts('2026-11-25'))

const price = (input: unknown) => answer(tokenPrice, prepare(tokenPrice, input), facts).value

describe('an announced price applies from its day on', () => {
  // genai-prices data.v2.json@47df840a5ab1: two prices of each, the second with a start_date.
  test.each([
    ['claude-sonnet-5', 'anthropic', '2026-08-31', 2],
    ['claude-sonnet-5', 'anthropic', '2026-09-01', 3],
    ['gemini-3.7-flash', 'google', '2026-12-31', 0.75],
    ['gemini-3.7-flash', 'google', '2027-01-01', 1.5],
  ])('%s at %s on %s: %d USD per million input tokens', (model, seller, asOf, usd) => {
    expect(price({ model, seller, asOf })).toBe(usd)
  })
})

describe('a comparison as of a day', () => {
  const compared = (asOf: string) => {
    const options = [
      { kind: 'token-api', model: 'gpt-5.6-luna', seller: 'openai' },
      { kind: 'token-api', name: 'given', usdPerMillionInput: 1, usdPerMillionOutput: 1 },
    ]
    const workload = {
      from: 'tokens',
      tokensPerMonth: 3e9,
      inputTokensPerRequest: 2000,
      outputTokensPerRequest: 1000,
    }
    const input = { workload, options, asOf }
    return ComparisonResult.parse(answer(compare, prepare(compare, input), facts).result)
  }

  test('takes the prices of that day: gpt-5.6-luna fell by 80% on 2026-07-30', () => {
    const usd = (asOf: string) => compared(asOf).options.find(({ name }) => name !== 'given')?.usdPerMonth
    expect(usd('2026-07-29')).toBeCloseTo(2000 * 1 + 1000 * 6, 6)
    expect(usd('2026-07-30')).toBeCloseTo(2000 * 0.2 + 1000 * 1.2, 6)
  })

  test('before the first record leaves the option out, and says where the records begin', () => {
    expect(compared('2020-01-01').excluded).toMatchObject([
      {
        reason: expect.stringMatching(
          /^the price book has no data before 20\d\d-\d\d-\d\d for "gpt-5\.6-luna"; 2020-01-01 was asked\.$/,
        ),
      },
    ])
  })
})

describe('a plan as of a day', () => {
  const plan = (asOf: string) =>
    planOf(
      {
        model: 'meta-llama/Llama-3.3-70B-Instruct',
        workload: { from: 'profile', profile: profileOf(sampleTrace) },
        asOf,
      },
      facts,
    )

  test('takes the prices of that day', () => {
    const cheapest = (asOf: string) =>
      plan(asOf).result.comparison.options.find(({ kind }) => kind === 'token-api')
    expect(cheapest('2025-10-01')?.usdPerMonth).not.toBe(cheapest('2026-08-01')?.usdPerMonth)
  })

  test('before the first record is refused', () => {
    expect(() => plan('2020-01-01')).toThrow(/^asOf: no data before 20\d\d-\d\d-\d\d for "meta-llama/)
  })
})
