import { closingSlot, emptySlots, type Horizon } from './horizon.ts'
import type { Postings } from './postings.ts'

/** What happens to a loss: the company's other profits take it at once, or the project's own later profits do. */
export const lossRules = ['relieved-at-once', 'carried-forward'] as const

export interface TaxRules {
  /** On profit, as a decimal. */
  readonly taxRate: number
  readonly taxLosses: (typeof lossRules)[number]
}

export interface Tax {
  /** In the profit and loss account: the rate times the profit of the accounts. Negative is relief. */
  readonly expense: Float64Array
  /** In cash: on the profit that the tax office sees. Negative is received. */
  readonly paid: Float64Array
}

/**
 * Profit before tax of each slot, with the write-offs of the accounts or of the tax office.
 *
 *   profit = resale - book value at the end - expense - depreciation - interest - write-off of leases
 */
function profitBeforeTax(
  { resale, expense, interest, leaseWrittenOff, purchase }: Postings,
  depreciation: Float64Array,
  horizon: Horizon,
): Float64Array {
  const profit = emptySlots(horizon)
  let leftUsd = 0
  for (let slot = 0; slot < profit.length; slot++) {
    leftUsd += (purchase[slot] ?? 0) - (depreciation[slot] ?? 0)
    profit[slot] =
      (resale[slot] ?? 0) -
      (expense[slot] ?? 0) -
      (depreciation[slot] ?? 0) -
      (interest[slot] ?? 0) -
      (leaseWrittenOff[slot] ?? 0)
  }
  const closing = closingSlot(horizon)
  profit[closing] = (profit[closing] ?? 0) - leftUsd
  return profit
}

/** Tax in the accounts and in cash; the difference, summed up, is deferred tax (IAS 12, section 5). */
export const taxOf = (postings: Postings, rules: TaxRules, horizon: Horizon): Tax => ({
  expense: profitBeforeTax(postings, postings.depreciation, horizon).map((profit) => profit * rules.taxRate),
  paid: taxPaid(postings, rules, horizon),
})

/** Tax in cash: on the profit that the tax office sees. Negative is received. */
export function taxPaid(
  postings: Postings,
  { taxRate, taxLosses }: TaxRules,
  horizon: Horizon,
): Float64Array {
  const paid = profitBeforeTax(postings, postings.taxDepreciation, horizon)
  let lossUsd = 0
  for (let slot = 0; slot < paid.length; slot++) {
    const afterLosses = (paid[slot] ?? 0) - lossUsd
    if (taxLosses === 'carried-forward') lossUsd = Math.max(0, -afterLosses)
    paid[slot] = (taxLosses === 'carried-forward' ? Math.max(0, afterLosses) : afterLosses) * taxRate
  }
  return paid
}
