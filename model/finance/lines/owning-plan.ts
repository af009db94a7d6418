import type { Assumption } from '../../calculation.ts'
import type { CostInput, Facts } from '../../facts.ts'
import { gpuOf } from '../../gpu-field.ts'
import { type Cited, kilowattsPerGpu, purchaseUsdPerGpu } from '../../money/server-facts.ts'
import { MONTHS_PER_YEAR, WORKING_HOURS_PER_YEAR } from '../../units.ts'
import { type Filled, fillFigures, type Stated, statedCost } from './figure.ts'
import { marketRent } from './market-price.ts'
import type { Owning, OwningPlan } from './owning.ts'
import { landlordLines, type OwningFigure, type OwningLine, owningFigures } from './owning-figures.ts'

/** GPUs that one board holds, where nobody says how many servers there are. */
const gpusOfOneServer = 8

export interface Planned<Plan> extends Omit<Filled<string>, 'values'> {
  readonly plan: Plan
}

/** An owning option with every gap filled from cited figures, or a complaint for each that nobody publishes. */
export function owningPlan(owning: Owning, path: string, months: number, facts: Facts): Planned<OwningPlan> {
  const { gpuCount, acquisition, lifeYears, switchedOff } = owning
  const gpu = gpuOf(owning.gpu, facts, `${path}.gpu`)
  const rented = acquisition === 'rent'
  const borne = rented ? [...landlordLines] : []
  const off = new Set<OwningLine>([...switchedOff, ...(borne as OwningLine[])])
  const { values, ...said } = fillFigures<OwningFigure>({
    figures: owningFigures,
    given: owning,
    isNeeded: (name, lines) =>
      lines.some((line) => !off.has(line as OwningLine)) &&
      name !== (rented ? 'usdPerGpu' : 'usdPerGpuHour') &&
      !(rented && name === 'resaleRatio'),
    path,
    facts,
    derived: (name) => {
      const field = `${path}.${name}`
      switch (name) {
        case 'usdPerGpu':
          return ofGpu(purchaseUsdPerGpu(facts, gpu, field), facts)
        case 'kilowattsPerGpu':
          return ofGpu(kilowattsPerGpu(facts, gpu, field), facts)
        case 'usdPerGpuHour':
          return marketRent(owning.gpu, gpuCount, facts)
        case 'resaleRatio':
          return resaleAfter(months, facts)
        case 'networkRatio':
          return networkOf(owning.serverCount ?? Math.ceil(gpuCount / gpusOfOneServer), facts)
        case 'fullTimeEquivalents':
          return staffOf(gpuCount, facts)
        case 'usdPerYear':
          return times(payOf(facts), 1, 'a senior operations engineer’s salary times overhead; ')
        case 'evaluationUsdPerHour':
          return times(
            payOf(facts),
            1 / WORKING_HOURS_PER_YEAR,
            `the same over ${WORKING_HOURS_PER_YEAR} hours; `,
          )
        default:
          return null
      }
    },
  })
  return {
    plan: { ...values, gpuCount, acquisition, lifeYears, rentChangePerYear: 0, off },
    ...said,
    assumptions: [...said.assumptions, ...notPaid(path, switchedOff, borne)],
  }
}

const notPaid = (path: string, switchedOff: readonly string[], borne: readonly string[]): Assumption[] => {
  const says = (lines: readonly string[], because: string): Assumption[] =>
    lines.length === 0 ? [] : [{ field: `${path}.switchedOff`, value: lines.join(', '), unit: null, because }]
  return [
    ...says(switchedOff, 'Switched off: the option is taken not to have these lines.'),
    ...says(borne, 'The landlord bears these; they are in the rent.'),
  ]
}

/** A figure of one GPU keeps the words that it is cited with; its range is that of the fact, in proportion. */
function ofGpu(cited: Cited | null, facts: Facts): Stated | null {
  if (cited === null) return null
  const { value, assumption } = cited
  const name = assumption.source?.title.split(':')[0] ?? ''
  const input = facts.costInput(name)
  const scale = input?.value == null ? null : value / input.value
  const end = (bound: number | null | undefined) => (scale === null || bound == null ? null : bound * scale)
  return {
    value,
    low: end(input?.low),
    high: end(input?.high),
    because: `${assumption.because} `,
    facts: input ? [input] : [],
  }
}

const times = ({ value, low, high, facts }: Stated, factor: number, because: string): Stated => ({
  value: value * factor,
  low: low === null ? null : low * factor,
  high: high === null ? null : high * factor,
  because,
  facts,
})

/** Salary and overhead of one person for a year. */
function payOf(facts: Facts): Stated {
  const salary = statedCost(facts, 'salary_senior_mlops_us_base')
  const overhead = statedCost(facts, 'salary_overhead_ratio')
  return { ...times(salary, overhead.value, ''), facts: [...salary.facts, ...overhead.facts] }
}

/** However small the fleet, somebody looks after it; a large one takes people in proportion. */
function staffOf(gpuCount: number, facts: Facts): Stated {
  const floor = statedCost(facts, 'staff_floor_self_hosting')
  const each = times(statedCost(facts, 'staff_per_gpu'), gpuCount, '')
  const larger = each.value > floor.value ? each : floor
  return {
    ...larger,
    because: `by fleet size, for ${gpuCount} GPUs: the larger of ${floor.value} and ${each.value}; `,
    facts: [...floor.facts, ...each.facts],
  }
}

function networkOf(servers: number, facts: Facts): Stated {
  if (servers > 1) return statedCost(facts, 'cluster_network_ratio')
  return { value: 0, low: null, high: null, because: 'a single server needs none; ', facts: [] }
}

/** Years after which resale is published, as cost inputs. */
const resaleFacts = [
  { months: 12, name: 'residual_value_12_months' },
  { months: 24, name: 'residual_value_24_months' },
  { months: 36, name: 'residual_value_36_months' },
]

/** Straight lines between the published ages, from the whole price at the start; unknown beyond the last. */
function resaleAfter(months: number, facts: Facts): Stated | null {
  const known = resaleFacts.map(({ months: age, name }) => ({ age, ...statedCost(facts, name) }))
  const after = known.find(({ age }) => age >= months)
  if (!after) return null
  const before = known.findLast(({ age }) => age < months)
  const share = (months - (before?.age ?? 0)) / (after.age - (before?.age ?? 0))
  const along = (from: number, to: number): number => from + (to - from) * share
  const inputs: CostInput[] = [...(before?.facts ?? []), ...after.facts]
  const value = along(before?.value ?? 1, after.value)
  return {
    value,
    low: after.low === null ? null : Math.min(value, along(before?.low ?? before?.value ?? 1, after.low)),
    high: after.high === null ? null : Math.max(value, along(before?.high ?? before?.value ?? 1, after.high)),
    because: `after ${months / MONTHS_PER_YEAR} years, on straight lines between published ages; `,
    facts: inputs,
  }
}
