import { exp } from '../elementary.ts'

/** Spread of a residual's logarithm before anything is measured. */
export interface Prior {
  /** What all runs of a fleet share. */
  readonly level: number
  /** What changes with load and lengths. */
  readonly curve: number
  /** Logarithms of load and lengths over which that change is forgotten. */
  readonly reach: number
  /** What two runs of one setting differ by. */
  readonly noise: number
}

export interface Residual {
  /** Logarithms of load and lengths. */
  readonly at: readonly number[]
  /** Logarithm of measured over predicted. */
  readonly value: number
}

/**
 * The residual to expect at a place, from those measured at others, and its standard deviation.
 *
 *   covariance = level² + curve² × e^(-distance / reach),   estimate = k · (K + noise² I)⁻¹ · residuals
 *
 * With no rows nothing is corrected; the nearer and the more the rows, the less is left of the prior.
 *
 * @see C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006, equations 2.25 and 2.26
 */
export function expectedResidual(
  rows: readonly Residual[],
  place: readonly number[],
  prior: Prior,
): { readonly value: number; readonly deviation: number } {
  const covariance = (one: readonly number[], other: readonly number[]): number => {
    const distance = one.reduce((sum, x, index) => sum + Math.abs(x - (other[index] ?? 0)), 0)
    return prior.level ** 2 + prior.curve ** 2 * exp(-distance / prior.reach)
  }
  const near = rows.map((row) => covariance(row.at, place))
  const matrix = rows.map((row, i) =>
    rows.map((other, j) => covariance(row.at, other.at) + (i === j ? prior.noise ** 2 : 0)),
  )
  const factor = choleskyOf(matrix)
  const half = forward(factor, near)
  const measured = forward(
    factor,
    rows.map(({ value }) => value),
  )
  const dot = (xs: readonly number[], ys: readonly number[]) =>
    xs.reduce((sum, x, index) => sum + x * (ys[index] ?? 0), 0)
  const left = covariance(place, place) + prior.noise ** 2 - dot(half, half)
  return { value: dot(half, measured), deviation: Math.sqrt(Math.max(0, left)) }
}

/** The lower triangle whose product with its transpose is the matrix, which noise keeps positive definite. */
function choleskyOf(matrix: readonly (readonly number[])[]): number[][] {
  const rows: number[][] = []
  for (const [i, given] of matrix.entries()) {
    const row: number[] = []
    for (let j = 0; j <= i; j++) {
      const other = j === i ? row : (rows[j] ?? [])
      const known = row.slice(0, j).reduce((sum, x, k) => sum + x * (other[k] ?? 0), 0)
      const rest = (given[j] ?? 0) - known
      row.push(j === i ? Math.sqrt(rest) : rest / (other[j] ?? 1))
    }
    rows.push(row)
  }
  return rows
}

/** The x of `factor · x = wanted`, from the top down. */
function forward(factor: readonly (readonly number[])[], wanted: readonly number[]): number[] {
  const solved: number[] = []
  for (const [i, row] of factor.entries()) {
    const known = solved.reduce((sum, x, k) => sum + x * (row[k] ?? 0), 0)
    solved.push(((wanted[i] ?? 0) - known) / (row[i] ?? 1))
  }
  return solved
}
