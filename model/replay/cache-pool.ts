import type { EngineCache } from './engine.ts'

/**
 * The KV blocks of one replica. Sequences that decode grow by one token a step, so each begins a block in its own turn of
 * every `blockTokens` steps: counting sequences by turn, any number of steps is counted at once.
 */
export class CachePool {
  usedBytes: number
  private readonly cache: EngineCache
  /** A prefix that all prompts share is held once, from the start. */
  private readonly prefixBlocks: number
  private readonly sequencesByTurn: Float64Array
  private sequences = 0

  constructor(cache: EngineCache, sharedPrefixTokens: number) {
    this.cache = cache
    this.prefixBlocks = Math.floor(sharedPrefixTokens / cache.blockTokens)
    this.sequencesByTurn = new Float64Array(cache.blockTokens)
    this.usedBytes = this.emptyBytes
  }

  private get emptyBytes(): number {
    return this.prefixBlocks * this.cache.blockBytes
  }

  clear(): void {
    this.usedBytes = this.emptyBytes
    this.sequencesByTurn.fill(0)
    this.sequences = 0
  }

  /** What a request takes while it holds so many tokens: blocks beyond the shared prefix, and what it takes at once. */
  bytesOf(request: { inputTokens: number; outputTokens: number }, heldTokens: number): number {
    const { blockTokens, blockBytes, fixedBytes } = this.cache
    const shared = Math.min(this.prefixBlocks, Math.floor(request.inputTokens / blockTokens))
    const blocks = Math.ceil(heldTokens / blockTokens) - shared
    return blocks * blockBytes + fixedBytes(request.inputTokens + request.outputTokens)
  }

  /** Whether so many bytes are free beside what the next step takes. */
  hasRoom(bytes: number, atStep: number): boolean {
    return this.usedBytes + this.nextBytes(1, atStep) + bytes <= this.cache.bytes
  }

  /** Whether an empty pool could hold so many bytes. */
  canEverHold(bytes: number): boolean {
    return this.emptyBytes + bytes <= this.cache.bytes
  }

  /** Steps for which blocks are certainly free. */
  get stepsWithRoom(): number {
    const { blockBytes, blockTokens, bytes } = this.cache
    if (blockBytes === 0) return Number.POSITIVE_INFINITY
    return Math.floor((bytes - this.usedBytes) / (this.sequences * blockBytes)) * blockTokens
  }

  grow(steps: number, atStep: number): void {
    this.usedBytes += this.nextBytes(steps, atStep)
  }

  /** A sequence that held so many tokens at a step begins to grow, or no longer grows. */
  countGrowing(heldTokens: number, atStep: number, by: 1 | -1): void {
    const { blockTokens } = this.cache
    const untilFull = (blockTokens - (heldTokens % blockTokens)) % blockTokens
    const turn = (atStep + untilFull) % blockTokens
    this.sequencesByTurn[turn] = (this.sequencesByTurn[turn] ?? 0) + by
    this.sequences += by
  }

  private nextBytes(steps: number, atStep: number): number {
    const { blockTokens, blockBytes } = this.cache
    const rounds = Math.floor(steps / blockTokens)
    let blocks = rounds * this.sequences
    for (let step = rounds * blockTokens; step < steps; step++) {
      blocks += this.sequencesByTurn[(atStep + step) % blockTokens] ?? 0
    }
    return blocks * blockBytes
  }
}
