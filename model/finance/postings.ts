import { MONTHS_PER_YEAR } from '../units.ts'
import { interestPart, payment, principalPart } from './annuity.ts'
import type { CaseLine, LineOf } from './case-lines.ts'
import {
  decliningBalance,
  fixedDecliningBalance,
  straightLine,
  sumOfYearsDigits,
  switchingDecliningBalance,
} from './depreciation.ts'
import { type CaseTerms, post, postExpenses } from './expenses.ts'
import { closingSlot, emptySlots, type Horizon } from './horizon.ts'
import { macrsClasses, macrsHalfYear } from './macrs.ts'

/** What moves in a month, each as a positive amount. Everything the views show is a sum of these. */
export const accounts = [
  /** Costs paid and expensed. */
  'expense',
  /** Paid for assets. */
  'purchase',
  /** Received for assets at the end. */
  'resale',
  /** Assets written off: in the accounts, and for the tax office. */
  'depreciation',
  'taxDepreciation',
  'loanDrawn',
  'loanRepaid',
  /** On loans and finance leases. */
  'interest',
  /** Rights of use that finance leases bring, and with them their liabilities. */
  'leaseStarted',
  'leaseRepaid',
  'leaseWrittenOff',
] as const
export type Account = (typeof accounts)[number]
export type Postings = Readonly<Record<Account, Float64Array>>

export const emptyPostings = (horizon: Horizon): Postings => ({
  expense: emptySlots(horizon),
  purchase: emptySlots(horizon),
  resale: emptySlots(horizon),
  depreciation: emptySlots(horizon),
  taxDepreciation: emptySlots(horizon),
  loanDrawn: emptySlots(horizon),
  loanRepaid: emptySlots(horizon),
  interest: emptySlots(horizon),
  leaseStarted: emptySlots(horizon),
  leaseRepaid: emptySlots(horizon),
  leaseWrittenOff: emptySlots(horizon),
})

/** The postings of all lines together. */
export function sumOf(all: readonly Postings[], horizon: Horizon): Postings {
  const total = emptyPostings(horizon)
  for (const one of all) {
    for (const account of accounts) {
      one[account].forEach((usd, slot) => {
        post(total[account], slot, usd)
      })
    }
  }
  return total
}

/** What one line moves in each slot of the horizon. */
export function postingsOf(line: CaseLine, terms: CaseTerms): Postings {
  const postings = emptyPostings(terms.horizon)
  postLine(line, terms, postings)
  return postings
}

/** Adds what one line moves to what others have moved. */
export function postLine(line: CaseLine, terms: CaseTerms, postings: Postings): void {
  switch (line.kind) {
    case 'purchase':
      postPurchase(line, terms, postings)
      break
    case 'lease':
      postLease(line, postings)
      break
    default:
      postExpenses(line, terms, postings.expense)
  }
}

const bookCharges = {
  'straight-line': straightLine,
  'declining-balance': decliningBalance,
  'switching-declining-balance': switchingDecliningBalance,
  'fixed-declining-balance': fixedDecliningBalance,
  'sum-of-years-digits': sumOfYearsDigits,
} as const

function postPurchase(
  line: LineOf<'purchase'>,
  { horizon, isCashOnly }: CaseTerms,
  postings: Postings,
): void {
  const { usd, resaleUsd, month, lifeYears, loan } = line
  if (month > horizon.months) return
  if (loan) postLoan({ ...loan, presentUsd: usd * loan.shareOfPrice, openedIn: month }, postings)
  if (line.accounting === 'opex') {
    post(postings.expense, month, usd)
    post(postings.expense, closingSlot(horizon), -resaleUsd)
    return
  }
  post(postings.purchase, month, usd)
  post(postings.resale, closingSlot(horizon), resaleUsd)
  if (isCashOnly) return
  const book = bookCharges[line.depreciation]({
    costUsd: usd,
    salvageUsd: Math.min(usd, resaleUsd),
    lifeYears,
  })
  const recoveryYears = macrsClasses.find((years) => line.taxDepreciation === `macrs-${years}`)
  const tax = recoveryYears === undefined ? book : macrsHalfYear({ costUsd: usd, recoveryYears })
  for (let slot = month + 1; slot <= horizon.months; slot++) {
    const year = Math.floor((slot - month - 1) / MONTHS_PER_YEAR)
    post(postings.depreciation, slot, (book[year] ?? 0) / MONTHS_PER_YEAR)
    post(postings.taxDepreciation, slot, (tax[year] ?? 0) / MONTHS_PER_YEAR)
  }
}

interface Borrowing {
  readonly presentUsd: number
  readonly futureUsd?: number
  readonly ratePerYear: number
  readonly months: number
}

/** Interest and repayment of each month of a borrowing, as positive amounts. */
const scheduleOf = ({ presentUsd, futureUsd = 0, ratePerYear, months }: Borrowing) => {
  const annuity = { ratePerPeriod: ratePerYear / MONTHS_PER_YEAR, periods: months, presentUsd, futureUsd }
  return Array.from({ length: months }, (_, index) => ({
    interestUsd: -interestPart({ ...annuity, period: index + 1 }),
    principalUsd: -principalPart({ ...annuity, period: index + 1 }),
    paymentUsd: -payment(annuity),
  }))
}

function postLoan(loan: Borrowing & { readonly openedIn: number }, postings: Postings): void {
  post(postings.loanDrawn, loan.openedIn, loan.presentUsd)
  scheduleOf(loan).forEach(({ interestUsd, principalUsd }, index) => {
    post(postings.interest, loan.openedIn + index + 1, interestUsd)
    post(postings.loanRepaid, loan.openedIn + index + 1, principalUsd)
  })
}

/**
 * A lease's level payments recover the price less the residual at the lessor's rate. As a finance lease (IFRS 16; ASC 842-20-25
 * for lessees) the present value of the payments is a right of use, written off in a straight line, and a liability.
 */
function postLease(line: LineOf<'lease'>, postings: Postings): void {
  const { usd, residualUsd, ratePerYear, months } = line
  const priced = scheduleOf({ presentUsd: usd, futureUsd: -residualUsd, ratePerYear, months })
  if (line.accounting === 'operating') {
    priced.forEach(({ paymentUsd }, index) => {
      post(postings.expense, index + 1, paymentUsd)
    })
    return
  }
  const rightUsd = usd - residualUsd * (1 + ratePerYear / MONTHS_PER_YEAR) ** -months
  post(postings.leaseStarted, 0, rightUsd)
  scheduleOf({ presentUsd: rightUsd, ratePerYear, months }).forEach(
    ({ interestUsd, principalUsd }, index) => {
      post(postings.interest, index + 1, interestUsd)
      post(postings.leaseRepaid, index + 1, principalUsd)
      post(postings.leaseWrittenOff, index + 1, rightUsd / months)
    },
  )
}
