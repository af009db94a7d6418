import { z } from 'zod'
import { invalid } from '../problem.ts'
import {
  DAYS_PER_WEEK,
  HOURS_PER_DAY,
  HOURS_PER_WEEK,
  MILLISECONDS_PER_SECOND,
  SECONDS_PER_HOUR,
} from '../units.ts'
import type { Profile } from './profile.ts'

const hour = z.number().int().min(0).max(HOURS_PER_DAY)

/** How traffic repeats over a week, in local time: full in working hours of weekdays, less at night and weekends. */
export const Week = z
  .strictObject({
    timeZone: z
      .string()
      .max(64)
      .default('UTC')
      .meta({ title: 'Time zone', description: 'Where the working hours are, such as Europe/Berlin' }),
    fromHour: hour.meta({ title: 'Day begins', 'x-unit': 'hour' }),
    toHour: hour.meta({ title: 'Day ends', 'x-unit': 'hour' }),
    nightRatio: z.number().min(0).max(1).meta({
      title: 'Night',
      description: 'Traffic outside these hours as a share of traffic within',
      'x-unit': 'ratio',
    }),
    weekendRatio: z.number().min(0).max(1).meta({
      title: 'Weekend',
      description: 'Traffic on Saturday and Sunday as a share of a weekday',
      'x-unit': 'ratio',
    }),
  })
  .meta({ title: 'Week', description: 'How the traced hours repeat' })
export type Week = z.output<typeof Week>

/** What a traced rate becomes over a week. */
export interface Repeated {
  /** Rate in the traced hour over the rate of full traffic. */
  readonly tracedRatio: number
  /** Hours at the traced rate that give a week's traffic. */
  readonly tracedHoursPerWeek: number
  readonly activeHoursPerWeek: number
  /** Rate of the busiest hours over the traced rate. */
  readonly busiestOverTraced: number
}

/**
 * Repeats a trace over the week, from the local hour in which its middle falls.
 *
 * @throws InputProblem for hours in the wrong order, an unknown time zone, a trace of more than a day, or one that
 *   lies in an hour to which the week gives no traffic.
 */
export function repeatedOver(week: Week, { startedAt, spanSeconds }: Profile): Repeated {
  if (week.fromHour >= week.toHour) {
    throw invalid(
      'workload.week.toHour',
      `workload.week.toHour: ${week.toHour} must be above fromHour (${week.fromHour}).`,
    )
  }
  if (spanSeconds > HOURS_PER_DAY * SECONDS_PER_HOUR) {
    throw invalid(
      'workload.week',
      `workload.week: the trace spans ${Math.round(spanSeconds / SECONDS_PER_HOUR)} hours and holds nights of its own; leave week out for more than ${HOURS_PER_DAY}.`,
    )
  }
  const traced = startedAt === null ? 1 : shareAt(week, localHour(startedAt, spanSeconds / 2, week.timeZone))
  if (traced === 0) {
    throw invalid(
      'workload.week',
      `workload.week: the trace began at ${startedAt}, an hour to which this week gives no traffic in ${week.timeZone}.`,
    )
  }
  const shares = Array.from({ length: HOURS_PER_WEEK }, (_, index) =>
    shareAt(week, { day: Math.floor(index / HOURS_PER_DAY), hour: index % HOURS_PER_DAY }),
  )
  const sum = shares.reduce((a, b) => a + b, 0)
  return {
    tracedRatio: traced,
    tracedHoursPerWeek: sum / traced,
    activeHoursPerWeek: shares.filter((share) => share > 0).length,
    busiestOverTraced: Math.max(...shares) / traced,
  }
}

/** Monday is day 0. */
interface LocalHour {
  readonly day: number
  readonly hour: number
}

const shareAt = (week: Week, { day, hour }: LocalHour): number =>
  (hour >= week.fromHour && hour < week.toHour ? 1 : week.nightRatio) *
  (day >= DAYS_PER_WEEK - 2 ? week.weekendRatio : 1)

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function localHour(startedAt: string, secondsLater: number, timeZone: string): LocalHour {
  const instant = new Date(Date.parse(startedAt) + secondsLater * MILLISECONDS_PER_SECOND)
  const parts = formatter(timeZone).formatToParts(instant)
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? ''
  return { day: days.indexOf(part('weekday')), hour: Number(part('hour')) }
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
  } catch {
    throw invalid(
      'workload.week.timeZone',
      `workload.week.timeZone: there is no time zone ${JSON.stringify(timeZone)}; accepted are names such as UTC and Europe/Berlin.`,
    )
  }
}
