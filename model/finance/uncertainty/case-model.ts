import type { CaseLine } from '../case-lines.ts'
import type { CaseTerms } from '../expenses.ts'
import { discountFactors, emptySlots, type Horizon, worthOf } from '../horizon.ts'
import { linesOf, type PlannedOption } from '../lines/option-lines.ts'
import { cashBeforeTax } from '../option-appraisal.ts'
import { type Account, accounts, emptyPostings, type Postings, postLine } from '../postings.ts'
import { taxPaid } from '../tax.ts'
import { volumesOver } from '../trends.ts'
import type { CaseState } from './case-state.ts'

/** Net present cost of each option as its case stands now. The array is the same one each time. */
export type CaseCosts = () => Float64Array

/**
 * A case of which some numbers will be turned, over and over. What they do not reach is posted once; the rest is posted by the
 * very functions that a single case uses, into arrays that are used again.
 */
export function caseModel(state: CaseState, moved: readonly string[]): CaseCosts {
  const horizon: Horizon = { months: state.months, settlement: state.settlement }
  const moves = (prefix: string): boolean =>
    moved.some((path) => path === prefix || path.startsWith(`${prefix}.`))
  const millionTokens = volumesOver(horizon, state.volume)
  const terms: CaseTerms = {
    horizon,
    millionTokens,
    isCashOnly: state.taxRate === 0 && !moves('taxRate'),
    get inflationPerYear() {
      return state.inflationPerYear
    },
  }
  const reach = {
    volume: moves('volume'),
    inflation: moves('inflationPerYear'),
    discount: moves('discountRatePerYear'),
    tax: moves('taxRate'),
  }
  let factors = discountFactors(horizon, state.discountRatePerYear)
  const models = state.options.map((option, at) => {
    const path = `options.${at}`
    const generated = moves(`${path}.owning`) || moves(`${path}.renting`)
    const own = option.lines.map((line, index) => ({ line, turned: moves(`${path}.lines.${index}`) }))
    return optionModel(option, { own, generated, reach, terms, state })
  })
  const costs = new Float64Array(models.length)
  return () => {
    if (reach.volume) volumesOver(horizon, state.volume, millionTokens)
    if (reach.discount) factors = discountFactors(horizon, state.discountRatePerYear)
    for (let at = 0; at < models.length; at++) costs[at] = models[at]?.(factors) ?? 0
    return costs
  }
}

interface Reached {
  /** Lines of the option's own, and whether a number in them is turned. */
  readonly own: readonly { readonly line: CaseLine; readonly turned: boolean }[]
  /** Whether a number behind the lines of owning or renting is turned. */
  readonly generated: boolean
  readonly reach: Readonly<Record<'volume' | 'inflation' | 'discount' | 'tax', boolean>>
  readonly terms: CaseTerms
  readonly state: CaseState
}

function optionModel(
  option: PlannedOption,
  { own, generated, reach, terms, state }: Reached,
): (factors: Float64Array) => number {
  const { horizon } = terms
  const follows = (line: CaseLine): boolean =>
    (reach.volume && 'shareOfVolume' in line) ||
    (reach.inflation &&
      (line.kind === 'recurring' || line.kind === 'staff') &&
      line.changePerYear === undefined)
  const withoutOwn: PlannedOption = { ...option, lines: [] }
  const made = generated ? [] : linesOf(withoutOwn, horizon.months)
  const lines = [...own, ...made.map((line) => ({ line, turned: false }))]
  const turning = lines.filter(({ line, turned }) => turned || follows(line)).map(({ line }) => line)
  const fixed = emptyPostings(horizon)
  for (const { line } of lines) if (!turning.includes(line)) postLine(line, terms, fixed)
  if (!generated && !reach.tax && state.taxRate === 0 && turning.every(isExpense)) {
    return addedTo(fixed, turning, terms)
  }
  const isReached = generated || turning.length > 0 || reach.discount || reach.tax
  let knownUsd: number | null = null
  const now = emptyPostings(horizon)
  const used = generated || !lines.every(({ line }) => isExpense(line)) ? accounts : expenseAlone
  const cash = emptySlots(horizon)
  return (factors) => {
    if (knownUsd !== null) return knownUsd
    for (const account of used) now[account].set(fixed[account])
    for (const line of turning) postLine(line, terms, now)
    if (generated) for (const line of linesOf(withoutOwn, horizon.months)) postLine(line, terms, now)
    const before = worthOf(cashBeforeTax(now, cash), factors)
    const taxUsd = state.taxRate > 0 ? worthOf(taxPaid(now, state, horizon), factors) : 0
    if (!isReached) knownUsd = taxUsd - before
    return taxUsd - before
  }
}

/** Before tax, what expenses add to the cost of all else: the same sum, with the part that stands still taken once. */
function addedTo(
  fixed: Postings,
  turning: readonly CaseLine[],
  terms: CaseTerms,
): (factors: Float64Array) => number {
  const cash = cashBeforeTax(fixed, emptySlots(terms.horizon))
  const turned = emptyPostings(terms.horizon)
  let known: Float64Array | null = null
  let fixedUsd = 0
  return (factors) => {
    if (factors !== known) {
      known = factors
      fixedUsd = -worthOf(cash, factors)
    }
    turned.expense.fill(0)
    for (const line of turning) postLine(line, terms, turned)
    return fixedUsd + worthOf(turned.expense, factors)
  }
}

const isExpense = ({ kind }: CaseLine): boolean => kind !== 'purchase' && kind !== 'lease'
const expenseAlone: readonly Account[] = ['expense']
