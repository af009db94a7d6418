import type { ClosedLoop, ServingPrediction } from './closed-loop.ts'
import type { Deployment } from './deployment.ts'
import { decodeStep, prefillSeconds } from './step-time.ts'

/**
 * All requests queued at once: the batch is what memory and the engine allow, and the GPU never idles.
 *
 *   outputTokensPerSecond = B × outputTokens / (outputTokens × D + B × P)
 */
export function predictOffline(of: Deployment, load: ClosedLoop): ServingPrediction {
  const { inputTokens, outputTokens, batchLimit: batch } = load
  const contextTokens = inputTokens + outputTokens / 2
  const step = decodeStep(of, batch, contextTokens)
  const prefill = prefillSeconds(of, load.prefilledTokens ?? inputTokens)
  const interferenceSeconds = (batch * prefill) / of.layout.pipelineParallel / outputTokens
  const outputTokenSeconds = step.seconds / of.tokensPerStep + interferenceSeconds
  const requestSeconds = outputTokens * outputTokenSeconds
  return {
    batch,
    contextTokens,
    step,
    prefillSeconds: prefill,
    promptDelay: 1,
    tokensPerStep: of.tokensPerStep,
    promptsBefore: 0,
    admissionSeconds: 0,
    placeWaitSeconds: 0,
    admittedFirstTokenSeconds: 0,
    interferenceSeconds,
    outputTokenSeconds,
    corrections: of.corrections,
    outputTokensPerSecond: (batch * outputTokens) / requestSeconds,
  }
}

/**
 * One batch from start to end: all prompts together, then all answers; no prompt interrupts a decode.
 *
 *   latency = P(B prompts) + outputTokens × D
 */
export function predictStaticBatch(of: Deployment, load: ClosedLoop): ServingPrediction {
  const { inputTokens, outputTokens } = load
  const batch = Math.min(load.concurrency, load.batchLimit)
  const contextTokens = inputTokens + outputTokens / 2
  const step = decodeStep(of, batch, contextTokens)
  const overheadSeconds = of.layerSeconds + of.communicationSeconds
  const prefill = prefillSeconds(of, load.prefilledTokens ?? inputTokens)
  const firstTokenSeconds = batch * (prefill - overheadSeconds) + overheadSeconds
  const outputTokenSeconds = step.seconds / of.tokensPerStep
  const requestSeconds = firstTokenSeconds + outputTokens * outputTokenSeconds
  return {
    batch,
    contextTokens,
    step,
    prefillSeconds: prefill,
    promptDelay: 1,
    tokensPerStep: of.tokensPerStep,
    promptsBefore: firstTokenSeconds / prefill,
    admissionSeconds: 0,
    placeWaitSeconds: 0,
    admittedFirstTokenSeconds: firstTokenSeconds,
    interferenceSeconds: 0,
    outputTokenSeconds,
    corrections: of.corrections,
    outputTokensPerSecond: (batch * outputTokens) / requestSeconds,
  }
}
