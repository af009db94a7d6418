import { expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { compare } from '../../../model/compare/compare.ts'
import { ComparisonResult } from '../../../model/compare/comparison-result.ts'
import { estimatedSpeed } from '../../../model/compare/estimated-speed.ts'
import { gpuOf } from '../../../model/gpu-field.ts'

const facts = bundledFacts('2026-11-25')
const compared = (input: unknown): ComparisonResult =>
  ComparisonResult.parse(answer(compare, prepare(compare, input), facts).result)

const question = (tokensPerMonth: number, options: readonly object[]) => ({
  model: 'meta-llama/Llama-3.3-70B-Instruct',
  peakToMean: 1.5,
  workload: {
    from: 'tokens',
    tokensPerMonth,
    inputTokensPerRequest: 1150,
    outputTokensPerRequest: 210,
  },
  options,
})

const rented = (usdPerGpuHour: number, gpusPerInstance: number) => ({
  kind: 'rented-gpus',
  name: `${usdPerGpuHour} USD, ${gpusPerInstance} a machine`,
  gpu: 'h100-sxm-80gb',
  usdPerGpuHour,
  gpusPerInstance,
})

test.each([30e9, 35e9, 40e9, 60e9])(
  'two ways to have the same GPU err together: the cheaper one stays the cheaper at %i tokens',
  (tokens) => {
    const { certainty, options } = compared(question(tokens, [rented(1.3, 8), rented(1.7, 8)]))
    expect(options[0]?.name).toBe('1.3 USD, 8 a machine')
    expect(certainty?.atLeastRatio).toBe(0.9)
  },
)

/** The band that both ways to have the GPU share. */
function sharedEstimate() {
  const { model } = question(1, [])
  const { traffic } = compared(question(1e9, [rented(1, 8)]))
  const estimate = estimatedSpeed(
    {
      model,
      precision: undefined,
      gpu: gpuOf('h100-sxm-80gb', facts),
      gpusPerReplica: undefined,
      traffic,
      limits: { ttftMs: undefined, tpotMs: undefined },
    },
    facts,
  )
  if ('unknown' in estimate) throw new Error(estimate.unknown)
  return estimate
}

test('where it is sure, no speed within the band has another cheapest option; where it is not, one has', () => {
  const {
    outputTokensPerSecond: { p10, p90 },
    gpusPerReplica,
  } = sharedEstimate()
  const answers = [8e9, 20e9, 36e9, 45e9, 90e9].map((tokens) => {
    const asked = question(tokens, [rented(1.3, 8), rented(1.55, 4)])
    const { certainty, cheapest } = compared(asked)
    const overturned = Array.from({ length: 60 }, (_, step) => {
      const outputTokensPerSecond = p10 + ((p90 - p10) * step) / 59
      const options = asked.options.map((option) => ({ ...option, outputTokensPerSecond, gpusPerReplica }))
      return compared({ ...asked, options }).cheapest?.name !== cheapest?.name
    }).some(Boolean)
    expect(certainty?.atLeastRatio, `${tokens}`).toBe(overturned ? null : 0.9)
    return overturned
  })
  expect(new Set(answers).size).toBe(2)
})
