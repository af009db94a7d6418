import type { Interval } from '../calculation.ts'
import { exp, log } from '../elementary.ts'
import type { ComparedRow, RunLoad } from './compared-rows.ts'
import { expectedResidual, type Prior } from './kriging.ts'

/**
 * Spreads of the logarithm of measured over predicted, on series that the constants had not seen: what the runs of one
 * fleet share, and what changes over its loads. Chosen so that the band that three runs of a series
 * leave covers eight in ten of its others.
 */
const priors: Readonly<Record<'ttftMs' | 'tpotMs', Prior>> = {
  ttftMs: { level: 0.4, curve: 0.4, reach: 6, noise: 0.05 },
  tpotMs: { level: 0.3, curve: 0.12, reach: 6, noise: 0.03 },
}

/** Normal quantile of 0.9. */
const p90Deviations = 1.2815515655446004

/** By how much a fleet's own runs correct a prediction, and how sure that is. */
export interface Correction {
  readonly factor: number
  readonly band: Interval
  /** Runs that say anything of the quantity. */
  readonly rows: number
}

const place = ({ concurrency, inputTokens, outputTokens }: RunLoad): number[] => [
  log(concurrency),
  log(inputTokens),
  log(outputTokens),
]

/** What measured over predicted is expected to be at a load. */
export function correctionAt(
  load: RunLoad,
  rows: readonly ComparedRow[],
  quantity: 'ttftMs' | 'tpotMs',
): Correction {
  const residuals = rows.flatMap((row) => {
    const measured = row.measured[quantity]
    return measured === null ? [] : [{ at: place(row), value: log(measured / row.predicted[quantity]) }]
  })
  const { value, deviation } = expectedResidual(residuals, place(load), priors[quantity])
  const factor = exp(value)
  return {
    factor,
    band: {
      p10: factor * exp(-p90Deviations * deviation),
      p50: factor,
      p90: factor * exp(p90Deviations * deviation),
    },
    rows: residuals.length,
  }
}
