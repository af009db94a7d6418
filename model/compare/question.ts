import type { Traffic } from '../workload/traffic.ts'
import { assumed, trafficOf } from '../workload/traffic.ts'
import type { Workload } from '../workload/workload.ts'
import type { PricedOption, Settings } from './priced-option.ts'

/** A comparison in which every number is known, so that any of them can be turned. */
export interface Question {
  readonly workload: Exclude<Workload, { from: 'profile' }>
  readonly peakToMean: number
  /** Undefined where it follows from the workload. */
  readonly activeHoursPerMonth: number | undefined
  readonly settings: Settings
  readonly options: readonly PricedOption[]
}

/** A workload in numbers that can be turned: every default spelt out, a profile as the requests that it stands for. */
export function turnable({
  workload,
  traffic,
  activeHoursPerMonth,
}: {
  workload: Workload
  traffic: Traffic
  activeHoursPerMonth: number | undefined
}): Pick<Question, 'workload' | 'peakToMean' | 'activeHoursPerMonth'> {
  const { peakToMean, cachedInputRatio, inputTokensPerRequest, outputTokensPerRequest } = traffic
  switch (workload.from) {
    case 'profile': {
      const { requestsPerMonth } = traffic
      const lengths = { inputTokensPerRequest, outputTokensPerRequest, cachedInputRatio }
      return {
        workload: { from: 'requests', requestsPerMonth, ...lengths },
        peakToMean,
        activeHoursPerMonth: traffic.activeHoursPerMonth,
      }
    }
    case 'people': {
      const { workingDaysPerMonth, workingHoursPerDay } = { ...assumed, ...workload }
      return {
        workload: { ...workload, workingDaysPerMonth, workingHoursPerDay, cachedInputRatio },
        peakToMean,
        activeHoursPerMonth,
      }
    }
    default:
      return {
        workload: { ...workload, cachedInputRatio },
        peakToMean,
        activeHoursPerMonth: traffic.activeHoursPerMonth,
      }
  }
}

/** The month of traffic that a question is about. */
export const trafficIn = ({ settings, ...question }: Question): Traffic =>
  trafficOf({ ...question, hoursPerMonth: settings.hoursPerMonth }).traffic
