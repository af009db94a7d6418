import { blockTokensOf, sequenceBytesPerGpu } from '../serving-memory/cache-room.ts'
import type { EngineLimits } from '../serving-memory/engine-defaults.ts'
import type { FittedLayout } from '../serving-memory/fitted-layout.ts'
import type { Deployment } from '../throughput/deployment.ts'
import { decodeStep, prefillSeconds } from '../throughput/step-time.ts'

/** One replica as its scheduler sees it: how long steps take, and how much it can hold. */
export interface Engine {
  /** A step in which so many sequences get their next token. */
  decodeSeconds(batch: number, contextTokens: number): number
  /** What tokens `from` to `to` of a prompt add to a step, or take alone; `first` where they begin the prompt. */
  promptSeconds(part: {
    readonly from: number
    readonly to: number
    readonly first: boolean
    readonly besideDecodes: boolean
  }): number
  /** Client, tokeniser and HTTP, before and beside the scheduler. */
  readonly frontSeconds: number
  /** Sequences that run at once. */
  readonly sequences: number
  /** Tokens of one step, prompts and answers together. */
  readonly tokensPerStep: number
  readonly cache: EngineCache
  readonly contextLimitTokens: number
}

/** Room for the KV cache: blocks that grow with a sequence, and what it takes at once and keeps. */
export interface EngineCache {
  readonly bytes: number
  readonly blockTokens: number
  readonly blockBytes: number
  /** Window layers and recurrent state of a sequence of so many tokens. */
  fixedBytes(tokens: number): number
}

/**
 * The engine of one replica of a deployment, with the step times of the throughput model:
 *
 *   decode step       = D(B) × correction of the time per output token
 *   prompt beside it  = interference × P / pipelineParallel × the same correction
 *   prompt alone      = P × correction of the time to first token
 *
 * so that a queue that never empties makes B × outputTokens / (outputTokens × D + interference × B × P) tokens a second,
 * as the closed loop does.
 */
export function engineOf(of: Deployment, fitted: FittedLayout, limits: EngineLimits): Engine {
  const { model, layout, constants, corrections, cacheBytesPerElement } = of
  const overheadSeconds = prefillSeconds(of, 0)
  const beside = (constants.interference / layout.pipelineParallel) * corrections.outputToken
  const bytesOf = (contextTokens: number) =>
    sequenceBytesPerGpu({ model, layout, cacheBytesPerElement, contextTokens, limits })
  const blockTokens = blockTokensOf(model)
  const headShards = model.cacheIsLatent ? 1 : Math.min(layout.tensorParallel, model.keyValueHeadCount)
  const tokenBytes =
    (model.fullCacheElementsPerToken * cacheBytesPerElement) / headShards / layout.pipelineParallel
  return {
    decodeSeconds: (batch, contextTokens) =>
      decodeStep(of, batch, contextTokens).seconds * corrections.outputToken,
    promptSeconds: ({ from, to, first, besideDecodes }) =>
      (prefillSeconds(of, to) - prefillSeconds(of, from) + (first ? overheadSeconds : 0)) *
      (besideDecodes ? beside : corrections.firstToken),
    frontSeconds: constants.firstTokenSeconds * corrections.firstToken,
    sequences: limits.sequences * layout.dataParallel,
    tokensPerStep: limits.tokensPerStep * layout.dataParallel,
    cache: {
      bytes: Math.max(0, fitted.room.cacheBytes) * layout.dataParallel,
      blockTokens,
      blockBytes: tokenBytes * blockTokens,
      fixedBytes: (tokens) => bytesOf(tokens) - tokenBytes * Math.ceil(tokens / blockTokens) * blockTokens,
    },
    contextLimitTokens: model.contextLimitTokens ?? Number.POSITIVE_INFINITY,
  }
}
