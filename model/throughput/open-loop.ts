import { predictServing, type ServingPrediction } from './closed-loop.ts'
import type { Deployment } from './deployment.ts'

/** Requests that come at a rate, whoever waits. */
export interface OpenLoop {
  readonly inputTokens: number
  readonly prefilledTokens?: number
  readonly outputTokens: number
  /** Of one replica. */
  readonly requestsPerSecond: number
  readonly batchLimit: number
  /** Squared coefficient of variation of prompt lengths: their variance over the square of their mean. */
  readonly promptVariation: number
}

/** Neither the first burst nor waves of equal requests exist where requests come on their own. */
const none = 1e-9

const halvings = 60

/**
 * Latency of one replica under Poisson arrivals, or null where it cannot keep up.
 *
 *   B = requestsPerSecond × (wait + TTFT + outputTokens × TPOT(B))          Little's law, solved by bisection
 *   wait = ρ × P × (1 + variation) / (2 × (1 − ρ)),  ρ = requestsPerSecond × P
 *
 * The first is the closed loop that holds as many requests as the open one does on average. The second is the
 * Pollaczek-Khinchine wait of a prompt behind other prompts.
 *
 * @see Little, Operations Research 9(3), 1961; Kleinrock, Queueing Systems I, section 5.6, 1975.
 */
export function predictOpenLoop(of: Deployment, load: OpenLoop): ServingPrediction | null {
  const arriving = { ...of, constants: { ...of.constants, wave: none, burst: none } }
  const at = (batch: number) =>
    predictServing(arriving, { ...load, concurrency: batch, batchLimit: load.batchLimit })
  const busy = load.requestsPerSecond * at(1).prefillSeconds
  if (busy >= 1) return null
  const wait = (busy * at(1).prefillSeconds * (1 + load.promptVariation)) / (2 * (1 - busy))
  const heldAt = (batch: number) => load.requestsPerSecond * (wait + runningSeconds(at(batch), load))
  if (heldAt(load.batchLimit) > load.batchLimit) return null
  let [low, high] = [0, load.batchLimit]
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (low + high) / 2
    if (heldAt(middle) > middle) low = middle
    else high = middle
  }
  return {
    ...at(high),
    placeWaitSeconds: wait,
    outputTokensPerSecond: load.requestsPerSecond * load.outputTokens,
  }
}

const runningSeconds = (
  { admittedFirstTokenSeconds, outputTokenSeconds }: ServingPrediction,
  { outputTokens }: OpenLoop,
): number => admittedFirstTokenSeconds + outputTokens * outputTokenSeconds
