import { MONTHS_PER_YEAR } from '../units.ts'
import type { LineOf } from './case-lines.ts'
import type { Horizon } from './horizon.ts'
import { isAnniversary, priceIn } from './trends.ts'

/** What the lines of a case share. */
export interface CaseTerms {
  readonly horizon: Horizon
  /** Of each slot of the horizon; none where the case has no volume. */
  readonly millionTokens: Float64Array
  readonly inflationPerYear: number
  /** Only cash is asked for: write-offs, which move none before tax, are left out. */
  readonly isCashOnly?: boolean
}

export type ExpenseLine = LineOf<
  'once' | 'periodic' | 'recurring' | 'staff' | 'tokens' | 'provisioned' | 'committed-spend' | 'gpu-rent'
>

export const post = (account: Float64Array, slot: number, usd: number): void => {
  account[slot] = (account[slot] ?? 0) + usd
}

/** Adds what a line costs in each month, all of it expensed when it is paid. */
export function postExpenses(line: ExpenseLine, terms: CaseTerms, expense: Float64Array): void {
  const { months } = terms.horizon
  switch (line.kind) {
    case 'once':
      if (line.month <= months) post(expense, line.month, line.usd)
      break
    case 'periodic':
      for (let month = line.firstMonth; month <= months; month += line.everyMonths) {
        post(expense, month, line.usd)
      }
      break
    case 'tokens':
      postTokens(line, terms, expense)
      break
    case 'committed-spend':
      for (let month = 1; month <= months; month++) {
        post(expense, month, Math.max(0, line.usdPerMonth - spendIn(month, line, terms)))
      }
      break
    case 'provisioned':
      postProvisioned(line, terms, expense)
      break
    default:
      postSteady(line, terms, expense)
  }
}

/** What is paid alike in every month, with a step at each anniversary of the case. */
function postSteady(
  line: LineOf<'recurring' | 'staff' | 'gpu-rent'>,
  { horizon, inflationPerYear }: CaseTerms,
  expense: Float64Array,
): void {
  const last = Math.min(horizon.months, line.untilMonth ?? horizon.months)
  const growth =
    (1 + (line.changePerYear ?? inflationPerYear)) *
    (line.kind === 'staff' ? 1 + line.headcountGrowthPerYear : 1)
  let usd = usdInFirstYear(line)
  for (let month = 1; month <= last; month++) {
    if (isAnniversary(month)) usd *= growth
    if (month >= line.fromMonth) post(expense, month, usd)
  }
}

function usdInFirstYear(line: LineOf<'recurring' | 'staff' | 'gpu-rent'>): number {
  switch (line.kind) {
    case 'recurring':
      return line.usdPerMonth
    case 'staff':
      return (line.fullTimeEquivalents * line.usdPerYear) / MONTHS_PER_YEAR
    case 'gpu-rent':
      return line.gpuCount * line.usdPerGpuHour * line.hoursPerMonth
  }
}

const spendIn = (
  month: number,
  { usdPerMillionTokens, shareOfVolume, price }: LineOf<'tokens' | 'committed-spend'>,
  { millionTokens }: CaseTerms,
): number => (millionTokens[month] ?? 0) * shareOfVolume * priceIn(month, usdPerMillionTokens, price)

function postTokens(line: LineOf<'tokens'>, terms: CaseTerms, expense: Float64Array): void {
  const { months } = terms.horizon
  const { price } = line
  for (let month = 1; month <= months; month++) post(expense, month, spendIn(month, line, terms))
  if (price.scenario === 'switch-model' && price.month <= months) {
    post(expense, price.month, price.migrationUsd)
  }
}

/** Loads and capacities that differ by less than this share are the same number, written twice. */
const sameNumber = 1e-12

/**
 * Whole units of reserved throughput, bought for a term at a time and enough for the term's busiest month.
 *
 *   units = the larger of minimumUnits and ⌈busiest month × shareOfVolume / millionTokensPerUnitMonth⌉, in whole steps
 */
function postProvisioned(
  line: LineOf<'provisioned'>,
  { horizon, millionTokens }: CaseTerms,
  expense: Float64Array,
): void {
  const { minimumUnits, unitStep, termMonths, shareOfVolume, millionTokensPerUnitMonth, usdPerUnitMonth } =
    line
  for (let start = 1; start <= horizon.months; start += termMonths) {
    const end = Math.min(horizon.months, start + termMonths - 1)
    let busiest = 0
    for (let month = start; month <= end; month++) busiest = Math.max(busiest, millionTokens[month] ?? 0)
    const needed = (busiest * shareOfVolume * (1 - sameNumber)) / millionTokensPerUnitMonth
    const steps = Math.max(0, Math.ceil((needed - minimumUnits) / unitStep))
    const usd = (minimumUnits + steps * unitStep) * usdPerUnitMonth
    for (let month = start; month <= end; month++) post(expense, month, usd)
  }
}
