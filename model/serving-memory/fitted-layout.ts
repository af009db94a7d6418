import type { PrecisionId } from '../precision.ts'
import { cacheBytesOf } from '../throughput/deployment.ts'
import type { GpuFigures } from '../throughput/gpu-figures.ts'
import { type Layout, type LayoutWish, layoutsOf } from '../throughput/layout.ts'
import type { ModelFigures } from '../throughput/model-figures.ts'
import { servedWeights } from '../throughput/served-weights.ts'
import { type CacheRoom, cacheRoom, sequencesThatFit } from './cache-room.ts'
import type { EngineLimits } from './engine-defaults.ts'

/** A layout with the room it leaves for cache and the sequences of one length that it holds. */
export interface FittedLayout {
  readonly layout: Layout
  readonly room: CacheRoom
  /** Sequences that one replica holds at once; 0 where the weights do not fit. */
  readonly sequencesPerReplica: number
}

interface Question {
  readonly model: ModelFigures
  readonly gpu: GpuFigures
  readonly precision: PrecisionId
  readonly cachePrecision: PrecisionId
  readonly contextTokens: number
  readonly limits: EngineLimits
}

export function fitted(question: Question, layout: Layout): FittedLayout {
  const { model, gpu, precision, limits, contextTokens } = question
  const weights = servedWeights(model, precision)
  const room = cacheRoom({ model, weights, layout, memoryBytes: gpu.memoryBytes, limits })
  const cacheBytesPerElement = cacheBytesOf(question.cachePrecision)
  return {
    layout,
    room,
    sequencesPerReplica: sequencesThatFit({
      model,
      layout,
      cacheBytesPerElement,
      contextTokens,
      limits,
      room,
    }),
  }
}

/**
 * The layout of so many GPUs in which a model is served: the first that holds one sequence, wider tensor
 * parallelism before more pipeline stages, and those before more replicas. Where none does, the first that exists.
 *
 * @throws InputProblem for a layout that was asked for and does not exist.
 */
export function fittedLayout(question: Question, wish: LayoutWish): FittedLayout {
  const [first, ...others] = layoutsOf(question.model, question.gpu, wish)
  const preferred = fitted(question, first)
  if (preferred.sequencesPerReplica > 0) return preferred
  const holding = others
    .map((layout) => fitted(question, layout))
    .find((other) => other.sequencesPerReplica > 0)
  return holding ?? preferred
}

/** Counts that machines and racks come in; a model that needs more than the last is split over racks. */
export const usualCounts = [1, 2, 4, 8, 16, 24, 32, 48, 64, 72, 96, 128]

/** The fewest GPUs, of the counts that machines come in, on which one sequence fits; null where none of them does. */
export const fewestGpus = (question: Question, wish: Omit<LayoutWish, 'gpuCount'>): FittedLayout | null => {
  const group = (wish.tensorParallel ?? 1) * (wish.pipelineParallel ?? 1) * (wish.dataParallel ?? 1)
  for (const gpuCount of [...new Set([group, ...usualCounts])].filter((count) => count % group === 0)) {
    const candidate = fittedLayout(question, { ...wish, gpuCount })
    if (candidate.sequencesPerReplica > 0) return candidate
  }
  return null
}
