import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { compare } from '../../../model/compare/compare.ts'
import { ComparisonResult } from '../../../model/compare/comparison-result.ts'

const facts = bundledFacts('2026-11-25')
const compared = (input: unknown) => answer(compare, prepare(compare, input), facts)
const resultOf = (input: unknown) => ComparisonResult.parse(compared(input).result)

const workload = {
  from: 'tokens',
  tokensPerMonth: 40_500_000,
  inputTokensPerRequest: 4000,
  outputTokensPerRequest: 1000,
}
const api = { kind: 'token-api', name: 'API', usdPerMillionInput: 1, usdPerMillionOutput: 3 }
const rented = {
  kind: 'rented-gpus',
  name: 'rented',
  gpu: 'h100-sxm-80gb',
  usdPerGpuHour: 2,
  outputTokensPerSecond: 100,
}

describe('what fills a gap is named', () => {
  const namedIn = (option: object, cachedInputRatio = 0) =>
    compared({ workload: { ...workload, cachedInputRatio }, options: [option] }).assumptions.map(
      ({ field, value }) => [field, value],
    )

  test('a measured speed without its GPUs is that of one GPU, on a machine of one', () => {
    expect(namedIn(rented)).toContainEqual(['options.0.gpusPerReplica', 1])
    expect(namedIn(rented)).toContainEqual(['options.0.gpusPerInstance', 1])
    expect(namedIn({ ...rented, gpusPerReplica: 2 })).toContainEqual(['options.0.gpusPerInstance', 2])
  })

  test('rent without its terms is on demand', () => {
    expect(namedIn(rented)).toContainEqual(['options.0.pricing', 'on-demand'])
  })

  test('nothing is named that was given', () => {
    const whole = { ...rented, gpusPerReplica: 1, gpusPerInstance: 1, pricing: 'on-demand' }
    const fields = namedIn(whole).map(([field]) => field)
    expect(fields.filter((field) => String(field).startsWith('options.0.'))).toEqual([
      'options.0.fixedUsdPerMonth',
    ])
  })

  test('cached tokens without a price of their own pay the input price', () => {
    expect(namedIn(api, 0.5)).toContainEqual(['options.0.usdPerMillionCachedInput', 1])
    expect(namedIn(api)).not.toContainEqual(['options.0.usdPerMillionCachedInput', 1])
  })

  test('a cited cost is among the sources', () => {
    const { assumptions, sources } = compared({
      workload,
      options: [{ kind: 'bought-servers', gpu: 'h100-sxm-80gb', outputTokensPerSecond: 100 }],
    })
    const cited = assumptions.flatMap(({ source }) => source?.title ?? [])
    expect(cited.length).toBeGreaterThan(4)
    expect(sources.map(({ title }) => title)).toEqual(expect.arrayContaining(cited))
  })
})

describe('names', () => {
  test('options of one name are told apart by their place', () => {
    const { options, breakEvens } = resultOf({ workload, options: [api, api, rented, rented] })
    expect(options.map(({ name }) => name)).toEqual(['API', 'API (option 2)', 'rented', 'rented (option 4)'])
    expect(new Set(breakEvens.map(({ own, rival }) => `${own} ${rival}`)).size).toBe(4)
  })

  test.each([
    ['an API', { kind: 'token-api' }],
    ['a speed', { kind: 'rented-gpus', gpu: 'h100-sxm-80gb', usdPerGpuHour: 2 }],
  ])('a model that nobody knows is refused where %s needs it', (_what, option) => {
    const asked = { workload, model: 'meta-llama/Llama-3.3-70B-Instrct', options: [api, option] }
    expect(() => compared(asked)).toThrow(
      'model: there is no model "meta-llama/Llama-3.3-70B-Instrct". Did you mean "meta-llama/Llama-3.3-70B-Instruct"?',
    )
  })

  test('one that no option needs may have any name', () => {
    expect(compared({ workload, model: 'our own', options: [api, rented] }).value).toBeCloseTo(56.7, 9)
  })
})

test('hidden reasoning is generated too: a speed is estimated for requests of those lengths', () => {
  const model = 'meta-llama/Llama-3.3-70B-Instruct'
  const own = { kind: 'rented-gpus', gpu: 'h100-sxm-80gb', usdPerGpuHour: 2 }
  const speedFor = (option: object, outputTokensPerRequest: number) =>
    resultOf({ workload: { ...workload, outputTokensPerRequest }, model, options: [option] }).options[0]
      ?.hardware?.outputTokensPerSecondPerReplica
  expect(speedFor({ ...own, hiddenReasoningRatio: 3 }, 1000)).toBe(speedFor(own, 3000))
  expect(speedFor(own, 3000)).not.toBe(speedFor(own, 1000))
})
