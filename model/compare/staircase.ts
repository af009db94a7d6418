import { TOKENS_PER_MILLION } from '../units.ts'

/**
 * A month's cost as a function of volume: a fixed sum, a price for each token, and steps, since hardware comes in
 * whole units.
 *
 *   usd(tokens) = usdPerMonth + tokens × usdPerMillionTokens / 1e6 + ⌈tokens / step.tokens⌉ × step.usd
 */
export interface Staircase {
  readonly usdPerMonth: number
  readonly usdPerMillionTokens: number
  /** Whole tokens that one unit carries in a month, and what a unit costs; null where nothing comes in units. */
  readonly step: { readonly tokens: number; readonly usd: number } | null
}

export const unitsAt = ({ step }: Staircase, tokens: number): number =>
  step ? Math.ceil(tokens / step.tokens) : 0

export const usdAt = (staircase: Staircase, tokens: number): number =>
  staircase.usdPerMonth +
  (tokens / TOKENS_PER_MILLION) * staircase.usdPerMillionTokens +
  unitsAt(staircase, tokens) * (staircase.step?.usd ?? 0)

/** What a further token costs in the long run, steps spread evenly. */
export const usdPerTokenInTheLongRun = ({ usdPerMillionTokens, step }: Staircase): number =>
  usdPerMillionTokens / TOKENS_PER_MILLION + (step ? step.usd / step.tokens : 0)

/** Whether one sum is no more than another; sums that differ in the last digits of a double are the same sum. */
export const costsNoMore = (usd: number, thanUsd: number): boolean =>
  usd - thanUsd <= 4 * Number.EPSILON * Math.max(usd, thanUsd)
