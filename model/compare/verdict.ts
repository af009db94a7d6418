import { trafficOf } from '../workload/traffic.ts'
import type { Workload } from '../workload/workload.ts'
import { staircaseOf } from './cost.ts'
import type { PricedOption, Settings } from './priced-option.ts'
import { unitsAt, usdAt } from './staircase.ts'

/** A comparison in which every number is known, so that any of them can be turned. */
export interface Question {
  readonly workload: Exclude<Workload, { from: 'profile' }>
  readonly peakToMean: number
  readonly activeHoursPerMonth: number
  readonly settings: Settings
  readonly options: readonly PricedOption[]
}

export interface Verdict {
  /** Place of the cheapest option; the first of several that cost the same. */
  readonly cheapest: number
  readonly usdPerMonth: readonly number[]
  /** Units of hardware of each option. While these stay, each cost is a smooth function of every input. */
  readonly units: readonly number[]
}

export function verdictOf({ options, settings, ...question }: Question): Verdict {
  const { hoursPerMonth } = settings
  const { traffic } = trafficOf({ ...question, hoursPerMonth })
  const stairs = options.map((option) => staircaseOf({ option, traffic, settings }))
  const usdPerMonth = stairs.map((staircase) => usdAt(staircase, traffic.tokensPerMonth))
  return {
    cheapest: usdPerMonth.indexOf(Math.min(...usdPerMonth)),
    usdPerMonth,
    units: stairs.map((staircase) => unitsAt(staircase, traffic.tokensPerMonth)),
  }
}
