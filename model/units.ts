/**
 * The only home of scale factors: everything inside `model/` is bytes, seconds, tokens, watts and USD,
 * and what people and price lists use is converted here.
 */

export const GB = 1e9
export const GiB = 2 ** 30
export const MiB = 2 ** 20

/** Decimal prefixes are powers of 1000, binary prefixes powers of 1024 (IEC 80000-13:2008). */
export const BYTES_PER_MEMORY_UNIT = {
  bytes: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const

export type MemoryUnit = keyof typeof BYTES_PER_MEMORY_UNIT
export const memoryUnits = Object.keys(BYTES_PER_MEMORY_UNIT) as [MemoryUnit, ...MemoryUnit[]]

export const BITS_PER_BYTE = 8
export const TOKENS_PER_MILLION = 1e6
export const SECONDS_PER_MINUTE = 60
export const MINUTES_PER_HOUR = 60
export const SECONDS_PER_HOUR = 3600
export const MILLISECONDS_PER_SECOND = 1e3
export const WATTS_PER_KILOWATT = 1e3
export const HOURS_PER_DAY = 24
export const DAYS_PER_WEEK = 7
export const HOURS_PER_WEEK = HOURS_PER_DAY * DAYS_PER_WEEK
export const MONTHS_PER_YEAR = 12
export const WEEKS_PER_YEAR = 52
/** 52 weeks of 40 hours, as salary surveys divide a year. */
export const WORKING_HOURS_PER_YEAR = 2080
/** 8,760 hours a year over 12 months: the month that cloud price lists use. */
export const HOURS_PER_MONTH = 730
