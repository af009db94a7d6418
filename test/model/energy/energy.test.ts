import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import power from '../../../data/gpu-power.json' with { type: 'json' }
import { answer, prepare } from '../../../model/calculation.ts'
import { energy } from '../../../model/energy/energy.ts'
import { PowerMeasurement } from '../../../model/facts.ts'

const facts = bundledFacts('2026-11-25')
const ask = (input: Record<string, unknown>) => {
  const answered = answer(energy, prepare(energy, { outputTokensPerSecond: 1000, ...input }), facts)
  return { ...answered, result: energy.output.parse(answered.result) }
}

test('every measurement of power keeps its schema, is of a known GPU, and below its limit', () => {
  for (const row of power) {
    const { gpu, wattsPerGpu } = PowerMeasurement.parse(row)
    expect(wattsPerGpu).toBeLessThan(facts.gpu(gpu)?.powerWatts ?? 0)
  }
})

test('an H100 under load draws what was measured, not its limit', () => {
  const { result, interval } = ask({ gpu: 'h100-sxm-80gb', requestsPerReplica: 64 })
  expect(result.wattsPerGpu).toBeGreaterThan(440)
  expect(result.wattsPerGpu).toBeLessThan(650)
  expect(interval?.p10).toBeLessThan(interval?.p50 ?? 0)
  expect(interval?.p90).toBeGreaterThan(interval?.p50 ?? 0)
})

test('a GPU that nobody measured is bounded by its own limit, and by no other GPU', () => {
  const { result, assumptions, interval } = ask({ gpu: 'l40s-48gb' })
  expect(result.wattsPerGpu).toBe(facts.gpu('l40s-48gb')?.powerWatts)
  expect(interval).toBeNull()
  expect(assumptions.find(({ field }) => field === 'watts')?.because).toMatch(/upper bound/)
})

test('emissions without a grid factor are unknown, and say what is missing', () => {
  const { result, assumptions } = ask({ gpu: 'h100-sxm-80gb' })
  expect(result.gramsPerMillionTokens).toBeNull()
  expect(assumptions.find(({ field }) => field === 'gramsPerKilowattHour')?.because).toMatch(/give the one/)
})

test('a megawatt of H100 at 1.73 kW all-in is 578 of them (SemiAnalysisAI/InferenceX-app)', () => {
  expect(ask({ gpu: 'h100-sxm-80gb', budgetKilowatts: 1000 }).result.gpusOfBudget).toBe(578)
})

test('law: twice the tokens, half the energy and grams of each; twice the GPUs, twice', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      (rate, gpus) => {
        const of = (outputTokensPerSecond: number, gpuCount: number) =>
          ask({ gpu: 'b200-sxm-180gb', outputTokensPerSecond, gpuCount, gramsPerKilowattHour: 400 }).result
        const one = of(rate, gpus)
        expect(of(2 * rate, gpus).wattHoursPerMillionTokens).toBeCloseTo(one.wattHoursPerMillionTokens / 2, 6)
        expect(of(rate, 2 * gpus).gramsPerMillionTokens).toBeCloseTo((one.gramsPerMillionTokens ?? 0) * 2, 6)
      },
    ),
    { numRuns: 50 },
  )
})

describe('refused with a sentence', () => {
  test.each([
    ['a GPU that is not known', { gpu: 'h900' }, /there is no GPU/],
    ['negative watts', { gpu: 'h100-sxm-80gb', watts: -5 }, /watts/],
    ['no tokens', { gpu: 'h100-sxm-80gb', outputTokensPerSecond: 0 }, /outputTokensPerSecond/],
  ])('%s', (_name, input, sentence) => {
    expect(() => ask(input)).toThrow(sentence)
  })
})
