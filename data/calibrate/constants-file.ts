import {
  type Coverage,
  coverages,
  type LatencyFit,
  type Quantiles,
  type RateFit,
  type Spread,
  type ThroughputConstants,
} from '../../model/throughput/constants.ts'
import { bandOf } from './band.ts'
import { crossValidateAll, type Fitting, fitFamily, type HeldOut, isPublic } from './cross-validation.ts'
import type { Family } from './families.ts'

/** Rows below which a family keeps the compact model's constants. */
const fewestRows = 100

type Fitted = Pick<ThroughputConstants, 'dense' | 'moe' | 'latent-moe' | 'offline' | 'static-batch'>

/** The constants of each family with rows enough, as the constants file holds them. */
export function fittedConstants(families: readonly Family[]): Partial<Fitted> {
  const fits: Partial<Fitted> = {}
  for (const family of families) {
    if (family.rows.length < fewestRows) continue
    const fitting = fitFamily(family, family.rows)
    const heldOut = crossValidateAll(family)
    if (family.name === 'offline' || family.name === 'static-batch') {
      fits[family.name] = rateFit(family, fitting, heldOut)
    } else {
      fits[family.name] = latencyFit(family, fitting, heldOut)
    }
  }
  return fits
}

type HeldOutBySplit = Readonly<Record<Coverage, readonly HeldOut[]>>

function latencyFit(family: Family, fitting: Fitting, heldOut: HeldOutBySplit): LatencyFit {
  const [ttft = new Map(), tpot = new Map()] = fitting.levels
  const spread = (quantity: number) => spreadOf(heldOut, ({ residuals }) => residuals[quantity] ?? Number.NaN)
  return {
    ...shared(family, fitting),
    factors: { ...fitting.family.factors, 'link:pcie': pcieFactor(fitting) },
    levels: { ttft: recordOf(ttft), tpot: recordOf(tpot) },
    spreads: { ttft: spread(0), tpot: spread(1) },
  }
}

/** Who asks is in no benchmark, so benchmarks' own factors are left out, and the spread is that of doing without. */
function rateFit(family: Family, fitting: Fitting, heldOut: HeldOutBySplit): RateFit {
  const publicOnly = <Value>(factors: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(factors).filter(([name]) => isPublic(name)))
  const { standardErrors } = fitting
  return {
    ...shared(family, fitting),
    factors: publicOnly(fitting.family.factors),
    standardErrors: { base: standardErrors.base, factors: publicOnly(standardErrors.factors) },
    spread: spreadOf(heldOut, ({ plainResiduals }) => plainResiduals[0] ?? Number.NaN),
  }
}

const shared = ({ rows }: Family, { family, standardErrors }: Fitting) => ({
  base: family.base,
  factors: family.factors,
  standardErrors,
  rows: rows.length,
  models: [...new Set(rows.map(({ row }) => row.model))].toSorted(),
})

/** A latency of 30 µs for each all-reduce over PCIe: ring all-reduce without a switch; no row measures it. */
const pcieAllReduceSeconds = 30e-6
const pcieFactor = ({ family }: Fitting) => ({
  allReduceSeconds: digits(pcieAllReduceSeconds / family.base.allReduceSeconds),
})

const spreadOf = (heldOut: HeldOutBySplit, residual: (row: HeldOut) => number): Spread => {
  const [series, deployment, gpu, model] = coverages.map((coverage) => band(heldOut[coverage], residual))
  const none = { p10: 1, p90: 1 }
  return {
    series: series ?? none,
    deployment: deployment ?? none,
    'gpu-unseen': gpu ?? none,
    'model-unseen': model ?? none,
  }
}

const band = (heldOut: readonly HeldOut[], residual: (row: HeldOut) => number): Quantiles => {
  const [low, high] = bandOf(heldOut, residual)
  return { p10: digits(Math.exp(low)), p90: digits(Math.exp(high)) }
}

const recordOf = (levels: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries(
    [...levels]
      .map(([level, value]) => [level, digits(value)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

const digits = (value: number): number => Number(value.toPrecision(4))
