import { staircaseOf } from './cost.ts'
import { type Question, trafficIn } from './question.ts'
import { unitsAt, usdAt } from './staircase.ts'

export interface Verdict {
  /** Place of the cheapest option; the first of several that cost the same. */
  readonly cheapest: number
  readonly usdPerMonth: readonly number[]
  /** Units of hardware of each option. While these stay, each cost is a smooth function of every input. */
  readonly units: readonly number[]
  /** The same before they are rounded up. */
  readonly loads: readonly number[]
}

/** Costs that differ by less than this share are the same: sums of doubles carry that many digits. */
const sameCost = 1e-12

export function verdictOf(question: Question): Verdict {
  const { options, settings } = question
  const traffic = trafficIn(question)
  const stairs = options.map((option) => staircaseOf({ option, traffic, settings }))
  const usdPerMonth = stairs.map((staircase) => usdAt(staircase, traffic.tokensPerMonth))
  const least = Math.min(...usdPerMonth)
  return {
    cheapest: usdPerMonth.findIndex((usd) => usd <= least * (1 + sameCost)),
    usdPerMonth,
    loads: stairs.map(({ step }) => (step ? traffic.tokensPerMonth / step.tokens : 0)),
    units: stairs.map((staircase) => unitsAt(staircase, traffic.tokensPerMonth)),
  }
}
