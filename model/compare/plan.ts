import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'
import { unknown } from '../problem.ts'
import type { Source } from '../source.ts'
import { HOURS_PER_MONTH } from '../units.ts'
import { trafficOf } from '../workload/traffic.ts'
import type { Workload } from '../workload/workload.ts'
import { type ComparisonInput, comparisonOf } from './comparison.ts'
import type { ComparisonResult } from './comparison-result.ts'
import { defaultOptionPrices, defaultOptions, type Wishes } from './default-options.ts'
import type { Settings } from './priced-option.ts'

/** A question of somebody who knows a model and some traffic, and no more. */
export interface PlanQuestion extends Wishes {
  readonly model: string
  readonly workload: Workload
  readonly precision?: PrecisionId | undefined
  readonly plannedUtilisation?: number | undefined
  readonly horizonMonths?: number | undefined
  readonly ttftMs?: number | undefined
  readonly tpotMs?: number | undefined
  readonly asOf?: string | undefined
}

/** The answer, with the comparison that was asked to get it. */
export interface Plan {
  readonly model: string
  readonly workload: Workload
  readonly asOf: string
  readonly pricesAsOf: string | null
  readonly version: string
  readonly input: ComparisonInput
  readonly settings: Settings
  readonly result: ComparisonResult
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
}

/** The offers that a plan needs from the price book. */
export const planPrices = defaultOptionPrices

/**
 * Compares what there is to choose from for a model and a workload.
 *
 * @throws InputProblem for a model that neither the facts nor the price book know.
 */
export function planOf(question: PlanQuestion, facts: Facts): Plan {
  const { workload, precision, ttftMs, tpotMs } = question
  const known = facts.weights(question.model)
  if (!known && facts.tokenOffers({ kind: 'token', model: question.model }).length === 0) {
    throw unknown('model', 'model', question.model, facts.weightsIds())
  }
  const model = known?.id ?? question.model
  const settings = {
    plannedUtilisation: question.plannedUtilisation ?? assumed.plannedUtilisation,
    hoursPerMonth: HOURS_PER_MONTH,
    horizonMonths: question.horizonMonths ?? assumed.horizonMonths,
  }
  const { traffic } = trafficOf({
    workload,
    peakToMean: undefined,
    activeHoursPerMonth: undefined,
    hoursPerMonth: HOURS_PER_MONTH,
  })
  const day = question.asOf ?? facts.asOf
  const limits = { ttftMs, tpotMs }
  const chosen = defaultOptions(question, { model, precision, limits, day, traffic, settings, facts })
  const input = { workload, options: chosen.options, model, precision, settings, ttftMs, tpotMs, asOf: day }
  const { result, assumptions, sources } = comparisonOf(input, facts)
  return {
    model,
    workload,
    asOf: day,
    pricesAsOf: facts.pricesAsOf,
    version: facts.version,
    input,
    settings,
    result,
    assumptions: [...settingAssumptions(question, settings), ...assumptions, ...chosen.assumptions],
    sources,
  }
}

const assumed = { plannedUtilisation: 0.8, horizonMonths: 36 }

const settingAssumptions = (question: PlanQuestion, settings: Settings): Assumption[] => [
  ...(question.plannedUtilisation === undefined
    ? [
        {
          field: 'plannedUtilisation',
          value: settings.plannedUtilisation,
          unit: 'ratio' as const,
          because: 'Own hardware is counted on for this share of full speed in the busiest minutes.',
        },
      ]
    : []),
  ...(question.horizonMonths === undefined
    ? [
        {
          field: 'horizonMonths',
          value: settings.horizonMonths,
          unit: 'month' as const,
          because: 'Months over which bought servers are looked at.',
        },
      ]
    : []),
]
