import { type Coverage, constantsOf, coverages } from '../../model/throughput/constants.ts'
import type { Family } from './families.ts'
import { type Fit, fitConstants } from './fit.ts'
import { foldOf, type Measurement } from './measurement.ts'
import type { Observation } from './observed.ts'
import { correctionOf, residualLevels } from './residual-levels.ts'

/** A fit with what its constants leave over. */
export interface Fitting extends Fit {
  /** For each quantity, the corrections by level. */
  readonly levels: readonly ReadonlyMap<string, number>[]
}

/** A row that a fit had not seen, with the logarithm of measured / predicted of each quantity. */
export interface HeldOut {
  readonly observation: Observation
  readonly fold: number
  /** True where the fold is one GPU or model, left out by itself. */
  readonly alone: boolean
  readonly predicted: readonly number[]
  readonly residuals: readonly number[]
  /** The same without what only a benchmark's own rows can know: its factor, its versions, its levels. */
  readonly plainResiduals: readonly number[]
}

/** Fits the constants of a family, and the levels of what they leave over. */
export function fitFamily({ plan, shrinkage }: Family, rows: readonly Observation[]): Fitting {
  const fitted = fitConstants(rows, plan)
  const residuals = rows.map((row) => {
    const predicted = row.predict(constantsOf(fitted.family, row.classes))
    return row.measured.map((measured, index) => measured - (predicted[index] ?? 0))
  })
  const levels = shrinkage.map((strength, quantity) =>
    residualLevels(
      rows.map((row, index) => ({ levels: row.levels, residual: residuals[index]?.[quantity] ?? 0 })),
      strength,
    ),
  )
  return { ...fitted, levels }
}

const folds = 5
/** With few groups each is left out in turn; with many, a fifth of them at a time. */
const fewGroups = 10

const keyOf: Readonly<Record<Coverage, (row: Measurement) => string>> = {
  series: ({ series }) => series,
  deployment: ({ deployment }) => deployment,
  'gpu-unseen': ({ gpu }) => gpu,
  'model-unseen': ({ model }) => model,
}

/** Predicts every row of a family by a fit that has not seen its series, deployment, GPU or model. */
function crossValidate(family: Family, coverage: Coverage): readonly HeldOut[] {
  const key = keyOf[coverage]
  const groups = [...new Set(family.rows.map(({ row }) => key(row)))].toSorted()
  const foldIn = (row: Measurement) =>
    groups.length <= fewGroups ? groups.indexOf(key(row)) : foldOf(key(row), folds)
  const count = groups.length <= fewGroups ? groups.length : folds
  const alone = groups.length <= fewGroups && coverage.endsWith('unseen')
  return Array.from({ length: count }, (_, fold) => {
    const fitting = fitFamily(
      family,
      family.rows.filter(({ row }) => foldIn(row) !== fold),
    )
    return family.rows
      .filter(({ row }) => foldIn(row) === fold)
      .map((observation) => ({ ...heldOut(observation, fitting), fold, alone }))
  }).flat()
}

function heldOut(observation: Observation, { family, levels }: Fitting): Omit<HeldOut, 'fold' | 'alone'> {
  const predicted = observation
    .predict(constantsOf(family, observation.classes))
    .map((value, index) => value + correctionOf(observation.levels, levels[index] ?? new Map()))
  const plain = observation.predict(constantsOf(family, observation.classes.filter(isPublic)))
  return {
    observation,
    predicted,
    residuals: observation.measured.map((measured, index) => measured - (predicted[index] ?? 0)),
    plainResiduals: observation.measured.map((measured, index) => measured - (plain[index] ?? 0)),
  }
}

/** Classes that somebody who asks can be in; a benchmark is one of the others. */
export const isPublic = (className: string): boolean => !/^(benchmark|version):/.test(className)

export const crossValidateAll = (family: Family): Readonly<Record<Coverage, readonly HeldOut[]>> => {
  const [series, deployment, gpu, model] = coverages.map((coverage) => crossValidate(family, coverage))
  return {
    series: series ?? [],
    deployment: deployment ?? [],
    'gpu-unseen': gpu ?? [],
    'model-unseen': model ?? [],
  }
}
