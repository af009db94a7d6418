import type { Column } from './draws.ts'

/** What the draws of one option say. */
export interface Summary {
  readonly meanUsd: number
  readonly standardDeviationUsd: number
  readonly standardErrorUsd: number
  readonly p5Usd: number
  readonly p10Usd: number
  readonly p50Usd: number
  readonly p90Usd: number
  readonly p95Usd: number
}

export function summaryOf(costs: Column): Summary {
  const meanUsd = costs.reduce((sum, cost) => sum + cost, 0) / costs.length
  const squares = costs.reduce((sum, cost) => sum + (cost - meanUsd) ** 2, 0)
  const standardDeviationUsd = costs.length > 1 ? Math.sqrt(squares / (costs.length - 1)) : 0
  const ordered = costs.toSorted()
  const at = (share: number): number => quantileOfSorted(ordered, share)
  return {
    meanUsd,
    standardDeviationUsd,
    standardErrorUsd: standardDeviationUsd / Math.sqrt(costs.length),
    p5Usd: at(0.05),
    p10Usd: at(0.1),
    p50Usd: at(0.5),
    p90Usd: at(0.9),
    p95Usd: at(0.95),
  }
}

/** Linear between order statistics: type 7 of R. J. Hyndman, Y. Fan, The American Statistician 50(4), 1996. */
function quantileOfSorted(ordered: Column, share: number): number {
  const place = (ordered.length - 1) * share
  const below = Math.floor(place)
  const low = ordered[below] ?? 0
  const high = ordered[below + 1] ?? low
  return low + (place - below) * (high - low)
}

/** For each option: how often it is the cheapest (draws that tie are shared), and what choosing it costs over the cheapest. */
export function regretsOf(
  options: readonly Column[],
): { readonly probabilityCheapest: number; readonly expectedRegretUsd: number }[] {
  const draws = options[0]?.length ?? 0
  const wins = options.map(() => 0)
  const regrets = options.map(() => 0)
  for (let draw = 0; draw < draws; draw++) {
    let least = Number.POSITIVE_INFINITY
    let sharing = 0
    for (const costs of options) {
      const cost = costs[draw] ?? 0
      if (cost < least) {
        least = cost
        sharing = 1
      } else if (cost === least) sharing++
    }
    options.forEach((costs, index) => {
      const cost = costs[draw] ?? 0
      if (cost === least) wins[index] = (wins[index] ?? 0) + 1 / sharing
      regrets[index] = (regrets[index] ?? 0) + cost - least
    })
  }
  return options.map((_, index) => ({
    probabilityCheapest: (wins[index] ?? 0) / draws,
    expectedRegretUsd: (regrets[index] ?? 0) / draws,
  }))
}
