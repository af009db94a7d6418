import { MONTHS_PER_YEAR } from '../units.ts'
import type { Flow } from './present-value.ts'

/** When the money of a month counts as moved. `year-end` moves a whole year's money on the year's last day. */
export const settlements = ['month-end', 'mid-month', 'month-start', 'year-end'] as const
type Settlement = (typeof settlements)[number]

/**
 * A horizon's slots: 0 is the opening (before the first month), 1 to `months` are the months, `months + 1` is the closing
 * (after the last month: what is sold or settled at the end).
 */
export interface Horizon {
  readonly months: number
  readonly settlement: Settlement
}

const slotCount = ({ months }: Horizon): number => months + 2
export const closingSlot = ({ months }: Horizon): number => months + 1

/** An amount for each slot, all zero to begin with. */
export const emptySlots = (horizon: Horizon): Float64Array => new Float64Array(slotCount(horizon))

/** Years from the opening to the day on which a slot's money moves; never after the horizon's end. */
function yearsTo(slot: number, horizon: Horizon): number {
  const { months, settlement } = horizon
  if (slot === 0) return 0
  if (slot === closingSlot(horizon)) return months / MONTHS_PER_YEAR
  switch (settlement) {
    case 'month-end':
      return slot / MONTHS_PER_YEAR
    case 'mid-month':
      return (slot - 0.5) / MONTHS_PER_YEAR
    case 'month-start':
      return (slot - 1) / MONTHS_PER_YEAR
    case 'year-end':
      return Math.min(Math.ceil(slot / MONTHS_PER_YEAR), months / MONTHS_PER_YEAR)
  }
}

/** Amounts by slot as flows, those of one day together, in order of time. */
export function flowsOf(amounts: Float64Array, horizon: Horizon): Flow[] {
  const byTime = new Map<number, number>()
  amounts.forEach((usd, slot) => {
    const years = yearsTo(slot, horizon)
    byTime.set(years, (byTime.get(years) ?? 0) + usd)
  })
  return [...byTime].map(([years, usd]) => ({ years, usd })).toSorted((a, b) => a.years - b.years)
}

/** Worth at the opening of a dollar that moves in each slot, at an effective yearly rate. */
export const discountFactors = (horizon: Horizon, ratePerYear: number): Float64Array =>
  emptySlots(horizon).map((_, slot) => (1 + ratePerYear) ** -yearsTo(slot, horizon))

/** Present value of amounts by slot at an effective yearly rate. */
export const presentValueOf = (amounts: Float64Array, horizon: Horizon, ratePerYear: number): number =>
  worthOf(amounts, discountFactors(horizon, ratePerYear))

/** Present value of amounts by slot. */
export function worthOf(amounts: Float64Array, factors: Float64Array): number {
  let worth = 0
  for (let slot = 0; slot < amounts.length; slot++) worth += (amounts[slot] ?? 0) * (factors[slot] ?? 0)
  return worth
}
