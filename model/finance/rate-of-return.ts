import { expm1, log1p } from '../elementary.ts'
import { type DatedFlow, type Flow, presentValue, sinceFirst } from './present-value.ts'
import { zerosOf } from './roots.ts'

/** Rates are looked for from -99.99% to 100,000% a period; a rate beyond either end means nothing to anybody. */
const searchedRates = { low: -0.9999, high: 1000 } as const

/** The rates that make a list of flows worth nothing. None and several are answers, not failures. */
export type RateOfReturn =
  | { readonly kind: 'one'; readonly rate: number }
  | { readonly kind: 'several'; readonly rates: readonly number[]; readonly because: string }
  | { readonly kind: 'none'; readonly because: string }

/**
 * Internal rate of return: every rate at which the flows are worth nothing.
 *
 *   Σ usd / (1 + rate)^years = 0
 *
 * Sign convention: at least one flow paid (negative) and one received (positive), or there is no rate. Flows whose sign
 * changes once have one rate at most; each further change may bring another, and then no single one of them is the
 * return: compare net present values instead.
 *
 * All rates within `searchedRates` are found (see `zerosOf`); none is guessed from a start value.
 *
 * @see R. Brealey, S. Myers, F. Allen, "Principles of Corporate Finance", 10th edition, section 5-3
 */
export function rateOfReturn(flows: readonly Flow[]): RateOfReturn {
  const signs = new Set(flows.map(({ usd }) => Math.sign(usd)).filter((sign) => sign !== 0))
  if (signs.size < 2) {
    const which = signs.size === 0 ? 'zero' : signs.has(1) ? 'received' : 'paid'
    return { kind: 'none', because: `Every flow is ${which}, so no rate makes them worth nothing.` }
  }
  const rates = zerosOf(
    flows.map(({ years, usd }) => ({ exponent: years, coefficient: usd })),
    log1p(searchedRates.low),
    log1p(searchedRates.high),
  ).map(expm1)
  const [rate] = rates
  if (rate === undefined) {
    return {
      kind: 'none',
      because: `No rate from ${searchedRates.low} to ${searchedRates.high} makes the flows worth nothing.`,
    }
  }
  if (rates.length === 1) return { kind: 'one', rate }
  return {
    kind: 'several',
    rates,
    because: `The flows change sign more than once, and ${rates.length} rates make them worth nothing.`,
  }
}

/** Internal rate of return of one flow a period, the first one now: IRR. Per period. */
export const internalRateOfReturn = (flows: readonly number[]): RateOfReturn =>
  rateOfReturn(flows.map((usd, years) => ({ years, usd })))

/** Internal rate of return of flows on given days: XIRR. Per year of 365 days. */
export const datedInternalRateOfReturn = (flows: readonly DatedFlow[]): RateOfReturn =>
  rateOfReturn(sinceFirst(flows))

/**
 * Modified internal rate of return: outlays are financed at one rate, receipts reinvested at another.
 *
 *   rate = (Σ received × (1 + reinvestRate)^(end - years) / -Σ paid × (1 + financeRate)^-years)^(1 / end) - 1
 *
 * Null where nothing is paid, nothing received, or all of it falls on one day: there is no such rate.
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, MIRR
 */
export function modifiedRateOfReturn({
  flows,
  financeRate,
  reinvestRate,
}: {
  readonly flows: readonly Flow[]
  readonly financeRate: number
  readonly reinvestRate: number
}): number | null {
  const end = Math.max(...flows.map(({ years }) => years))
  const paid = presentValue({ ratePerYear: financeRate, flows: flows.filter(({ usd }) => usd < 0) })
  const received = presentValue({ ratePerYear: reinvestRate, flows: flows.filter(({ usd }) => usd > 0) })
  if (paid === 0 || received === 0 || end === 0) return null
  const rate = (1 + reinvestRate) * (received / -paid) ** (1 / end) - 1
  return Number.isFinite(rate) ? rate : null
}
