import { z } from 'zod'
import type { Facts, Gpu } from '../facts.ts'
import { type PeakFormat, peakFormats } from '../facts.ts'
import { GpuField, gpuOf } from '../gpu-field.ts'
import { invalid } from '../problem.ts'

/** Fields that the cost and the time of a training run share. */

export const TokensField = z
  .number()
  .positive()
  .max(1e16)
  .meta({
    title: 'Training tokens',
    description:
      'Tokens of the training run, every epoch counted, such as 15e12; few publishers state them, and none are guessed',
    'x-unit': 'token',
    examples: [15e12],
  })

export const TrainingGpuField = GpuField.default('h100-sxm-80gb').meta({
  title: 'GPU',
  description: 'GPU that the run is counted on',
})

export const UtilisationField = z.number().positive().max(1).meta({
  title: 'Model FLOPs utilisation',
  description:
    'Share of the peak that the model uses over all hours; left out, the median of published runs with their spread',
  'x-unit': 'ratio',
})

export const SequenceField = z.number().int().min(1).max(1e8).default(8192).meta({
  title: 'Sequence',
  description: 'Tokens of one training sequence, which attention grows with',
  'x-unit': 'token',
})

export const ArithmeticField = z
  .enum(peakFormats)
  .default('bf16')
  .meta({ title: 'Arithmetic', description: 'Number format whose dense peak the utilisation is a share of' })

/** @throws InputProblem: what nobody stated is asked for, not guessed. */
export function tokensOf(tokens: number | undefined): number {
  if (tokens !== undefined) return tokens
  throw invalid(
    'tokens',
    'tokens is missing: give how many tokens the run took, such as 15e12. A config does not say, and no other model stands in.',
  )
}

/** @throws InputProblem where no source states the GPU's peak in that format. */
export function peakOf(
  gpuId: string,
  arithmetic: PeakFormat,
  facts: Facts,
): { gpu: Gpu; flopPerSecond: number } {
  const gpu = gpuOf(gpuId, facts)
  const flopPerSecond = gpu.peakFlopPerSecond[arithmetic]
  if (flopPerSecond === null || flopPerSecond === undefined) {
    const stated = peakFormats.filter((format) => typeof gpu.peakFlopPerSecond[format] === 'number')
    throw invalid(
      'arithmetic',
      `arithmetic: no source states a peak of ${gpu.id} in ${arithmetic}. Accepted for it: ${stated.join(', ')}.`,
    )
  }
  return { gpu, flopPerSecond }
}
