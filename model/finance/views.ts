import { z } from 'zod'
import { MONTHS_PER_YEAR } from '../units.ts'
import { closingSlot, type Horizon } from './horizon.ts'
import { type Account, accounts, type Postings } from './postings.ts'
import type { Tax } from './tax.ts'

const usd = (title: string) => z.number().meta({ title, 'x-unit': 'USD' })

/** Cash, profit and loss, and balance sheet after one period. Received, earned and owned are positive. */
export const View = z.strictObject({
  throughMonth: z.number().int().meta({ title: 'Through month', 'x-unit': 'month' }),
  cash: z.strictObject({
    operatingUsd: usd('Operations'),
    taxUsd: usd('Tax'),
    investingUsd: usd('Purchase and resale'),
    financingUsd: usd('Loans and leases'),
    netUsd: usd('Net cash flow'),
  }),
  profit: z.strictObject({
    expensesUsd: usd('Expenses'),
    depreciationUsd: usd('Depreciation'),
    interestUsd: usd('Interest'),
    disposalUsd: usd('Gain or loss on resale'),
    taxUsd: usd('Tax'),
    netUsd: usd('Net profit'),
  }),
  balance: z.strictObject({
    cashUsd: usd('Cash; negative is what the company has put in'),
    equipmentUsd: usd('Equipment at book value'),
    rightsOfUseUsd: usd('Rights of use'),
    loansUsd: usd('Loans'),
    leasesUsd: usd('Lease liabilities'),
    deferredTaxUsd: usd('Deferred tax; negative is an asset'),
    equityUsd: usd('Equity: profits since the opening'),
  }),
})
export type View = z.output<typeof View>

const centsPerUsd = 100
/** A half cent from which floating point has taken its last digits is still a half cent, and is rounded up as one. */
const lostDigitsCents = 1e-6

/**
 * Running totals in whole cents. Each is the exact total rounded, so no error adds up; and sums and differences of whole cents
 * are exact, which is why the views tie.
 */
function totalsInCents(amounts: Float64Array): Float64Array {
  let exactUsd = 0
  return amounts.map((amount) => {
    exactUsd += amount
    return Math.round(exactUsd * centsPerUsd + lostDigitsCents)
  })
}

/** What moved from one slot to another, both included. */
const between = (totals: Float64Array, from: number, to: number): number =>
  (totals[to] ?? 0) - (from > 0 ? (totals[from - 1] ?? 0) : 0)

interface Period {
  readonly throughMonth: number
  readonly from: number
  readonly to: number
}

/** The opening on its own, then each month or year; the closing belongs to the last one. */
function periodsOf(horizon: Horizon, monthsEach: number): Period[] {
  const count = Math.ceil(horizon.months / monthsEach)
  return [
    { throughMonth: 0, from: 0, to: 0 },
    ...Array.from({ length: count }, (_, index) => {
      const last = Math.min(horizon.months, (index + 1) * monthsEach)
      return {
        throughMonth: last,
        from: index * monthsEach + 1,
        to: last === horizon.months ? closingSlot(horizon) : last,
      }
    }),
  ]
}

/** The three views of an option, by month or by year. Every figure is a sum of whole cents. */
export function viewsOf({
  postings,
  tax,
  horizon,
  by,
}: {
  readonly postings: Postings
  readonly tax: Tax
  readonly horizon: Horizon
  readonly by: 'month' | 'year'
}): View[] {
  const totals = new Map<Account, Float64Array>(
    accounts.map((account) => [account, totalsInCents(postings[account])]),
  )
  const taxExpense = totalsInCents(tax.expense)
  const taxPaid = totalsInCents(tax.paid)
  const none = new Float64Array()

  return periodsOf(horizon, by === 'month' ? 1 : MONTHS_PER_YEAR).map(({ throughMonth, from, to }) => {
    const moved = (account: Account): number => between(totals.get(account) ?? none, from, to)
    const soFar = (account: Account): number => between(totals.get(account) ?? none, 0, to)
    const closed = to === closingSlot(horizon)
    const bookCents = soFar('purchase') - soFar('depreciation')

    const cash = (of: (account: Account) => number, paid: number) => {
      const operating = -of('expense')
      const investing = of('resale') - of('purchase')
      const financing = of('loanDrawn') - of('loanRepaid') - of('leaseRepaid') - of('interest')
      return { operating, investing, financing, net: operating + investing + financing - paid }
    }
    const profit = (of: (account: Account) => number, expensed: number) => {
      const depreciation = -of('depreciation') - of('leaseWrittenOff')
      const disposal = closed ? of('resale') - bookCents : 0
      const net = -of('expense') + depreciation - of('interest') + disposal - expensed
      return { depreciation, disposal, net }
    }
    const flow = cash(moved, between(taxPaid, from, to))
    const earned = profit(moved, between(taxExpense, from, to))
    return {
      throughMonth,
      cash: {
        operatingUsd: inUsd(flow.operating),
        taxUsd: inUsd(-between(taxPaid, from, to)),
        investingUsd: inUsd(flow.investing),
        financingUsd: inUsd(flow.financing),
        netUsd: inUsd(flow.net),
      },
      profit: {
        expensesUsd: inUsd(-moved('expense')),
        depreciationUsd: inUsd(earned.depreciation),
        interestUsd: inUsd(-moved('interest')),
        disposalUsd: inUsd(earned.disposal),
        taxUsd: inUsd(-between(taxExpense, from, to)),
        netUsd: inUsd(earned.net),
      },
      balance: {
        cashUsd: inUsd(cash(soFar, between(taxPaid, 0, to)).net),
        equipmentUsd: inUsd(closed ? 0 : bookCents),
        rightsOfUseUsd: inUsd(soFar('leaseStarted') - soFar('leaseWrittenOff')),
        loansUsd: inUsd(soFar('loanDrawn') - soFar('loanRepaid')),
        leasesUsd: inUsd(soFar('leaseStarted') - soFar('leaseRepaid')),
        deferredTaxUsd: inUsd(between(taxExpense, 0, to) - between(taxPaid, 0, to)),
        equityUsd: inUsd(profit(soFar, between(taxExpense, 0, to)).net),
      },
    }
  })
}

/** Never minus zero. */
const inUsd = (cents: number): number => cents / centsPerUsd + 0
