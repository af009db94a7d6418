import { bandOf } from './band.ts'
import type { HeldOut } from './cross-validation.ts'
import { mean, quantile } from './quantiles.ts'

/** Errors of predictions on rows that the fit had not seen, as shares of the measured value. */
export interface Score {
  readonly rows: number
  readonly meanAbsolute: number
  readonly medianAbsolute: number
  readonly p90Absolute: number
  readonly bias: number
  /** Share of the rows inside an 80% band whose ends come from the other folds' residuals. */
  readonly coverage: number
}

export function scoreOf(
  heldOut: readonly HeldOut[],
  quantity: number,
  all: readonly HeldOut[] = heldOut,
  lent: readonly HeldOut[] = [],
): Score {
  const errors = heldOut.map(({ residuals }) => Math.exp(-(residuals[quantity] ?? 0)) - 1)
  const absolute = errors.map(Math.abs)
  return {
    rows: heldOut.length,
    meanAbsolute: mean(absolute),
    medianAbsolute: quantile(absolute, 0.5),
    p90Absolute: quantile(absolute, 0.9),
    bias: mean(errors),
    coverage: coverageOf(heldOut, quantity, all, lent),
  }
}

/** Split conformal prediction, Lei et al., JASA 2018: the band of a row is made without the rows of its fold. */
function coverageOf(
  heldOut: readonly HeldOut[],
  quantity: number,
  all: readonly HeldOut[],
  lent: readonly HeldOut[],
): number {
  const bounds = new Map<number, readonly [number, number]>()
  for (const fold of new Set(heldOut.map((row) => row.fold))) {
    const others = all.filter((row) => row.fold !== fold)
    bounds.set(
      fold,
      bandOf(others, ({ residuals }) => residuals[quantity] ?? 0, lent),
    )
  }
  const inside = heldOut.filter(({ fold, residuals }) => {
    const [low, high] = bounds.get(fold) ?? [0, 0]
    const residual = residuals[quantity] ?? 0
    return residual >= low && residual <= high
  })
  return inside.length / heldOut.length
}
