import type { Computed } from '../calculation.ts'
import { termsOf } from '../money/line.ts'
import type { Comparison } from './comparison.ts'

/** A comparison's answer in one figure: what the cheapest option costs, from its lines. */
export function cheapestOf({ result, assumptions, sources }: Comparison): Omit<Computed<unknown>, 'result'> {
  const [cheapest] = result.options
  const missing = (field: string, because: string) => ({ field, value: null, unit: null, because })
  return {
    value: cheapest?.usdPerMonth ?? null,
    unit: 'USD/month',
    breakdown: cheapest ? termsOf(cheapest.lines) : [],
    interval: cheapest?.usdPerMonthInterval ?? null,
    assumptions: [
      ...assumptions,
      ...(cheapest ? [] : [missing('cheapest', 'No option can take part; excluded says why.')]),
      ...(cheapest && cheapest.usdPerMonthInterval === null
        ? [missing('interval', 'No figure of the cheapest option has a cited spread.')]
        : []),
    ],
    sources,
  }
}
