import { type CostOption, optionCosts } from './cost-model.ts'
import type { Quantile } from './distribution.ts'
import type { Column } from './draws.ts'

/** The costs of all options with one input moved and the others at their medians. */
type CostsOf = (name: string, value: number) => readonly number[]

export function costsAtMedians(
  options: readonly CostOption[],
  quantiles: ReadonlyMap<string, Quantile>,
  discounts: Float64Array,
): CostsOf {
  const medians = new Map([...quantiles].map(([name, quantile]) => [name, Float64Array.of(quantile(0.5))]))
  return (name, value) => {
    const moved = new Map(medians).set(name, Float64Array.of(value))
    return options.map((option) => optionCosts(option, moved, 1, discounts).costs[0] ?? 0)
  }
}

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
  const ordered = input.toSorted()
  if (bins < 2 || ordered[0] === ordered[count - 1]) return 0
  const edges = Array.from(
    { length: bins - 1 },
    (_, bin) => ordered[Math.floor(((bin + 1) * count) / bins)] ?? 0,
  )
  const sums = new Float64Array(bins)
  const counts = new Float64Array(bins)
  let mean = 0
  for (let draw = 0; draw < count; draw++) {
    const bin = binOf(input[draw] ?? 0, edges)
    const value = output[draw] ?? 0
    sums[bin] = (sums[bin] ?? 0) + value
    counts[bin] = (counts[bin] ?? 0) + 1
    mean += value / count
  }
  let total = 0
  for (let draw = 0; draw < count; draw++) total += ((output[draw] ?? 0) - mean) ** 2
  if (total === 0) return 0
  let explained = 0
  let filled = 0
  for (let bin = 0; bin < bins; bin++) {
    const size = counts[bin] ?? 0
    if (size === 0) continue
    filled++
    explained += size * ((sums[bin] ?? 0) / size - mean) ** 2
  }
  const byChance = (filled - 1) / (count - 1)
  return Math.max(0, (explained / total - byChance) / (1 - byChance))
}

/** How many of the edges, in rising order, lie at or below a value. */
function binOf(value: number, edges: readonly number[]): number {
  let [from, to] = [0, edges.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((edges[middle] ?? 0) <= value) from = middle + 1
    else to = middle
  }
  return from
}
