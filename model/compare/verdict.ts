import type { Traffic } from '../workload/traffic.ts'
import { staircaseOf } from './cost.ts'
import { type Question, trafficIn } from './question.ts'
import { type Staircase, unitsAt, usdAt } from './staircase.ts'

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

export const verdictOf = (question: Question): Verdict => verdictsNear(question)(question)

/** Verdicts on questions that differ from one in a number: what that number does not touch is not priced again. */
export function verdictsNear(near: Question): (question: Question) => Verdict {
  const traffic = trafficIn(near)
  const stairs = near.options.map((option) => staircaseOf({ option, traffic, settings: near.settings }))
  return (question) => {
    const { options, settings } = question
    if (!isSameTraffic(question, near)) {
      const others = trafficIn(question)
      return verdictOn(
        others,
        options.map((option) => staircaseOf({ option, traffic: others, settings })),
      )
    }
    const priced = options.map((option, place) => {
      const known = option === near.options[place] ? stairs[place] : undefined
      return known ?? staircaseOf({ option, traffic, settings })
    })
    return verdictOn(traffic, priced)
  }
}

const isSameTraffic = (a: Question, b: Question): boolean =>
  a.workload === b.workload &&
  a.settings === b.settings &&
  a.peakToMean === b.peakToMean &&
  a.activeHoursPerMonth === b.activeHoursPerMonth

function verdictOn(traffic: Traffic, stairs: readonly Staircase[]): Verdict {
  const usdPerMonth = stairs.map((staircase) => usdAt(staircase, traffic.tokensPerMonth))
  const least = Math.min(...usdPerMonth)
  return {
    cheapest: usdPerMonth.findIndex((usd) => usd <= least * (1 + sameCost)),
    usdPerMonth,
    loads: stairs.map(({ step }) => (step ? traffic.tokensPerMonth / step.tokens : 0)),
    units: stairs.map((staircase) => unitsAt(staircase, traffic.tokensPerMonth)),
  }
}
