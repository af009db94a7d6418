import { invalid, quote } from '../model/problem.ts'
import { MILLISECONDS_PER_SECOND, SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../model/units.ts'
import type { Trace } from '../model/workload/trace.ts'

const isoTime = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i

/**
 * Arrivals in seconds after the first, from ISO times (UTC where they name no zone) or from numbers (seconds from
 * some start, or seconds, milli-, micro- or nanoseconds since 1970).
 *
 * @throws InputProblem for a time that is none, or that lies before the one above it.
 */
export function arrivals(
  times: readonly string[],
  lineOf: (row: number) => number,
): Pick<Trace, 'startedAt' | 'seconds'> {
  const first = secondsOf(times[0] ?? '', lineOf(0))
  const seconds = new Float64Array(times.length)
  let last = 0
  for (const [index, text] of times.entries()) {
    const time = secondsOf(text, lineOf(index))
    // The whole and the fraction apart: an epoch second with seven decimals does not fit a double.
    const sinceFirst = time.whole - first.whole + (time.fraction - first.fraction)
    if (sinceFirst < last) {
      throw invalid(
        'trace',
        `trace: line ${lineOf(index)}: the time ${quote(text)} lies before that of the line above (${quote(times[index - 1])}); requests must stand in the order of arrival.`,
      )
    }
    seconds[index] = sinceFirst
    last = sinceFirst
  }
  return { startedAt: startOf(first), seconds }
}

interface Time {
  readonly whole: number
  readonly fraction: number
}

/** Numbers above this many seconds are instants since 1970 rather than seconds since some start. */
const earliestEpochSecond = 1e8

const startOf = ({ whole, fraction }: Time): string | null =>
  whole < earliestEpochSecond ? null : new Date((whole + fraction) * MILLISECONDS_PER_SECOND).toISOString()

function secondsOf(text: string, line: number): Time {
  const match = isoTime.exec(text)
  const time = match ? fromIso(match) : fromNumber(text)
  if (time) return time
  throw invalid(
    'trace',
    `trace: line ${line}: ${quote(text)} is no time; accepted are ISO times such as 2023-11-16 18:15:46.68 and numbers of seconds.`,
  )
}

function fromIso(match: RegExpExecArray): Time | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const whole = Date.UTC(year, month - 1, day, hour, minute, second) / MILLISECONDS_PER_SECOND
  const back = new Date(whole * MILLISECONDS_PER_SECOND)
  const exists = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60
  return exists && second < 61
    ? { whole: whole - offsetSeconds(match[8]), fraction: Number(match[7] ?? 0) }
    : null
}

function offsetSeconds(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE)
}

/** Since 1970; beyond the year 5000, as the largest number of each other unit is. */
const latestNanosecond = 1e20

function fromNumber(text: string): Time | null {
  const number = Number(text)
  if (text === '' || !(number >= 0 && number < latestNanosecond)) return null
  const perSecond = number >= 1e17 ? 1e9 : number >= 1e14 ? 1e6 : number >= 1e11 ? 1e3 : 1
  const whole = Math.floor(number / perSecond)
  return { whole, fraction: number / perSecond - whole }
}
