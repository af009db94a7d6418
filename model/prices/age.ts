import type { OfferSource } from '../offers.ts'
import { SECONDS_PER_HOUR } from '../units.ts'

/** Older than this, a price is marked stale in every answer that uses it. */
const staleAfterDays = 30

/** The day that speaks for a price: its publisher's own check, else the day of the snapshot. */
export const checkedOn = (source: OfferSource): string => source.checkedAt ?? source.observedAt

const millisecondsPerDay = 24 * SECONDS_PER_HOUR * 1000

/** Whole days from one ISO day to another; negative when `to` comes first. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerDay)

/** How old what was seen on a day is on another, and whether that is too old. */
export const ageInDays = (seenOn: string, asOf: string) => {
  const days = daysBetween(seenOn, asOf)
  return { ageDays: days, isStale: days > staleAfterDays }
}

export const ageDays = (source: OfferSource, asOf: string): number => daysBetween(checkedOn(source), asOf)

/** A contract of one's own is as good on its last day as on its first. */
export const isStale = (source: OfferSource, asOf: string): boolean =>
  source.id !== 'user' && ageDays(source, asOf) > staleAfterDays

export const dayBefore = (day: string): string =>
  new Date(Date.parse(day) - millisecondsPerDay).toISOString().slice(0, 10)
