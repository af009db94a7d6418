import type { Facts } from '../../model/facts.ts'
import { closedLoopObservation, isClosedLoop } from './closed-loop-rows.ts'
import { exclusionOf } from './exclusions.ts'
import type { FitPlan } from './fit.ts'
import type { Measurement } from './measurement.ts'
import type { Observation } from './observed.ts'
import { closedLoopPlan, ratePlan } from './plans.ts'
import { isOffline, isStatic, offlineObservation, staticObservation } from './rate-rows.ts'

/** Rows that are fitted together, and how. */
export interface Family {
  readonly name: 'dense' | 'moe' | 'latent-moe' | 'offline' | 'static-batch'
  readonly quantities: readonly string[]
  readonly plan: FitPlan
  readonly rows: readonly Observation[]
  /** Shrinkage of the residual levels of each quantity, as a multiple of the usual one. */
  readonly shrinkage: readonly number[]
}

export interface LeftOut {
  readonly id: string
  readonly reason: string
}

/** First-token times, and latent attention, leave residuals that say little about the next row. */
const strongShrinkage = 4

/** The five families of a calibration file, and each row that is left out, with the reason. */
export function familiesOf(
  measurements: readonly Measurement[],
  facts: Facts,
): { families: readonly Family[]; leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = []
  const observed = (
    belongs: (row: Measurement) => boolean,
    observe: (row: Measurement, facts: Facts) => Observation | string,
  ): Observation[] =>
    measurements.filter(belongs).flatMap((row) => {
      const observation = exclusionOf(row) ?? observe(row, facts)
      if (typeof observation !== 'string') return [observation]
      leftOut.push({ id: row.id, reason: observation })
      return []
    })
  const closedLoop = observed(isClosedLoop, closedLoopObservation)
  const kinds = (['dense', 'moe', 'latent-moe'] as const).map(
    (kind): Family => ({
      name: kind,
      quantities: ['TTFT', 'TPOT'],
      plan: closedLoopPlan(kind),
      rows: closedLoop.filter((row) => row.kind === kind),
      shrinkage: [strongShrinkage, kind === 'latent-moe' ? strongShrinkage : 1],
    }),
  )
  const rates = (
    [
      ['offline', isOffline, offlineObservation],
      ['static-batch', isStatic, staticObservation],
    ] as const
  ).map(
    ([name, belongs, observe]): Family => ({
      name,
      quantities: ['output tokens/s'],
      plan: ratePlan,
      rows: observed(belongs, observe),
      shrinkage: [1],
    }),
  )
  const used = new Set([...closedLoop, ...rates.flatMap(({ rows }) => rows)].map(({ row }) => row.id))
  const named = new Set(leftOut.map(({ id }) => id))
  for (const { id } of measurements) {
    if (!used.has(id) && !named.has(id)) {
      leftOut.push({ id, reason: 'Another kind of benchmark than the five families: not fitted.' })
    }
  }
  return { families: [...kinds, ...rates], leftOut }
}
