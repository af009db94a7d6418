import type { Assumption } from '../calculation.ts'
import type { Unit } from '../meta.ts'
import { invalid } from '../problem.ts'
import { HOURS_PER_WEEK, SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../units.ts'
import type { Profile } from './profile.ts'
import { type Repeated, repeatedOver, type Week } from './week.ts'
import { largestTokensPerMonth, type Workload } from './workload.ts'

/** A month of traffic in the few numbers that a cost depends on. */
export interface Traffic {
  readonly requestsPerMonth: number
  /** Input and output together, whole tokens. */
  readonly tokensPerMonth: number
  readonly inputTokensPerRequest: number
  readonly outputTokensPerRequest: number
  /** Share of the input that a cache holds. */
  readonly cachedInputRatio: number
  /** Tokens a second in the busiest minutes over the mean of the active hours. */
  readonly peakToMean: number
  readonly activeHoursPerMonth: number
}

/** The share of output in all tokens. */
export const outputRatioOf = ({ inputTokensPerRequest, outputTokensPerRequest }: Traffic): number =>
  outputTokensPerRequest / (inputTokensPerRequest + outputTokensPerRequest)

/** Workloads that say no more than tokens, and the figures that stand in for what they leave out. */
export const assumed = { peakToMean: 2, workingDaysPerMonth: 21, workingHoursPerDay: 10 }

interface Given {
  readonly workload: Workload
  readonly peakToMean: number | undefined
  readonly activeHoursPerMonth: number | undefined
  readonly hoursPerMonth: number
}

/**
 * A month of traffic from any kind of workload.
 *
 * @throws InputProblem for a workload without tokens or beyond all counting, or with more active hours than hours.
 */
export function trafficOf(given: Given): { traffic: Traffic; assumptions: Assumption[] } {
  const { month, assumptions } = monthOf(given)
  checkHabits(given)
  const tokensPerRequest = month.inputTokensPerRequest + month.outputTokensPerRequest
  if (tokensPerRequest === 0) {
    throw invalid('workload', 'workload: the requests have neither input nor output tokens.')
  }
  const tokensPerMonth = month.tokensPerMonth ?? Math.round(month.requestsPerMonth * tokensPerRequest)
  if (tokensPerMonth > largestTokensPerMonth || tokensPerMonth < 1) {
    throw invalid(
      'workload',
      `workload: ${tokensPerMonth} tokens a month must be at least 1 and at most ${largestTokensPerMonth}.`,
    )
  }
  if (month.activeHoursPerMonth > given.hoursPerMonth) {
    throw invalid(
      'activeHoursPerMonth',
      `activeHoursPerMonth: ${month.activeHoursPerMonth} cannot exceed hoursPerMonth (${given.hoursPerMonth}).`,
    )
  }
  return { traffic: { ...month, tokensPerMonth }, assumptions }
}

/** The hours of people's habits, where nothing else says which hours are active. */
function checkHabits({ workload, activeHoursPerMonth, hoursPerMonth }: Given): void {
  if (workload.from !== 'people' || activeHoursPerMonth !== undefined) return
  const days = workload.workingDaysPerMonth ?? assumed.workingDaysPerMonth
  const hours = workload.workingHoursPerDay ?? assumed.workingHoursPerDay
  if (days * hours <= hoursPerMonth) return
  throw invalid(
    'workload.workingDaysPerMonth',
    `workload.workingDaysPerMonth: ${days} days of ${hours} hours are ${days * hours} hours, more than hoursPerMonth (${hoursPerMonth}).`,
  )
}

type Month = Omit<Traffic, 'tokensPerMonth'> & { readonly tokensPerMonth?: number }

/** Collects what stands in for something that was not given. */
class Defaults {
  readonly assumptions: Assumption[] = []

  or(given: number | undefined, field: string, value: number, unit: Unit, because: string): number {
    if (given !== undefined) return given
    this.assumptions.push({ field, value, unit, because })
    return value
  }
}

function monthOf(given: Given): { month: Month; assumptions: Assumption[] } {
  const { workload, hoursPerMonth } = given
  if (workload.from === 'profile') return monthOfProfile(given, workload)
  const defaults = new Defaults()
  const { inputTokensPerRequest, outputTokensPerRequest } = workload
  const volume = volumeOf(workload, defaults)
  const month = {
    requestsPerMonth: volume.requestsPerMonth,
    ...(volume.tokensPerMonth !== undefined && { tokensPerMonth: volume.tokensPerMonth }),
    inputTokensPerRequest,
    outputTokensPerRequest,
    cachedInputRatio: defaults.or(
      workload.cachedInputRatio,
      'workload.cachedInputRatio',
      0,
      'ratio',
      'No input is taken to be cached.',
    ),
    peakToMean: defaults.or(
      given.peakToMean,
      'peakToMean',
      assumed.peakToMean,
      'ratio',
      'The busiest minutes are taken to be twice as busy as the mean; a trace would tell.',
    ),
    activeHoursPerMonth: defaults.or(
      given.activeHoursPerMonth,
      'activeHoursPerMonth',
      volume.activeHoursPerMonth ?? hoursPerMonth,
      'hour/month',
      volume.activeHoursPerMonth === undefined
        ? 'Traffic is taken to come in all hours of the month.'
        : 'Working days times working hours.',
    ),
  }
  return { month, assumptions: defaults.assumptions }
}

interface Volume {
  readonly requestsPerMonth: number
  readonly tokensPerMonth?: number
  readonly activeHoursPerMonth?: number
}

function volumeOf(workload: Exclude<Workload, { from: 'profile' }>, defaults: Defaults): Volume {
  switch (workload.from) {
    case 'tokens': {
      const { tokensPerMonth, inputTokensPerRequest, outputTokensPerRequest } = workload
      return {
        tokensPerMonth,
        requestsPerMonth: tokensPerMonth / (inputTokensPerRequest + outputTokensPerRequest),
      }
    }
    case 'requests':
      return { requestsPerMonth: workload.requestsPerMonth }
    case 'people': {
      const days = defaults.or(
        workload.workingDaysPerMonth,
        'workload.workingDaysPerMonth',
        assumed.workingDaysPerMonth,
        'count',
        'default',
      )
      const hours = defaults.or(
        workload.workingHoursPerDay,
        'workload.workingHoursPerDay',
        assumed.workingHoursPerDay,
        'hour',
        'default',
      )
      return {
        requestsPerMonth: workload.people * workload.requestsPerPersonPerDay * days,
        activeHoursPerMonth: days * hours,
      }
    }
  }
}

/**
 * The traced rate, repeated over the month: in every hour, or as the week says.
 *
 *   requestsPerMonth = requestCount / spanSeconds × 3600 × hours at the traced rate
 */
function monthOfProfile(
  { hoursPerMonth, ...given }: Given,
  { profile, week, busiestMinutes, cachedInputRatio }: Extract<Workload, { from: 'profile' }>,
): { month: Month; assumptions: Assumption[] } {
  const defaults = new Defaults()
  const weeksPerMonth = hoursPerMonth / HOURS_PER_WEEK
  const repeated = week && repeatedOver(week, profile)
  const tracedHours = repeated ? repeated.tracedHoursPerWeek * weeksPerMonth : hoursPerMonth
  const activeHours = repeated ? repeated.activeHoursPerWeek * weeksPerMonth : hoursPerMonth
  const busiest = busiestMinutes ?? 'p99'
  const minutes = Math.round(profile.spanSeconds / SECONDS_PER_MINUTE)
  defaults.or(
    undefined,
    'workload.week',
    tracedHours,
    'hour/month',
    week && repeated
      ? weekSentence({ week, repeated, minutes, startedAt: profile.startedAt })
      : `The traced ${minutes} minutes are taken to repeat in all ${hoursPerMonth} hours of the month.`,
  )
  const peak = busiestOverMean(profile, busiest)
  const month: Month = {
    requestsPerMonth: (profile.requestCount / profile.spanSeconds) * SECONDS_PER_HOUR * tracedHours,
    inputTokensPerRequest: profile.inputTokens / profile.requestCount,
    outputTokensPerRequest: profile.outputTokens / profile.requestCount,
    cachedInputRatio: defaults.or(
      cachedInputRatio,
      'workload.cachedInputRatio',
      cachedShare(profile) ?? 0,
      'ratio',
      cachedShare(profile) === null ? 'The trace does not say what was cached: nothing is.' : 'As traced.',
    ),
    peakToMean: defaults.or(
      given.peakToMean,
      'peakToMean',
      peak * (repeated ? (repeated.busiestOverTraced * activeHours) / tracedHours : 1),
      'ratio',
      `The ${busiest === 'max' ? 'busiest minute' : `${busiest} minute`} of the trace over its mean, by input or output tokens, whichever peaks higher.`,
    ),
    activeHoursPerMonth: defaults.or(
      given.activeHoursPerMonth,
      'activeHoursPerMonth',
      activeHours,
      'hour/month',
      repeated ? 'Hours of the week with traffic.' : 'All hours of the month.',
    ),
  }
  return { month, assumptions: defaults.assumptions }
}

function weekSentence({
  week: { fromHour, toHour, timeZone, nightRatio, weekendRatio },
  repeated: { tracedRatio },
  minutes,
  startedAt,
}: {
  week: Week
  repeated: Repeated
  minutes: number
  startedAt: string | null
}): string {
  const week = `Full traffic from ${fromHour} to ${toHour} in ${timeZone}, ${nightRatio} of it by night, ${weekendRatio} of that at weekends.`
  return startedAt === null
    ? `${week} The trace of ${minutes} minutes names no day: it is taken to show full traffic.`
    : `${week} The trace of ${minutes} minutes from ${startedAt} lies where it is ${tracedRatio} of full.`
}

const busiestOverMean = (profile: Profile, busiest: 'p95' | 'p99' | 'max'): number =>
  Math.max(
    1,
    ...[profile.inputTokensPerMinute, profile.outputTokensPerMinute].map((rate) =>
      rate.mean > 0 ? rate[busiest] / rate.mean : 1,
    ),
  )

const cachedShare = ({ cachedInputTokens, inputTokens }: Profile): number | null =>
  cachedInputTokens === null || inputTokens === 0 ? null : cachedInputTokens / inputTokens
