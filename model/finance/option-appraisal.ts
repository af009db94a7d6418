import { MONTHS_PER_YEAR } from '../units.ts'
import { discountedPaybackYears, equivalentAnnual, paybackYears } from './appraisal.ts'
import type { CaseLine } from './case-lines.ts'
import type { CaseTerms } from './expenses.ts'
import { emptySlots, flowsOf, presentValueOf } from './horizon.ts'
import { emptyPostings, type Postings, postingsOf, sumOf } from './postings.ts'
import { modifiedRateOfReturn, rateOfReturn } from './rate-of-return.ts'
import { type Tax, type TaxRules, taxOf } from './tax.ts'

/** What a case asks of each of its options. */
export interface CaseRules extends CaseTerms, TaxRules {
  readonly discountRatePerYear: number
  readonly financeRatePerYear: number
  readonly reinvestRatePerYear: number
}

/** An option with its money: what each line costs, and what all of it moves. */
export interface Appraised {
  readonly name: string
  readonly lines: readonly { readonly name: string; readonly presentUsd: number; readonly totalUsd: number }[]
  readonly postings: Postings
  readonly tax: Tax
  /** Cash of each slot after tax; received is positive. */
  readonly cash: Float64Array
}

/** Cash before tax: operations, assets, loans and leases. */
export function cashBeforeTax(
  { resale, loanDrawn, expense, purchase, loanRepaid, leaseRepaid, interest }: Postings,
  into: Float64Array,
): Float64Array {
  for (let slot = 0; slot < into.length; slot++) {
    into[slot] =
      (resale[slot] ?? 0) +
      (loanDrawn[slot] ?? 0) -
      (expense[slot] ?? 0) -
      (purchase[slot] ?? 0) -
      (loanRepaid[slot] ?? 0) -
      (leaseRepaid[slot] ?? 0) -
      (interest[slot] ?? 0)
  }
  return into
}

const sum = (amounts: Float64Array): number => amounts.reduce((total, usd) => total + usd, 0)

export function appraise(
  { name, lines }: { readonly name: string; readonly lines: readonly CaseLine[] },
  rules: CaseRules,
): Appraised {
  const { horizon, discountRatePerYear } = rules
  const ofLines = lines.map((line) => ({ name: line.name, postings: postingsOf(line, rules) }))
  const postings = sumOf([emptyPostings(horizon), ...ofLines.map((line) => line.postings)], horizon)
  const tax = taxOf(postings, rules, horizon)
  const before = cashBeforeTax(postings, emptySlots(horizon))
  return {
    name,
    lines: ofLines.map((line) => {
      const cash = cashBeforeTax(line.postings, emptySlots(horizon))
      return {
        name: line.name,
        presentUsd: 0 - presentValueOf(cash, horizon, discountRatePerYear),
        totalUsd: 0 - sum(cash),
      }
    }),
    postings,
    tax,
    cash: before.map((usd, slot) => usd - (tax.paid[slot] ?? 0)),
  }
}

/** Nothing divided by nothing, or by next to nothing, is unknown. */
const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What an option costs, in the ways that people ask for. */
export function costsOf({ cash }: Appraised, { horizon, millionTokens, discountRatePerYear }: CaseRules) {
  const netPresentCostUsd = -presentValueOf(cash, horizon, discountRatePerYear)
  const discountedMillionTokens = presentValueOf(millionTokens, horizon, discountRatePerYear)
  return {
    netPresentCostUsd,
    totalCostUsd: -sum(cash),
    equivalentAnnualCostUsd: equivalentAnnual({
      presentValueUsd: netPresentCostUsd,
      ratePerYear: discountRatePerYear,
      years: horizon.months / MONTHS_PER_YEAR,
    }),
    levelisedUsdPerMillionTokens: finiteOrNull(netPresentCostUsd / discountedMillionTokens),
  }
}

/** An option as an investment: its cash less that of the option it would replace. */
export function investmentOf(option: Appraised, baseline: Appraised, rules: CaseRules) {
  const difference = option.cash.map((usd, slot) => usd - (baseline.cash[slot] ?? 0))
  const flows = flowsOf(difference, rules.horizon)
  const found = rateOfReturn(flows)
  return {
    netPresentValueUsd: presentValueOf(difference, rules.horizon, rules.discountRatePerYear),
    internalRatesPerYear:
      found.kind === 'one' ? [found.rate] : found.kind === 'several' ? [...found.rates] : [],
    internalRateNote: found.kind === 'one' ? null : found.because,
    modifiedRatePerYear: modifiedRateOfReturn({
      flows,
      financeRate: rules.financeRatePerYear,
      reinvestRate: rules.reinvestRatePerYear,
    }),
    paybackYears: paybackYears(flows),
    discountedPaybackYears: discountedPaybackYears(flows, rules.discountRatePerYear),
  }
}
