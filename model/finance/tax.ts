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

const total = (amounts: Float64Array): number => amounts.reduce((sum, usd) => sum + usd, 0)

/**
 * Profit before tax of each slot, with the write-offs of the accounts or of the tax office.
 *
 *   profit = resale - book value at the end - expense - depreciation - interest - write-off of leases
 */
function profitBeforeTax(postings: Postings, depreciation: Float64Array, horizon: Horizon): Float64Array {
  const profit = emptySlots(horizon)
  const leftUsd = total(postings.purchase) - total(depreciation)
  for (let slot = 0; slot < profit.length; slot++) {
    const of = (amounts: Float64Array): number => amounts[slot] ?? 0
    profit[slot] =
      of(postings.resale) -
      (slot === closingSlot(horizon) ? leftUsd : 0) -
      of(postings.expense) -
      of(depreciation) -
      of(postings.interest) -
      of(postings.leaseWrittenOff)
  }
  return profit
}

/** Tax in the accounts and in cash; the difference, summed up, is deferred tax (IAS 12, section 5). */
export function taxOf(postings: Postings, { taxRate, taxLosses }: TaxRules, horizon: Horizon): Tax {
  const expense = profitBeforeTax(postings, postings.depreciation, horizon).map((profit) => profit * taxRate)
  const taxable = profitBeforeTax(postings, postings.taxDepreciation, horizon)
  let lossUsd = 0
  const paid = taxable.map((profit) => {
    if (taxLosses === 'relieved-at-once') return profit * taxRate
    const afterLosses = profit - lossUsd
    lossUsd = Math.max(0, -afterLosses)
    return Math.max(0, afterLosses) * taxRate
  })
  return { expense, paid }
}
