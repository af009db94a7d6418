import { expm1, log, log1p } from '../elementary.ts'
import { type RateOfReturn, rateOfReturn } from './rate-of-return.ts'

/**
 * Level payments, in the spreadsheets' convention: money received is positive, money paid negative, and
 *
 *   presentUsd × g + paymentUsd × (1 + ratePerPeriod × early) × (g - 1) / ratePerPeriod + futureUsd = 0
 *   g = (1 + ratePerPeriod)^periods, early = 1 where payments fall at the start of each period, else 0
 *
 * At rate 0 this is presentUsd + paymentUsd × periods + futureUsd = 0.
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, PV, whose equation the others solve
 */
export interface Annuity {
  /** Effective rate of one period, as a decimal, above -1. */
  readonly ratePerPeriod: number
  readonly periods: number
  readonly presentUsd: number
  readonly futureUsd?: number
  readonly payAtStart?: boolean
}

/** (1 + rate)^periods - 1, with all its digits where the rate is small. */
const growthLessOne = (rate: number, periods: number): number => expm1(periods * log1p(rate))

/** What a period's payment is worth at the period's end, for one dollar. */
const earlyFactor = (rate: number, payAtStart: boolean): number => (payAtStart ? 1 + rate : 1)

/** The level payment of each period: PMT. Negative where `presentUsd` is a loan received. */
export function payment({
  ratePerPeriod: rate,
  periods,
  presentUsd,
  futureUsd = 0,
  payAtStart = false,
}: Annuity): number {
  if (rate === 0) return -(presentUsd + futureUsd) / periods
  const growth = growthLessOne(rate, periods)
  return -((presentUsd * (growth + 1) + futureUsd) * rate) / (growth * earlyFactor(rate, payAtStart))
}

/**
 * The balance after so many payments, with the sign of `presentUsd`.
 *
 *   balance = (presentUsd × (g - gPaid) - futureUsd × (gPaid - 1)) / (g - 1), gPaid = (1 + ratePerPeriod)^paid
 */
function balanceAfter(
  { ratePerPeriod: rate, periods, presentUsd, futureUsd = 0 }: Annuity,
  paid: number,
): number {
  if (rate === 0) return (presentUsd * (periods - paid) - futureUsd * paid) / periods
  const grown = growthLessOne(rate, paid)
  const left = growthLessOne(rate, periods - paid) * (grown + 1)
  return (presentUsd * left - futureUsd * grown) / growthLessOne(rate, periods)
}

/**
 * The interest within the payment of a period, counted from 1: IPMT. A first payment at the very start holds none;
 * later payments at the start hold what the balance earned since the payment before.
 */
export function interestPart(annuity: Annuity & { readonly period: number }): number {
  const { ratePerPeriod: rate, period, payAtStart = false } = annuity
  const interest = -balanceAfter(annuity, period - 1) * rate
  if (!payAtStart) return interest
  return period === 1 ? 0 : interest / (1 + rate)
}

/** The repayment within the payment of a period, counted from 1: PPMT. */
export const principalPart = (annuity: Annuity & { readonly period: number }): number =>
  payment(annuity) - interestPart(annuity)

/**
 * Number of periods until the payments have done their work: NPER.
 *
 *   periods = ln((paid - futureUsd × rate) / (paid + presentUsd × rate)) / ln(1 + rate), paid = paymentUsd × (1 + rate × early)
 *   periods = -(presentUsd + futureUsd) / paymentUsd at rate 0
 *
 * Not whole in general. Null where the payments never do it, as when they do not cover the interest.
 */
export function periodCount({
  ratePerPeriod: rate,
  paymentUsd,
  presentUsd,
  futureUsd = 0,
  payAtStart = false,
}: Omit<Annuity, 'periods'> & { readonly paymentUsd: number }): number | null {
  if (rate === 0) return paymentUsd === 0 ? null : -(presentUsd + futureUsd) / paymentUsd
  const paid = paymentUsd * earlyFactor(rate, payAtStart)
  const growth = (paid - futureUsd * rate) / (paid + presentUsd * rate)
  return growth > 0 && Number.isFinite(growth) ? log(growth) / log1p(rate) : null
}

/**
 * The rate of one period that level payments imply: RATE. It is the rate of return of the flows themselves, so that
 * none and several are told apart instead of depending on a start value.
 */
export function periodicRate({
  periods,
  paymentUsd,
  presentUsd,
  futureUsd = 0,
  payAtStart = false,
}: Omit<Annuity, 'ratePerPeriod'> & { readonly paymentUsd: number }): RateOfReturn {
  const first = payAtStart ? 0 : 1
  return rateOfReturn([
    { years: 0, usd: presentUsd + (payAtStart ? paymentUsd : 0) },
    ...Array.from({ length: periods - 1 }, (_, index) => ({ years: index + 1, usd: paymentUsd })),
    { years: periods, usd: futureUsd + first * paymentUsd },
  ])
}
