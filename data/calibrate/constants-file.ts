import {
  coverages,
  type LatencyFit,
  type Quantiles,
  type RateFit,
  type Spread,
  type ThroughputConstants,
} from '../../model/throughput/constants.ts'
import { bandOf, type HeldOutBySplit, lentTo } from './band.ts'
import { crossValidateAll, type Fitting, fitFamily, type HeldOut, isPublic } from './cross-validation.ts'
import type { Family } from './families.ts'

/** Rows below which a family keeps the compact model's constants. */
const fewestRows = 100

type Fitted = Pick<ThroughputConstants, 'dense' | 'moe' | 'latent-moe' | 'offline' | 'static-batch'>

/** The constants of each family with rows enough, as the constants file holds them. */
export function fittedConstants(families: readonly Family[]): Partial<Fitted> {
  const fits: Partial<Fitted> = {}
  const validated = new Map(families.map((family) => [family.name, crossValidateAll(family)]))
  for (const family of families) {
    if (family.rows.length < fewestRows) continue
    const fitting = fitFamily(family, family.rows)
    const spread = (residual: (row: HeldOut) => number) => spreadOf(family.name, validated, residual)
    if (family.name === 'offline' || family.name === 'static-batch') {
      fits[family.name] = rateFit(family, fitting, spread)
    } else {
      fits[family.name] = latencyFit(family, fitting, spread)
    }
  }
  return fits
}

type SpreadOf = (residual: (row: HeldOut) => number) => Spread

function latencyFit(family: Family, fitting: Fitting, spreadOf: SpreadOf): LatencyFit {
  const [ttft = new Map(), tpot = new Map()] = fitting.levels
  const spread = (quantity: number) => spreadOf(({ residuals }) => residuals[quantity] ?? Number.NaN)
  return {
    ...shared(family, fitting),
    factors: { ...fitting.family.factors, 'link:pcie': pcieFactor(fitting) },
    releases: releasesOf(family),
    levels: { ttft: recordOf(ttft, 2), tpot: recordOf(tpot, 3) },
    spreads: { ttft: spread(0), tpot: spread(1) },
  }
}

/** Who asks is in no benchmark, so benchmarks' own factors are left out, and the spread is that of doing without. */
function rateFit(family: Family, fitting: Fitting, spreadOf: SpreadOf): RateFit {
  const publicOnly = <Value>(factors: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(factors).filter(([name]) => isPublic(name)))
  const { standardErrors } = fitting
  return {
    ...shared(family, fitting),
    factors: publicOnly(fitting.family.factors),
    standardErrors: { base: standardErrors.base, factors: publicOnly(standardErrors.factors) },
    spread: spreadOf(({ plainResiduals }) => plainResiduals[0] ?? Number.NaN),
  }
}

/** The first day on which each release that has a factor was measured; releases without a day are left out. */
function releasesOf({ rows, plan }: Family): Record<string, string> {
  if (plan.classConstants.release?.length === 0) return {}
  const days = new Map<string, string>()
  for (const { row, classes } of rows) {
    const name = classes.find((one) => one.startsWith('release:'))?.slice('release:'.length)
    if (name === undefined || row.sourceDate === '') continue
    const known = days.get(name)
    if (known === undefined || row.sourceDate < known) days.set(name, row.sourceDate)
  }
  return Object.fromEntries([...days].toSorted(([a], [b]) => (a < b ? -1 : 1)))
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

const spreadOf = (
  name: Family['name'],
  validated: ReadonlyMap<Family['name'], HeldOutBySplit>,
  residual: (row: HeldOut) => number,
): Spread => {
  const [series, deployment, gpu, model] = coverages.map((coverage) =>
    band(validated.get(name)?.[coverage] ?? [], residual, lentTo(name, coverage, validated)),
  )
  const none = { p10: 1, p90: 1 }
  return {
    series: series ?? none,
    deployment: deployment ?? none,
    'gpu-unseen': gpu ?? none,
    'model-unseen': model ?? none,
  }
}

const band = (
  heldOut: readonly HeldOut[],
  residual: (row: HeldOut) => number,
  lent: readonly HeldOut[],
): Quantiles => {
  const [low, high] = bandOf(heldOut, residual, lent)
  return { p10: digits(Math.exp(low)), p90: digits(Math.exp(high)) }
}

/** Logarithms to so many decimals: hundredths of a first-token time, which scatters by a third, thousandths of the other. */
const recordOf = (levels: ReadonlyMap<string, number>, decimals: number): Record<string, number> =>
  Object.fromEntries(
    [...levels]
      .map(([level, value]) => [level, Number(value.toFixed(decimals))] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

const digits = (value: number): number => Number(value.toPrecision(4))
