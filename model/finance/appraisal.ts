import { expm1, log1p } from '../elementary.ts'
import type { Flow } from './present-value.ts'

/**
 * Years until what came in first covers what went out, the flow of the last stretch spread evenly over it. Null where it never
 * does; 0 where nothing is ever outstanding.
 */
export function paybackYears(flows: readonly Flow[]): number | null {
  let balance = 0
  let before = 0
  let outstanding = false
  for (const { years, usd } of flows) {
    const next = balance + usd
    if (outstanding && next >= 0) return before + (years - before) * (-balance / usd)
    if (next < 0) outstanding = true
    balance = next
    before = years
  }
  return outstanding ? null : 0
}

/** The same, of the flows' present values. */
export const discountedPaybackYears = (flows: readonly Flow[], ratePerYear: number): number | null =>
  paybackYears(flows.map(({ years, usd }) => ({ years, usd: usd * (1 + ratePerYear) ** -years })))

/**
 * The level amount at each year's end that is worth as much as a present value: equivalent annual cost.
 *
 *   equivalentAnnual = presentValue × ratePerYear / (1 - (1 + ratePerYear)^-years), or presentValue / years at rate 0
 *
 * @see R. Brealey, S. Myers, F. Allen, "Principles of Corporate Finance", 10th edition, chapter 6, "Equivalent Annual Cash Flows"
 */
export function equivalentAnnual({
  presentValueUsd,
  ratePerYear,
  years,
}: {
  readonly presentValueUsd: number
  readonly ratePerYear: number
  readonly years: number
}): number {
  if (ratePerYear === 0) return presentValueUsd / years
  return (presentValueUsd * ratePerYear) / -expm1(-years * log1p(ratePerYear))
}
