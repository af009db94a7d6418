import type { Coverage } from '../../model/throughput/constants.ts'
import type { HeldOut } from './cross-validation.ts'
import type { Family } from './families.ts'
import { quantile } from './quantiles.ts'

/** The shares of measurements below a band and above it. */
const [lowest, highest] = [0.1, 0.9]

/**
 * The band of residuals of rows that a fit had not seen, as logarithms.
 *
 * Where each fold is one GPU or one model, a new one is like any of the few that there are, and not like their
 * average: the band is the widest of theirs. Else, and with rows that another family lends, it is the two quantiles
 * of all rows.
 *
 * @see Lei et al., Distribution-Free Predictive Inference for Regression, JASA 2018, section 2.2 (split conformal).
 */
export function bandOf(
  heldOut: readonly HeldOut[],
  residual: (row: HeldOut) => number,
  lent: readonly HeldOut[] = [],
): readonly [low: number, high: number] {
  if (lent.length > 0) {
    const residuals = [...heldOut, ...lent].map(residual)
    return [quantile(residuals, lowest), quantile(residuals, highest)]
  }
  const groups = heldOut[0]?.alone ? [...new Set(heldOut.map(({ fold }) => fold))] : [null]
  const bands = groups.map((group) => {
    const residuals = heldOut.filter(({ fold }) => group === null || fold === group).map(residual)
    return [quantile(residuals, lowest), quantile(residuals, highest)] as const
  })
  return [Math.min(...bands.map(([low]) => low)), Math.max(...bands.map(([, high]) => high))]
}

export type HeldOutBySplit = Readonly<Record<Coverage, readonly HeldOut[]>>

/** Fewer rows of one GPU or model than this give no quantiles of their own. */
const fewestOfGroup = 30

/** Mixtures of experts with and without latent attention share all but their attention. */
const lenders: Partial<Readonly<Record<Family['name'], Family['name']>>> = { 'latent-moe': 'moe' }

/** Rows that another family lends to a band where one of the few GPUs or models has too few of its own. */
export function lentTo(
  name: Family['name'],
  coverage: Coverage,
  all: ReadonlyMap<Family['name'], HeldOutBySplit>,
): readonly HeldOut[] {
  const own = all.get(name)?.[coverage] ?? []
  const lender = lenders[name]
  if (!own[0]?.alone || lender === undefined) return []
  const groups = [...new Set(own.map(({ fold }) => fold))]
  const thin = groups.some((group) => own.filter(({ fold }) => fold === group).length < fewestOfGroup)
  return thin ? (all.get(lender)?.[coverage] ?? []) : []
}
