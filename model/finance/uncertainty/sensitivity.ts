import { log } from '../../elementary.ts'
import { rootBetween } from '../roots.ts'
import { type CostOption, optionCosts } from './cost-model.ts'
import type { Quantile } from './distribution.ts'
import type { Column } from './draws.ts'

/** The costs of all options with one input moved and the others at their medians. */
export type CostsAt = (name: string, value: number) => readonly number[]

export function costsAtMedians(
  options: readonly CostOption[],
  quantiles: ReadonlyMap<string, Quantile>,
  discounts: Float64Array,
): CostsAt {
  const medians = new Map([...quantiles].map(([name, quantile]) => [name, Float64Array.of(quantile(0.5))]))
  return (name, value) => {
    const moved = new Map(medians).set(name, Float64Array.of(value))
    return options.map((option) => optionCosts(option, moved, 1, discounts).costs[0] ?? 0)
  }
}

/** How much cheaper the option is than the best of the others: negative where another wins. */
export const lead = (costs: readonly number[], option: number): number =>
  Math.min(...costs.filter((_, index) => index !== option)) - (costs[option] ?? 0)

const gridPoints = 400
const searchedFactor = 100

/** Where a verdict may be looked for: a hundredth of the median to a hundred times it, and all of the input's own range. */
export function searchedRange(quantile: Quantile): { readonly low: number; readonly high: number } {
  const [least, median, most] = [quantile(0.001), quantile(0.5), quantile(0.999)]
  if (median > 0) {
    const low = median / searchedFactor
    return {
      low: least > 0 ? Math.min(least, low) : low,
      high: Math.max(most, median * searchedFactor),
    }
  }
  const reach = Math.max(Math.abs(median), most - least, 1)
  return { low: median - reach, high: median + reach }
}

/** The value of an input at which the verdict changes, the others at their medians. */
export interface Flip {
  readonly value: number
  readonly costUsd: number
  readonly winnerBelow: number
  readonly winnerAbove: number
}

/** The flip nearest to the input's median, or null where the same option wins over the whole searched range. */
export function flipOf(name: string, quantile: Quantile, costsAt: CostsAt): Flip | null {
  const median = quantile(0.5)
  const winner = cheapestOf(costsAt(name, median))
  const { low, high } = searchedRange(quantile)
  const by = (x: number): number => lead(costsAt(name, x), winner)
  const towards = (end: number): number | null => {
    let before = median
    for (let step = 1; step <= gridPoints; step++) {
      const next = between(median, end, step / gridPoints)
      if (by(next) < 0) return rootBetween({ of: by, low: before, high: next })
      before = next
    }
    return null
  }
  const found = [towards(low), towards(high)].filter((value) => value !== null)
  const value = found.toSorted((a, b) => distance(a, median) - distance(b, median))[0]
  if (value === undefined) return null
  const step = Math.max(Math.abs(value), 1) * 1e-9
  return {
    value,
    costUsd: costsAt(name, value)[winner] ?? 0,
    winnerBelow: cheapestOf(costsAt(name, value - step)),
    winnerAbove: cheapestOf(costsAt(name, value + step)),
  }
}

const cheapestOf = (costs: readonly number[]): number => costs.indexOf(Math.min(...costs))

/** Evenly by ratio between two positive numbers, else by difference. */
const between = (from: number, to: number, share: number): number =>
  from > 0 && to > 0 ? from * (to / from) ** share : from + (to - from) * share

const distance = (a: number, b: number): number => (a > 0 && b > 0 ? Math.abs(log(a / b)) : Math.abs(a - b))

const mostBins = 50
const leastInBin = 20

/**
 * Share of the output's variance that goes with one input: the variance of the output's mean within classes of the input,
 * less what chance alone would give (the first-order Sobol index from given data).
 *
 * @see E. Plischke, E. Borgonovo, C. L. Smith, "Global sensitivity measures from given data", European Journal of
 * Operational Research 226(3), 2013, section 3
 */
export function shareOfVariance(input: Column, output: Column): number {
  const count = output.length
  const bins = Math.max(1, Math.min(mostBins, Math.floor(count / leastInBin)))
  const order = Uint32Array.from(input, (_, index) => index).sort(
    (a, b) => (input[a] ?? 0) - (input[b] ?? 0) || a - b,
  )
  if (bins < 2 || input[order[0] ?? 0] === input[order[count - 1] ?? 0]) return 0
  const mean = output.reduce((sum, value) => sum + value, 0) / count
  const total = output.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  if (total === 0) return 0
  let explained = 0
  for (let bin = 0; bin < bins; bin++) {
    const [from, to] = [Math.floor((bin * count) / bins), Math.floor(((bin + 1) * count) / bins)]
    let sum = 0
    for (let place = from; place < to; place++) sum += output[order[place] ?? 0] ?? 0
    explained += (to - from) * (sum / (to - from) - mean) ** 2
  }
  const byChance = (bins - 1) / (count - 1)
  return Math.max(0, (explained / total - byChance) / (1 - byChance))
}
