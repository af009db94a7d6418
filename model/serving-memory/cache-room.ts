import type { Layout } from '../throughput/layout.ts'
import type { ModelFigures } from '../throughput/model-figures.ts'
import type { ServedWeights } from '../throughput/served-weights.ts'
import { type Occupancy, occupancy, occupiedBytes } from './budget.ts'
import type { EngineLimits } from './engine-defaults.ts'

/** Room for the KV cache on each GPU of a layout, and what else fills it. */
export interface CacheRoom extends Occupancy {
  readonly budgetBytes: number
  /** Below zero where the weights alone do not fit. */
  readonly cacheBytes: number
}

/** `cacheBytes = memory × share - weights - activations - graphs - non-torch`, on each GPU. */
export function cacheRoom(input: {
  model: ModelFigures
  weights: ServedWeights
  layout: Layout
  memoryBytes: number
  limits: EngineLimits
}): CacheRoom {
  const occupied = occupancy(input)
  const budgetBytes = input.memoryBytes * input.limits.memoryShare
  return { ...occupied, budgetBytes, cacheBytes: budgetBytes - occupiedBytes(occupied) }
}

/** The cache comes in blocks of so many tokens: vLLM's block size, and that of its latent-attention kernels. */
const blockTokens = { heads: 16, latent: 64 }
export const blockTokensOf = ({ cacheIsLatent }: Pick<ModelFigures, 'cacheIsLatent'>): number =>
  cacheIsLatent ? blockTokens.latent : blockTokens.heads

/**
 * Bytes that one sequence takes on each GPU that holds its cache.
 *
 * Heads are divided by tensor parallelism down to one head, a latent cache is copied, layers are divided by
 * pipeline stages. For a window layer the engine reserves `window - 1 + tokensPerStep` tokens, or the context where
 * that is shorter (vLLM SlidingWindowSpec.max_memory_usage_bytes).
 */
export function sequenceBytesPerGpu({
  model,
  layout,
  cacheBytesPerElement,
  contextTokens,
  limits,
}: {
  model: ModelFigures
  layout: Layout
  cacheBytesPerElement: number
  contextTokens: number
  limits: EngineLimits
}): number {
  const block = blockTokensOf(model)
  const tokens = Math.ceil(contextTokens / block) * block
  const windowTokens = Math.min(tokens, model.windowTokens - 1 + limits.tokensPerStep)
  const elements =
    model.fullCacheElementsPerToken * tokens +
    model.windowCacheElementsPerToken * windowTokens +
    model.stateElements
  const headShards = model.cacheIsLatent ? 1 : Math.min(layout.tensorParallel, model.keyValueHeadCount)
  return (elements * cacheBytesPerElement) / headShards / layout.pipelineParallel
}

/** Sequences of one length that a replica holds at once, the engine's own cap included. */
export function sequencesThatFit(
  input: Parameters<typeof sequenceBytesPerGpu>[0] & { room: CacheRoom },
): number {
  const { room, layout, limits } = input
  if (room.cacheBytes <= 0) return 0
  const perSequence = sequenceBytesPerGpu(input)
  const held = perSequence === 0 ? limits.sequences : Math.floor(room.cacheBytes / perSequence)
  return Math.min(held, limits.sequences) * layout.dataParallel
}

/** The longest context of which so many sequences fit; 0 where none does. Found by bisection: memory only grows. */
export function longestContext(
  input: Omit<Parameters<typeof sequencesThatFit>[0], 'contextTokens'> & {
    sequences: number
    limitTokens: number
  },
): number {
  const fits = (contextTokens: number) => sequencesThatFit({ ...input, contextTokens }) >= input.sequences
  if (!fits(1)) return 0
  if (fits(input.limitTokens)) return input.limitTokens
  let [good, bad] = [1, input.limitTokens]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (fits(middle)) good = middle
    else bad = middle
  }
  return good
}
