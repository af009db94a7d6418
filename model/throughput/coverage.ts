import type { Coverage, Quantiles, ThroughputConstants } from './constants.ts'
import type { Layout } from './layout.ts'
import type { ModelFigures } from './model-figures.ts'

/** How far a deployment is from the measurements behind the constants, and in what way. */
export interface Reach {
  /** The columns of the spread that apply; their envelope is the band. */
  readonly coverages: readonly [Coverage, ...Coverage[]]
  /** Why the answer goes beyond what was measured; empty where it does not. */
  readonly reasons: readonly string[]
}

/** Two models of one shape run alike, whatever they were taught: an instruct version counts as its base. */
export const sameShape = (one: ModelFigures, other: ModelFigures): boolean =>
  (Object.keys(one) as (keyof ModelFigures)[]).every((key) => key === 'id' || one[key] === other[key])

export function reachOf({
  model,
  gpuId,
  layout,
  constants,
  seenModels,
}: {
  model: ModelFigures
  gpuId: string
  layout: Layout
  constants: ThroughputConstants
  /** The figures of the models among the measurements. */
  seenModels: readonly ModelFigures[]
}): Reach {
  const modelSeen = seenModels.some((seen) => sameShape(seen, model))
  const gpuSeen = constants.seen.gpus.includes(gpuId)
  const reasons = [
    ...(modelSeen
      ? []
      : [`no measurement behind the constants is of ${model.id ?? 'this model'} or its shape`]),
    ...(gpuSeen ? [] : [`no measurement behind the constants is on ${gpuId}`]),
    ...(layout.pipelineParallel > 1 ? ['no measurement behind the constants uses pipeline parallelism'] : []),
  ]
  if (!modelSeen && !gpuSeen) return { coverages: ['model-unseen', 'gpu-unseen'], reasons }
  if (!modelSeen) return { coverages: ['model-unseen'], reasons }
  if (!gpuSeen || reasons.length > 0) return { coverages: ['gpu-unseen'], reasons }
  return { coverages: ['deployment'], reasons }
}

/** The band of measured / predicted that holds for a reach: the widest of its columns. */
export const spreadOf = (spread: Readonly<Record<Coverage, Quantiles>>, { coverages }: Reach): Quantiles => ({
  p10: Math.min(...coverages.map((coverage) => spread[coverage].p10)),
  p90: Math.max(...coverages.map((coverage) => spread[coverage].p90)),
})
