import type { ConstantFamily, ConstantName, StepConstants } from '../../model/throughput/constants.ts'
import { solvePositiveDefinite } from './linear-system.ts'

/** What the fit needs of a row. */
export interface Fitted {
  readonly classes: readonly string[]
  /** Logarithms. */
  readonly measured: readonly number[]
  predict(constants: StepConstants): readonly number[]
}

/** A constant of the base, or a class's factor on one. */
interface Parameter {
  readonly className: string | null
  readonly constant: ConstantName
  /** Logarithm before any data, and how far the data may move it. */
  readonly prior: number
  readonly sigma: number
}

export interface FitPlan {
  /** The base before any data, and which of its constants the data may move. */
  readonly start: StepConstants
  readonly free: readonly ConstantName[]
  /** The constants that a class may change, by the word before its colon. */
  readonly classConstants: Readonly<Record<string, readonly ConstantName[]>>
  /** Spread of the log-normal factor, around one, by which a class multiplies a constant: shrinkage to what all share. */
  readonly factorSigma: number
  /** Weight of each measured quantity. */
  readonly weights: readonly number[]
}

export interface Fit {
  readonly family: ConstantFamily
  /** Standard errors of the logarithms, laid out as the family is. */
  readonly standardErrors: { base: Partial<StepConstants>; factors: Record<string, Partial<StepConstants>> }
}

/** Residuals beyond this many logarithmic units count by their size, not their square (pseudo-Huber). */
const robustScale = 0.15
const baseSigma = 0.5
/** Shares of a peak cannot pass it by much, and draws of experts are fewer than tokens: these are held closer. */
const boundedSigmas: Partial<StepConstants> = {
  memoryEfficiency: 0.08,
  linkEfficiency: 0.3,
  drawExponent: 0.15,
}
/** Queueing is a property of an engine's scheduler and ranges widely; waves over two orders of magnitude. */
const queueSigmas: Partial<StepConstants> = { wave: 1.5, burst: 0.7, firstTokenSeconds: 0.7 }
const iterations = 40
const differenceStep = 1e-5

/**
 * Constants that make the predictions closest to the measurements, all in logarithms.
 *
 *   minimise Σ weight × pseudoHuber(predicted - measured) / noise² + Σ ((θ - prior) / sigma)²
 *
 * Levenberg-Marquardt on iteratively reweighted least squares. A factor's derivative is that of its constant, so a
 * row costs one evaluation for each constant, however many classes there are.
 *
 * @see Levenberg, Quarterly of Applied Mathematics 2, 1944; Marquardt, SIAM J. 11, 1963; Charbonnier et al., IEEE
 *   Trans. Image Processing 6(2), 1997, for the pseudo-Huber loss.
 */
export function fitConstants(rows: readonly Fitted[], plan: FitPlan): Fit {
  const parameters = parametersOf(rows, plan)
  const indexOf = new Map(parameters.map((parameter, index) => [nameOf(parameter), index]))
  const active = rows.map((row) => activeOf(row, plan.free, indexOf))
  let values = parameters.map(({ prior }) => prior)
  let damping = 1e-3
  let system = assemble(rows, active, parameters, values, plan)
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const step = solvePositiveDefinite(damped(system.matrix, damping), system.gradient)
    const next = values.map((value, index) => value - (step[index] ?? 0))
    const candidate = assemble(rows, active, parameters, next, plan)
    if (candidate.loss < system.loss) {
      const gain = (system.loss - candidate.loss) / system.loss
      values = next
      system = candidate
      damping = Math.max(damping / 5, 1e-9)
      if (gain < 1e-7) break
    } else {
      damping *= 5
      if (damping > 1e9) break
    }
  }
  return laidOut(parameters, values, standardErrorsOf(system.matrix), plan.start)
}

const nameOf = ({ className, constant }: Pick<Parameter, 'className' | 'constant'>): string =>
  `${className ?? ''}|${constant}`

function parametersOf(
  rows: readonly Fitted[],
  { start, free, classConstants, factorSigma }: FitPlan,
): Parameter[] {
  const classes = [...new Set(rows.flatMap((row) => row.classes))].toSorted()
  return [
    ...free.map((constant) => ({
      className: null,
      constant,
      prior: Math.log(start[constant]),
      sigma: boundedSigmas[constant] ?? baseSigma,
    })),
    ...classes.flatMap((className) =>
      (classConstants[className.split(':')[0] ?? ''] ?? [])
        .filter((constant) => free.includes(constant))
        .map((constant) => ({
          className,
          constant,
          prior: 0,
          sigma: queueSigmas[constant] ?? factorSigma,
        })),
    ),
  ]
}

/** For each free constant, the parameters of a row that multiply it. */
const activeOf = (
  { classes }: Fitted,
  free: readonly ConstantName[],
  indexOf: ReadonlyMap<string, number>,
): readonly (readonly number[])[] =>
  free.map((constant) =>
    [null, ...classes].flatMap((className) => indexOf.get(nameOf({ className, constant })) ?? []),
  )

interface System {
  readonly loss: number
  readonly matrix: Float64Array[]
  readonly gradient: Float64Array
}

/** Measurements of one configuration scatter by so much between builds and dates. */
const noise = 0.1

function assemble(
  rows: readonly Fitted[],
  active: readonly (readonly (readonly number[])[])[],
  parameters: readonly Parameter[],
  values: readonly number[],
  { start, free, weights }: FitPlan,
): System {
  const size = parameters.length
  const matrix = Array.from({ length: size }, () => new Float64Array(size))
  const gradient = new Float64Array(size)
  let loss = 0
  for (const [index, { prior, sigma }] of parameters.entries()) {
    const away = (values[index] ?? 0) - prior
    loss += (away / sigma) ** 2
    addTo(matrix, index, index, 1 / sigma ** 2)
    gradient[index] = away / sigma ** 2
  }
  const constants = { ...start }
  for (const [rowIndex, row] of rows.entries()) {
    const shares = active[rowIndex] ?? []
    for (const [position, constant] of free.entries()) {
      let logarithm = 0
      for (const index of shares[position] ?? []) logarithm += values[index] ?? 0
      constants[constant] = Math.exp(logarithm)
    }
    const predicted = row.predict(constants)
    const slopes = free.map((constant) => {
      const kept = constants[constant]
      constants[constant] = kept * Math.exp(differenceStep)
      const moved = row.predict(constants)
      constants[constant] = kept
      return moved
    })
    for (const [output, weight] of weights.entries()) {
      const measured = row.measured[output] ?? Number.NaN
      if (Number.isNaN(measured)) continue
      const residual = (predicted[output] ?? 0) - measured
      const root = Math.sqrt(1 + (residual / robustScale) ** 2)
      loss += (2 * weight * robustScale ** 2 * (root - 1)) / noise ** 2
      const scale = weight / root / noise ** 2
      for (const [one, indices] of shares.entries()) {
        const slope = ((slopes[one]?.[output] ?? 0) - (predicted[output] ?? 0)) / differenceStep
        if (slope === 0) continue
        for (const index of indices) {
          gradient[index] = (gradient[index] ?? 0) + scale * slope * residual
          for (const [other, otherIndices] of shares.entries()) {
            const otherSlope = ((slopes[other]?.[output] ?? 0) - (predicted[output] ?? 0)) / differenceStep
            if (otherSlope === 0) continue
            for (const otherIndex of otherIndices)
              addTo(matrix, index, otherIndex, scale * slope * otherSlope)
          }
        }
      }
    }
  }
  return { loss, matrix, gradient }
}

function addTo(matrix: readonly Float64Array[], row: number, column: number, value: number): void {
  const line = matrix[row]
  if (line) line[column] = (line[column] ?? 0) + value
}

const damped = (matrix: readonly Float64Array[], damping: number): Float64Array[] =>
  matrix.map((line, index) => {
    const copy = line.slice()
    copy[index] = (copy[index] ?? 0) * (1 + damping)
    return copy
  })

function standardErrorsOf(matrix: readonly Float64Array[]): number[] {
  return matrix.map((_, index) => {
    const unit = new Float64Array(matrix.length)
    unit[index] = 1
    return Math.sqrt(solvePositiveDefinite(matrix, unit)[index] ?? 0)
  })
}

function laidOut(
  parameters: readonly Parameter[],
  values: readonly number[],
  errors: readonly number[],
  start: StepConstants,
): Fit {
  const base = { ...start }
  const factors: Record<string, Partial<StepConstants>> = {}
  const standardErrors: Fit['standardErrors'] = { base: {}, factors: {} }
  for (const [index, { className, constant }] of parameters.entries()) {
    const value = rounded(Math.exp(values[index] ?? 0), className === null ? baseDigits : factorDigits)
    const error = rounded(errors[index] ?? 0, factorDigits)
    if (className === null) {
      base[constant] = value
      standardErrors.base[constant] = error
    } else {
      factors[className] = { ...factors[className], [constant]: value }
      standardErrors.factors[className] = { ...standardErrors.factors[className], [constant]: error }
    }
  }
  return { family: { base, factors }, standardErrors }
}

/** Below every standard error, and the same on every machine. */
const [baseDigits, factorDigits] = [4, 3]
const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits))
