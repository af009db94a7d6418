import { exp } from '../elementary.ts'
import { normalShareBelow } from '../finance/uncertainty/normal.ts'
import type { Engine } from '../replay/engine.ts'

/** Lengths of requests that come on their own, and how they vary. */
export interface RequestShape {
  readonly inputTokens: number
  readonly outputTokens: number
  /** Tokens of a prompt that no prefix cache answers. */
  readonly prefilledTokens: number
  /** Squared coefficient of variation of both lengths: 0 where all are alike, 1 where they are exponential. */
  readonly variation: number
}

/** What one replica does with one shape of requests, whatever their rate. */
export interface ReplicaPace {
  readonly shape: RequestShape
  readonly batchLimit: number
  readonly contextTokens: number
  readonly promptSeconds: { readonly alone: number; readonly besideDecodes: number }
  decodeSeconds(batch: number): number
  readonly frontSeconds: number
  /** Requests a second above which the queue only grows. */
  readonly saturationRequestsPerSecond: number
}

/** One replica under Poisson arrivals. The latencies are null where requests come faster than they can be served. */
export interface OpenLoad {
  /** Rate over the rate of saturation. */
  readonly loadRatio: number
  /** The closed form is no longer to be trusted: a simulation is asked in its place. */
  readonly nearSaturation: boolean
  readonly batch: number | null
  readonly tpotSeconds: number | null
  readonly ttftSeconds: { readonly mean: number; readonly p50: number; readonly p90: number } | null
}

/** Above these, waits follow the smallest error in the speed, or in the room for one sequence more. */
const nearSaturationRatio = 0.8
const mostThatWaitForPlace = 0.1

/** Sequences of one shape that the cache holds at their mean length, the engine's own cap included. */
export function batchLimitOf(engine: Engine, { inputTokens, outputTokens, variation }: RequestShape): number {
  const { cache } = engine
  const held = inputTokens + (outputTokens * (1 + variation)) / 2
  const bytes =
    Math.ceil(held / cache.blockTokens) * cache.blockBytes + cache.fixedBytes(inputTokens + outputTokens)
  return Math.min(engine.sequences, bytes === 0 ? engine.sequences : Math.floor(cache.bytes / bytes))
}

/**
 *   saturation = 1 / (P + (outputTokens - 1) × D(batchLimit) / batchLimit)
 *
 * the work that one request brings, at the largest batch. Where lengths vary, the requests that a step meets are the
 * long ones (their share of time goes with their length), and the square of the attention adds to the mean prompt.
 */
export function replicaPace(engine: Engine, shape: RequestShape, batchLimit: number): ReplicaPace {
  const { inputTokens, outputTokens, prefilledTokens, variation } = shape
  const contextTokens = inputTokens + (outputTokens * (1 + variation)) / 2
  const prompt = (besideDecodes: boolean): number => {
    const part = (tokens: number) =>
      engine.promptSeconds({
        from: inputTokens - prefilledTokens,
        to: inputTokens - prefilledTokens + tokens,
        first: true,
        besideDecodes,
      })
    const square = (part(2 * prefilledTokens) - 2 * part(prefilledTokens) + part(0)) / 2
    return part(prefilledTokens) + variation * square
  }
  const decodeSeconds = (batch: number) =>
    engine.decodeSeconds(Math.min(batchLimit, Math.max(1, batch)), contextTokens)
  const promptSeconds = { alone: prompt(false), besideDecodes: prompt(true) }
  const perRequest =
    promptSeconds.besideDecodes + ((outputTokens - 1) * decodeSeconds(batchLimit)) / batchLimit
  return {
    shape,
    batchLimit,
    contextTokens,
    promptSeconds,
    decodeSeconds,
    frontSeconds: engine.frontSeconds,
    saturationRequestsPerSecond: 1 / perRequest,
  }
}

/**
 * Latencies of one replica under Poisson arrivals, in closed form, with ρ = rate × P the share of time on prompts:
 *
 *   TPOT  = D(B + 1) / (1 - ρ),   B = rate × (outputTokens - 1) × TPOT   (Little's law)
 *   cycle = D + P × prompts that came in the last cycle:  mean c = D / (1 - ρ),  variance P² × rate × c / (1 - ρ²)
 *   TTFT  = rest of the running cycle + the next one, which carries the prompt itself; P alone where nothing runs;
 *           and, where all places are taken, Erlang's wait for one
 *
 * The cycle that an arrival meets is longer than the mean one (E[c²] / E[c]). The distribution is taken as normal about
 * these moments, so that P50 and P90 agree with the simulation within a quarter below 80% of saturation.
 *
 * @see L. Kleinrock, Queueing Systems I, 1975, sections 5.2 (residual life) and 3.5 (Erlang's C)
 */
export function openLoad(pace: ReplicaPace, requestsPerSecond: number): OpenLoad {
  const loadRatio = requestsPerSecond / pace.saturationRequestsPerSecond
  if (loadRatio >= 1) {
    return { loadRatio, nearSaturation: true, batch: null, tpotSeconds: null, ttftSeconds: null }
  }
  const answered = pace.shape.outputTokens - 1
  const promptShare = requestsPerSecond * pace.promptSeconds.besideDecodes
  const tpotAt = (batch: number) => pace.decodeSeconds(batch + 1) / (1 - promptShare)
  const batch = fixedPoint((one) => requestsPerSecond * answered * tpotAt(one), pace.batchLimit)
  const tpotSeconds = tpotAt(batch)
  const waitShare = erlangC(pace.batchLimit, batch)
  return {
    loadRatio,
    nearSaturation: loadRatio > nearSaturationRatio || waitShare > mostThatWaitForPlace,
    batch,
    tpotSeconds,
    ttftSeconds: firstToken(pace, { requestsPerSecond, promptShare, batch, waitShare, cycle: tpotSeconds }),
  }
}

const halvings = 40

/** Where a function that starts above the diagonal meets it, or the bound. */
function fixedPoint(of: (x: number) => number, bound: number): number {
  let [low, high] = [0, bound]
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2
    if (of(middle) > middle) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function firstToken(
  pace: ReplicaPace,
  at: {
    readonly requestsPerSecond: number
    readonly promptShare: number
    readonly batch: number
    readonly waitShare: number
    readonly cycle: number
  },
) {
  const { requestsPerSecond: rate, promptShare, batch, waitShare, cycle } = at
  const { alone, besideDecodes: prompt } = pace.promptSeconds
  const { variation, outputTokens } = pace.shape
  const promptSquare = prompt ** 2 * (1 + variation)
  const cycleVariance = (promptSquare * rate * cycle) / (1 - promptShare ** 2)
  const metCycle = (cycle ** 2 + cycleVariance) / cycle
  const rest = metCycle / 2
  // Third moment of a gamma distribution with these two.
  const spread = cycleVariance / cycle ** 2
  const restVariance = (cycle ** 2 * (1 + spread) * (1 + 5 * spread)) / 12
  const decode = cycle * (1 - promptShare)
  const mean = rest + decode + prompt * (1 + rate * metCycle)
  const deviation = Math.sqrt(
    restVariance * (1 + 2 * promptShare) +
      promptSquare * rate * metCycle +
      prompt ** 2 * variation +
      promptShare ** 2 * cycleVariance,
  )
  const idleShare = exp(-batch) * (1 - promptShare)
  const waitSeconds = (outputTokens * cycle * (1 + variation)) / 2 / Math.max(1e-9, pace.batchLimit - batch)
  const shareBelow = (seconds: number): number => {
    const served =
      idleShare * (seconds >= alone ? 1 : 0) +
      (1 - idleShare) * normalShareBelow((seconds - mean) / deviation)
    const waited = seconds > mean ? 1 - exp((mean - seconds) / waitSeconds) : 0
    return (1 - waitShare) * served + waitShare * waited
  }
  const quantile = (share: number): number => {
    let [low, high] = [0, 10 * (mean + deviation + waitSeconds)]
    for (let halving = 0; halving < halvings; halving++) {
      const middle = (low + high) / 2
      if (shareBelow(middle) < share) low = middle
      else high = middle
    }
    return high + pace.frontSeconds
  }
  return {
    mean: idleShare * alone + (1 - idleShare) * mean + waitShare * waitSeconds + pace.frontSeconds,
    p50: quantile(0.5),
    p90: quantile(0.9),
  }
}

/** Share of arrivals that find all of so many places taken, by the recursion of Erlang's B. */
function erlangC(places: number, load: number): number {
  if (load >= places) return 1
  let blocked = 1
  for (let place = 1; place <= places; place++) blocked = (load * blocked) / (place + load * blocked)
  return blocked / (1 - (load / places) * (1 - blocked))
}
