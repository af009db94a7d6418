import type { Deployment } from './deployment.ts'
import { cacheElements } from './model-figures.ts'

/** What a decode step spends its time on. */
export interface DecodeStep {
  readonly seconds: number
  readonly memorySeconds: number
  readonly computeSeconds: number
  /** Reads and arithmetic together: the smooth larger of the two above. */
  readonly rooflineSeconds: number
  readonly layerSeconds: number
  readonly stepSeconds: number
  readonly sequenceSeconds: number
  readonly communicationSeconds: number
}

/**
 * Share of the routed experts that a step of so many tokens touches.
 *
 *   1 - (1 - k/E)^tokens
 *
 * The expectation when each token draws k of E experts alike and alone; real routing is skewed and touches fewer.
 */
const touchedExpertShare = (expertCount: number, expertsPerToken: number, tokens: number): number =>
  expertCount === 0 ? 0 : 1 - (1 - expertsPerToken / expertCount) ** tokens

/**
 * Time of one decode step of a batch: every sequence gets its next token.
 *
 *   D(B) = smoothLarger(weight and cache reads, arithmetic)
 *        + layers + step + B × sequence + all-reduce(B)
 *
 * Overheads are added: kernel launches and synchronisation do not overlap with the reads of a small batch. With
 * pipeline parallelism B is split into as many micro-batches as there are stages, and one token passes all stages.
 *
 * With drafts a step computes 1 + n tokens for each sequence, reads the cache once for all of them, and passes one
 * more layer for each draft: a layer that predicts a further token, as DeepSeek-V3 has it (arXiv 2412.19437, 2.2).
 */
export function decodeStep(of: Deployment, batch: number, contextTokens: number): DecodeStep {
  const { model, constants } = of
  const microBatch = Math.max(1, batch / of.layout.pipelineParallel)
  const tokens = microBatch * (1 + of.draftTokens)
  const layersPassed = 1 + of.draftTokens / model.layerCount
  const touched = touchedExpertShare(
    model.expertCount,
    model.expertsPerToken,
    tokens ** constants.drawExponent,
  )
  const memorySeconds =
    of.alwaysReadSeconds +
    touched * of.routedExpertSeconds +
    microBatch * of.cacheElementSeconds * (cacheElements(model, contextTokens) + model.stateElements)
  const computeSeconds =
    tokens *
    (of.linearSecondsPerToken +
      contextTokens * of.decodePairSeconds +
      Math.min(contextTokens, model.windowTokens) * of.windowPairSeconds)
  const power = of.smoothMaximumPower
  const rooflineSeconds = layersPassed * (memorySeconds ** power + computeSeconds ** power) ** (1 / power)
  const layerSeconds = layersPassed * of.layerSeconds
  const sequenceSeconds = batch * constants.sequenceSeconds
  const communicationSeconds =
    of.communicationSeconds +
    of.exchangeSeconds +
    tokens * (of.communicationSecondsPerToken + of.exchangeSecondsPerToken)
  return {
    seconds: rooflineSeconds + layerSeconds + constants.stepSeconds + sequenceSeconds + communicationSeconds,
    memorySeconds,
    computeSeconds,
    rooflineSeconds,
    layerSeconds,
    stepSeconds: constants.stepSeconds,
    sequenceSeconds,
    communicationSeconds,
  }
}

/**
 * Time to process one prompt of so many tokens on one replica.
 *
 *   P(T) = (2NT + attention) / peak reached + all-reduce(T) + layers
 *
 * Causal attention sees half of the T² pairs.
 */
export function prefillSeconds(of: Deployment, promptTokens: number): number {
  const fullPairs = promptTokens ** 2 / 2
  const windowPairs = promptTokens * Math.min(promptTokens / 2, of.model.windowTokens)
  return (
    promptTokens * of.linearSecondsPerToken +
    fullPairs * of.fullPairSeconds +
    windowPairs * of.windowPairSeconds +
    of.communicationSeconds +
    promptTokens * of.communicationSecondsPerToken +
    of.layerSeconds
  )
}
