import type { HeldOut } from './cross-validation.ts'
import { quantile } from './quantiles.ts'

/** The shares of measurements below a band and above it. */
const [lowest, highest] = [0.1, 0.9]

/**
 * The band of residuals of rows that a fit had not seen, as logarithms.
 *
 * Where each fold is one GPU or one model, a new one is like any of the few that there are, and not like their
 * average: the band is the widest of theirs. Else it is the two quantiles of all rows.
 *
 * @see Lei et al., Distribution-Free Predictive Inference for Regression, JASA 2018, section 2.2 (split conformal).
 */
export function bandOf(
  heldOut: readonly HeldOut[],
  residual: (row: HeldOut) => number,
): readonly [low: number, high: number] {
  const groups = heldOut[0]?.alone ? [...new Set(heldOut.map(({ fold }) => fold))] : [null]
  const bands = groups.map((group) => {
    const residuals = heldOut.filter(({ fold }) => group === null || fold === group).map(residual)
    return [quantile(residuals, lowest), quantile(residuals, highest)] as const
  })
  return [Math.min(...bands.map(([low]) => low)), Math.max(...bands.map(([, high]) => high))]
}
