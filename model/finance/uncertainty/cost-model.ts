import { MONTHS_PER_YEAR } from '../../units.ts'
import type { Column } from './draws.ts'

/** A number, or the name of an input. */
type Factor = number | string

/** One line of an option: a product of factors, paid once at the opening or at the end of each month. */
interface CostLine {
  readonly name: string
  readonly factors: readonly Factor[]
  readonly divisors: readonly Factor[]
  readonly changesPerYear: readonly Factor[]
  readonly paid: 'monthly' | 'once'
}

export interface CostOption {
  readonly name: string
  readonly lines: readonly CostLine[]
}

/** Worth now of a dollar at the end of each month. */
export const discountFactors = ({
  months,
  discountRatePerYear,
}: {
  readonly months: number
  readonly discountRatePerYear: number
}): Float64Array =>
  new Float64Array(months).map((_, index) => (1 + discountRatePerYear) ** (-(index + 1) / MONTHS_PER_YEAR))

/**
 * Present cost of a line for every draw.
 *
 *   cost = Π factors / Π divisors × Σ over months m of (Π (1 + change))^((m - 1) / 12) / (1 + discountRatePerYear)^(m / 12)
 */
function lineCosts(
  line: CostLine,
  columns: ReadonlyMap<string, Column>,
  draws: number,
  discounts: Float64Array,
): Column {
  const flat = line.paid === 'once' ? 1 : discounts.reduce((sum, factor) => sum + factor, 0)
  const costs = new Float64Array(draws).fill(1)
  for (const factor of line.factors) each(costs, factor, columns, (cost, value) => cost * value)
  for (const divisor of line.divisors) each(costs, divisor, columns, (cost, value) => cost / value)
  if (line.paid === 'once' || line.changesPerYear.length === 0) return costs.map((cost) => cost * flat)
  const growth = new Float64Array(draws).fill(1)
  for (const change of line.changesPerYear) {
    each(growth, change, columns, (grown, value) => grown * Math.max(0, 1 + value))
  }
  return costs.map((cost, draw) => {
    const monthly = (growth[draw] ?? 1) ** (1 / MONTHS_PER_YEAR)
    let grown = 1
    let sum = 0
    for (const factor of discounts) {
      sum += factor * grown
      grown *= monthly
    }
    return cost * sum
  })
}

function each(
  target: Float64Array,
  factor: Factor,
  columns: ReadonlyMap<string, Column>,
  join: (before: number, value: number) => number,
): void {
  const column = typeof factor === 'string' ? columns.get(factor) : undefined
  for (let draw = 0; draw < target.length; draw++) {
    target[draw] = join(target[draw] ?? 0, column ? (column[draw] ?? 0) : Number(factor))
  }
}

/** Present cost of an option for every draw, and of each of its lines on average. */
export function optionCosts(
  option: CostOption,
  columns: ReadonlyMap<string, Column>,
  draws: number,
  discounts: Float64Array,
): { readonly costs: Column; readonly lineMeans: readonly number[] } {
  const costs = new Float64Array(draws)
  const lineMeans = option.lines.map((line) => {
    let sum = 0
    lineCosts(line, columns, draws, discounts).forEach((cost, draw) => {
      costs[draw] = (costs[draw] ?? 0) + cost
      sum += cost
    })
    return sum / draws
  })
  return { costs, lineMeans }
}
