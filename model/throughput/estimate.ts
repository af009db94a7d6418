import type { Interval } from '../calculation.ts'
import type { LatencyFit, Quantiles } from './constants.ts'
import { type Reach, spreadOf } from './coverage.ts'

/** Bands of the two latencies of a deployment: what measurements divided by predictions came to. */
export interface LatencySpread {
  readonly firstToken: Quantiles
  readonly outputToken: Quantiles
}

export const latencySpread = ({ spreads }: LatencyFit, reach: Reach): LatencySpread => ({
  firstToken: spreadOf(spreads.ttft, reach),
  outputToken: spreadOf(spreads.tpot, reach),
})

export const banded = (value: number, { p10, p90 }: Quantiles): Interval => ({
  p10: value * p10,
  p50: value,
  p90: value * p90,
})

/** Both latencies slow together, so the slow end of a rate is where both are at their slow end. */
export const sumOf = (one: Interval, other: Interval): Interval => ({
  p10: one.p10 + other.p10,
  p50: one.p50 + other.p50,
  p90: one.p90 + other.p90,
})

export const scaled = ({ p10, p50, p90 }: Interval, by: number): Interval => ({
  p10: p10 * by,
  p50: p50 * by,
  p90: p90 * by,
})

/** `amount / seconds` with the ends swapped: the longest time is the lowest rate. */
export const rateOf = (amount: number, { p10, p50, p90 }: Interval): Interval => ({
  p10: amount / p90,
  p50: amount / p50,
  p90: amount / p10,
})
