import type { Architecture } from './architecture/architecture-of.ts'
import type { CacheEntry } from './architecture/normal-form.ts'
import { BITS_PER_BYTE } from './units.ts'

/** Layers that keep the same of each token. */
export interface CacheGroup {
  readonly entry: CacheEntry
  /** Caches of this form: one a layer, two in a layer with two attention blocks. */
  readonly count: number
}

const known = new WeakMap<Architecture, readonly CacheGroup[]>()

/** What the layers of a model keep, equal layers together. */
export function cacheGroups(architecture: Architecture): readonly CacheGroup[] {
  const grouped = known.get(architecture)
  if (grouped) return grouped
  const groups = new Map<string, CacheGroup>()
  for (const entry of architecture.layers.flatMap(({ mixers }) => mixers.flatMap(({ cache }) => cache))) {
    const key = JSON.stringify(entry)
    groups.set(key, { entry, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  known.set(architecture, [...groups.values()])
  return [...groups.values()]
}

/** Who counts the tokens: arithmetic alone, an engine that reserves in blocks, or one that knows no windows. */
export type CacheBound = 'lower' | 'engine' | 'no windows'

export interface CacheRequest {
  readonly contextTokens: number
  readonly crossTokens: number
  readonly bitsPerElement: number
  readonly tensorParallel: number
  readonly maxBatchedTokens: number
  readonly blockTokens: number
}

/** Blocks of vLLM's kernels for latent attention. */
const latentBlockTokens = 64

/**
 * Entries that one cache holds of one sequence.
 *
 *   lower: min(context, window); engine: min(window − 1 + maxBatchedTokens, context), rounded up to whole blocks
 *
 * @see vllm-project/vllm, SlidingWindowSpec.max_memory_usage_bytes: a window must hold what a step adds to it
 */
export function entriesKept({
  entry,
  request,
  bound,
}: {
  entry: CacheEntry
  request: CacheRequest
  bound: CacheBound
}): number {
  const { contextTokens, crossTokens, maxBatchedTokens, blockTokens } = request
  const { window, tokens, tokensPerEntry, what } = entry
  const seen = tokens === 'sequence' ? contextTokens : crossTokens
  if (bound === 'no windows') return Math.floor(seen / tokensPerEntry)
  if (bound === 'lower') return Math.floor(Math.min(seen, window ?? seen) / tokensPerEntry)
  const block = what === 'latent' ? latentBlockTokens : blockTokens
  const reserved = window === null ? seen : Math.min(window - 1 + maxBatchedTokens, seen)
  return Math.ceil((Math.ceil(reserved / block) * block) / tokensPerEntry)
}

/**
 * Elements that one rank of tensor parallelism keeps of an entry: heads are divided, never below one, so that fewer
 * heads than ranks are copied; a latent, one vector for all heads, is copied to every rank.
 */
const elementsPerRank = ({ elements, heads }: CacheEntry, tensorParallel: number): number =>
  (elements / heads) * Math.ceil(heads / tensorParallel)

export const bitsOf = ({ bits }: CacheEntry, bitsPerElement: number): number => bits ?? bitsPerElement

/** Bytes of one sequence, on one rank. */
export const cacheBytes = (groups: readonly CacheGroup[], request: CacheRequest, bound: CacheBound): number =>
  groups.reduce(
    (sum, { entry, count }) =>
      sum +
      (count *
        elementsPerRank(entry, request.tensorParallel) *
        entriesKept({ entry, request, bound }) *
        bitsOf(entry, request.bitsPerElement)) /
        BITS_PER_BYTE,
    0,
  )

/** What one more token of a long sequence adds: the layers that keep every token. */
export const bytesPerToken = (groups: readonly CacheGroup[], bitsPerElement: number): number =>
  groups
    .filter(({ entry }) => entry.window === null && entry.tokens === 'sequence')
    .reduce(
      (sum, { entry, count }) =>
        sum + (count * entry.elements * bitsOf(entry, bitsPerElement)) / entry.tokensPerEntry / BITS_PER_BYTE,
      0,
    )

/** Fixed elements of the recurrent layers for each sequence. */
export const stateElements = ({ layers }: Architecture): number =>
  layers.reduce((sum, { mixers }) => sum + mixers.reduce((own, mixer) => own + mixer.stateElements, 0), 0)
