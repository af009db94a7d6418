import type { Corrections, Deployment } from './deployment.ts'
import { type DecodeStep, decodeStep, prefillSeconds } from './step-time.ts'

/** So many clients, each sending its next request when the last one is answered. */
export interface ClosedLoop {
  readonly inputTokens: number
  /** Tokens of a prompt that no prefix cache answers; all of them where left out. */
  readonly prefilledTokens?: number
  readonly outputTokens: number
  /** Clients of one replica. */
  readonly concurrency: number
  /** Requests that one replica runs at once, by memory and by the engine's cap; the rest wait. */
  readonly batchLimit: number
}

/** One replica's speed, with the parts it is made of. */
export interface ServingPrediction {
  readonly batch: number
  readonly contextTokens: number
  readonly step: DecodeStep
  readonly prefillSeconds: number
  /** How much longer a prompt alone takes than its share of the work. */
  readonly promptDelay: number
  /** Prompts that are processed before a request's first token, its own included, as multiples of its own. */
  readonly promptsBefore: number
  /** Rest of the running step, client, tokeniser and first schedule. */
  readonly admissionSeconds: number
  /** Wait for a place in the batch, where more ask than fit. */
  readonly placeWaitSeconds: number
  /** Time to the first token of a request that has its place. */
  readonly admittedFirstTokenSeconds: number
  /** Seconds that other requests' prefills add to each output token. */
  readonly interferenceSeconds: number
  readonly outputTokenSeconds: number
  /** Tokens of a sequence that a step yields. */
  readonly tokensPerStep: number
  readonly corrections: Corrections
  readonly outputTokensPerSecond: number
}

/**
 * Latency and speed of one replica under continuous batching in a closed loop.
 *
 *   TTFT = P × delay × (1 + min(wave, B - 1) + burst × (B - 1)) + D/2 + t₀
 *   TPOT = D / tokensPerStep + max(interference × B × P - TTFT, 0) / outputTokens
 * each times its correction, and
 *
 *   outputTokensPerSecond = B × outputTokens / (TTFT + outputTokens × TPOT)
 *
 * The second line is conservation of work: over one request's life every other place's prompt is processed once,
 * but requests that wait do not slow others. Requests beyond the batch limit wait for a place: by Little's law
 * each waits (concurrency - B) / B request times.
 */
export function predictServing(of: Deployment, load: ClosedLoop): ServingPrediction {
  const { constants } = of
  const { inputTokens, outputTokens } = load
  const batch = Math.min(load.concurrency, load.batchLimit)
  const others = Math.max(0, batch - 1)
  const contextTokens = inputTokens + outputTokens / 2
  const step = decodeStep(of, batch, contextTokens)
  const prefill = prefillSeconds(of, load.prefilledTokens ?? inputTokens)
  const promptsBefore = 1 + Math.min(constants.wave, others) + constants.burst * others
  const admissionSeconds = step.seconds / 2 + constants.firstTokenSeconds
  const uncorrectedFirstTokenSeconds = prefill * of.promptDelay * promptsBefore + admissionSeconds
  const interferenceSeconds =
    Math.max(
      0,
      (constants.interference * batch * prefill) / of.layout.pipelineParallel - uncorrectedFirstTokenSeconds,
    ) / outputTokens
  const outputTokenSeconds =
    (step.seconds / of.tokensPerStep + interferenceSeconds) * of.corrections.outputToken
  const admittedFirstTokenSeconds = uncorrectedFirstTokenSeconds * of.corrections.firstToken
  const runningSeconds = admittedFirstTokenSeconds + outputTokens * outputTokenSeconds
  const placeWaitSeconds = ((load.concurrency - batch) / batch) * runningSeconds
  return {
    batch,
    contextTokens,
    step,
    prefillSeconds: prefill,
    promptDelay: of.promptDelay,
    tokensPerStep: of.tokensPerStep,
    promptsBefore,
    admissionSeconds,
    placeWaitSeconds,
    admittedFirstTokenSeconds,
    interferenceSeconds,
    outputTokenSeconds,
    corrections: of.corrections,
    outputTokensPerSecond: (batch * outputTokens) / runningSeconds,
  }
}

/** Time to the first token, the wait for a place included. */
export const firstTokenSeconds = (prediction: ServingPrediction): number =>
  prediction.placeWaitSeconds + prediction.admittedFirstTokenSeconds
