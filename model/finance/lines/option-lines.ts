import type { Assumption } from '../../calculation.ts'
import type { Facts } from '../../facts.ts'
import type { PriceQuery } from '../../offers.ts'
import { type Complaint, InputProblem } from '../../problem.ts'
import type { CaseLine } from '../case-lines.ts'
import type { CitedRange } from './figure.ts'
import { type Owning, type OwningPlan, owningCaseLines } from './owning.ts'
import { owningPlan } from './owning-plan.ts'
import { type Renting, type RentingPlan, rentingCaseLines } from './renting.ts'
import { rentingPlan } from './renting-plan.ts'

export interface OptionInput {
  readonly name: string
  readonly lines: readonly CaseLine[]
  readonly owning?: Owning | undefined
  readonly renting?: Renting | undefined
}

/** An option in which every figure is known; its lines follow from it. */
export interface PlannedOption {
  readonly name: string
  readonly lines: readonly CaseLine[]
  readonly owning?: OwningPlan | undefined
  readonly renting?: RentingPlan | undefined
}

export interface PlannedOptions {
  readonly options: readonly PlannedOption[]
  readonly assumptions: readonly Assumption[]
  readonly ranges: readonly CitedRange[]
}

/** The offers that fill the gaps of an option, if any do. */
export const pricesOf = (owning: Owning | undefined, renting: Renting | undefined): PriceQuery[] => [
  ...(owning?.acquisition === 'rent' && owning.usdPerGpuHour === undefined
    ? [{ kind: 'gpu' as const, gpu: owning.gpu, pricing: 'on-demand' as const }]
    : []),
  ...(renting?.model === undefined ? [] : [{ kind: 'token' as const, model: renting.model }]),
]

/**
 * Options with their gaps filled.
 *
 * @throws InputProblem with one complaint for each figure that is needed, not given and not published.
 */
export function planOptions(given: readonly OptionInput[], months: number, facts: Facts): PlannedOptions {
  const assumptions: Assumption[] = []
  const ranges: CitedRange[] = []
  const complaints: Complaint[] = []
  const keep = <Plan>(planned: {
    plan: Plan
    assumptions: readonly Assumption[]
    ranges: readonly CitedRange[]
    complaints: readonly Complaint[]
  }): Plan => {
    assumptions.push(...planned.assumptions)
    ranges.push(...planned.ranges)
    complaints.push(...planned.complaints)
    return planned.plan
  }
  const options = given.map(({ name, lines, owning, renting }, at): PlannedOption => {
    const path = `options.${at}`
    if (!owning && !renting && lines.length === 0) complaints.push(nothingIn(path, name))
    return {
      name,
      lines,
      owning: owning && keep(owningPlan(owning, `${path}.owning`, months, facts)),
      renting: renting && keep(rentingPlan(renting, `${path}.renting`, facts)),
    }
  })
  if (complaints.length > 0) throw new InputProblem(complaints)
  return { options, assumptions, ranges }
}

const nothingIn = (path: string, name: string): Complaint => ({
  pointer: `#/${path.replaceAll('.', '/')}/lines`,
  detail: `${path}.lines: "${name}" has no cost; it needs lines of its own, owning, or renting.`,
  kind: 'invalid',
})

/** Every line of an option over a horizon: its own, then those of owning and renting. */
export const linesOf = ({ lines, owning, renting }: PlannedOption, months: number): CaseLine[] => [
  ...lines,
  ...(owning ? owningCaseLines(owning, months) : []),
  ...(renting ? rentingCaseLines(renting, months) : []),
]
