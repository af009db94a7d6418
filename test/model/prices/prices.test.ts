import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { withBook } from '../../../data/price-book.ts'
import { blendedPrice } from '../../../model/blended-price.ts'
import { type Answer, answer, type Calculation, prepare } from '../../../model/calculation.ts'
import { gpuPrice } from '../../../model/gpu-price.ts'
import { priceCheck } from '../../../model/price-check.ts'
import { InputProblem } from '../../../model/problem.ts'
import { tokenPrice } from '../../../model/token-price.ts'
import cases from '../../cases/prices.json' with { type: 'json' }

const facts = withBook(bundledFacts('2026-11-25'))
const run = (calculation: Calculation, input: unknown): Answer =>
  answer(calculation, prepare(calculation, input), facts)
const problem = (calculation: Calculation, input: unknown): InputProblem => {
  try {
    run(calculation, input)
  } catch (error) {
    if (error instanceof InputProblem) return error
  }
  throw new Error('no problem was thrown')
}
const because = ({ assumptions }: Answer): string => assumptions.map((one) => one.because).join('\n')

describe('published bills, to the cent and beyond', () => {
  test.each(cases)('$source', ({ input, expectedUsd }) => {
    expect(run(blendedPrice, input).result).toMatchObject({ usd: expect.closeTo(expectedUsd, 12) })
  })
})

describe('a day', () => {
  test('before the first record has no data, never today’s price', () => {
    const { message, complaints } = problem(tokenPrice, { model: 'gpt-4o', asOf: '2020-01-01' })
    expect(message).toMatch(/^asOf: no data before 20\d\d-\d\d-\d\d for "gpt-4o"; 2020-01-01 was asked\.$/)
    expect(complaints[0]).toMatchObject({ pointer: '#/asOf', kind: 'unknown' })
  })

  test('of the year 20260 is no day', () => {
    expect(problem(tokenPrice, { model: 'gpt-4o', asOf: '20260-01-01' }).message).toContain('asOf')
  })

  test('without a price at one seller says since when that seller has one', () => {
    const { message } = problem(tokenPrice, { model: 'gpt-5.6-luna', seller: 'openai', asOf: '2020-01-01' })
    expect(message).toContain('no data before')
  })
})

describe('what has no price', () => {
  test('is null with the reason: a meter that nobody prices', () => {
    const answered = run(tokenPrice, { model: 'gpt-4o', meter: 'citation' })
    expect(answered.value).toBeNull()
    expect(because(answered)).toContain('No source states a standard price for citation of gpt-4o')
  })

  test('is not zero: a free seller is no price of the model', () => {
    const answered = run(tokenPrice, { model: 'gpt-4o', seller: 'github-models' })
    expect(answered.value).toBeNull()
    expect(because(answered)).toContain('only free or subscription offers')
  })

  test('is not what a subscription prints beside its plan', () => {
    const answered = run(tokenPrice, { model: 'claude-opus-4.7', seller: 'github-copilot' })
    expect(answered.value).toBeNull()
    expect(because(answered)).toContain('only free or subscription offers')
  })

  test('an unknown model, seller or GPU is named', () => {
    expect(problem(tokenPrice, { model: 'gpt-4p' }).message).toContain('no priced model "gpt-4p"')
    expect(problem(tokenPrice, { model: 'meta-llama/Llama-3.1-70B' }).message).toContain(
      'Did you mean "meta-llama/Llama-3.1-70B-Instruct"?',
    )
    expect(problem(tokenPrice, { model: 'gpt-4o', seller: 'nobody' }).message).toContain(
      'no price of "gpt-4o" at "nobody" is known. Sellers with one: ',
    )
    expect(problem(gpuPrice, { gpu: 'h100-sxm-80g' }).message).toContain('Did you mean "h100-sxm')
    expect(problem(gpuPrice, { gpu: 'h100-sxm-80gb', seller: 'nobody' }).message).toContain(
      'Sellers with one: ',
    )
  })
})

describe('an answer says', () => {
  test('that its price is stale, and how old', () => {
    expect(because(run(tokenPrice, { model: 'gpt-4o', seller: 'azure' }))).toMatch(
      /Stale: checked \d+ days before/,
    )
  })

  test('who sells, for closed weights the maker, for open ones the cheapest', () => {
    expect(run(tokenPrice, { model: 'gpt-4o' }).result).toMatchObject({ seller: 'openai' })
    const open = run(tokenPrice, { model: 'meta-llama/Llama-3.3-70B-Instruct' })
    expect(open.result).toMatchObject({ kind: 'list', usdPerMillionTokens: open.value })
    expect(because(open)).toContain('cheapest list price among')
  })

  test('that cached tokens paid full price where the seller has no cache price', () => {
    const mix = {
      model: 'gpt-4o',
      seller: '302ai',
      inputTokens: 1e6,
      outputTokens: 0,
      cachedInputTokens: 1e6,
    }
    const answered = run(blendedPrice, mix)
    expect(answered.value).toBe(2.5)
    expect(because(answered)).toContain('cached tokens are priced as other input')
  })

  test('that more tokens are cached than sent', () => {
    const mix = { model: 'gpt-4o', inputTokens: 1, outputTokens: 1, cachedInputTokens: 2 }
    expect(problem(blendedPrice, mix).message).toContain('cachedInputTokens: 2 is more than inputTokens, 1')
  })
})

describe('a quote', () => {
  const quote = { gpu: 'h100-sxm-80gb', usdPerGpuHour: 3 }
  test('stands between the sellers that ask less and those that ask more', () => {
    const { value, result } = run(priceCheck, quote)
    const { cheaperCount, equalCount, dearerCount, comparables } = priceCheck.output.parse(result)
    expect(cheaperCount + equalCount + dearerCount).toBe(comparables.length)
    expect(comparables.filter(({ usd }) => usd < 3)).toHaveLength(cheaperCount)
    expect(value).toBe(cheaperCount / comparables.length)
    expect(new Set(comparables.map(({ seller }) => seller)).size).toBe(comparables.length)
  })
  test('a dearer quote never stands better', () => {
    const shares = [1, 2, 3, 5, 8, 13].map((usdPerGpuHour) =>
      Number(run(priceCheck, { ...quote, usdPerGpuHour }).value),
    )
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })
  test('is for one thing', () => {
    expect(problem(priceCheck, { ...quote, model: 'gpt-4o' }).message).toContain('give either model with')
    expect(problem(priceCheck, { model: 'gpt-4o' }).message).toContain('give either model with')
  })
})

test('the tier is selected on the whole prompt, cached part included', () => {
  const mix = { model: 'claude-sonnet-4-5', seller: 'anthropic', outputTokens: 0 }
  const cached = run(blendedPrice, { ...mix, inputTokens: 250_000, cachedInputTokens: 240_000 })
  expect(cached.result).toMatchObject({ usd: expect.closeTo(0.01 * 6 + 0.24 * 0.6, 12) })
})

test('a tier begins above its boundary: 200,000 tokens pay the base price', () => {
  const at = (promptTokens: number) =>
    run(tokenPrice, { model: 'gemini-2.5-pro', seller: 'google', promptTokens }).value
  expect([at(200_000), at(200_001)]).toEqual([1.25, 2.5])
})

test('Azure NC80adis_H100_v5 has two GPUs, whatever a price list counts', () => {
  const [offer] = facts.gpuOffers({ kind: 'gpu', gpu: 'Standard_NC80adis_H100_v5', region: 'eastus' })
  expect(offer).toMatchObject({ gpu: 'h100-nvl-94gb', gpuCount: 2 })
})

test('AWS prices in China are yuan, and stand in no comparison in USD', () => {
  const offers = facts.gpuOffers({ kind: 'gpu', gpu: 'g5.xlarge', region: 'cn-north-1' })
  expect(offers.map(({ currency, usdPerHour }) => [currency, usdPerHour])).toEqual([['CNY', null]])
})

test('p5.48xlarge costs 55.04 an hour, not the 98.32 of old lists', () => {
  const offers = facts.gpuOffers({ kind: 'gpu', gpu: 'p5.48xlarge', region: 'us-east-1' })
  expect(offers.map(({ usdPerHour }) => usdPerHour)).toContain(55.04)
})

test('a commitment is cheaper the longer it is: GCP, eight H100 on demand, one and three years', () => {
  const price = (pricing: string, termMonths?: number) =>
    Number(
      run(gpuPrice, { gpu: 'h100-sxm-80gb', pricing, seller: 'gcp', region: 'us-central1', termMonths })
        .value,
    )
  const [onDemand, year, threeYears] = [price('on-demand'), price('reserved', 12), price('reserved', 36)]
  expect(onDemand).toBeGreaterThan(year)
  expect(year).toBeGreaterThan(threeYears)
  expect(threeYears).toBeGreaterThan(0)
})
