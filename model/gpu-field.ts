import { z } from 'zod'
import type { Facts, Gpu } from './facts.ts'
import { didYouMean, unknown } from './problem.ts'

/** The `gpu` field: an id such as `h100-sxm-80gb`, or another name the GPU has in the facts. */
export const GpuField = z
  .string()
  .min(1)
  .max(100)
  .meta({
    title: 'GPU',
    description: 'An id such as h100-sxm-80gb',
    examples: ['h100-sxm-80gb'],
  })

/** @throws InputProblem when no known GPU answers to the name: one GPU is never sized as another. */
export function gpuOf(id: string, facts: Facts, path = 'gpu'): Gpu {
  const gpu = facts.gpu(id)
  if (!gpu) {
    const ids = facts.gpus().map((known) => known.id)
    const otherNames = facts.gpus().flatMap((known) => known.aliases)
    throw unknown(path, 'GPU', id, didYouMean(id, ids) === '' ? otherNames : ids)
  }
  return gpu
}
