import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { invalid } from '../../problem.ts'
import type { Quantile } from './distribution.ts'
import { normalQuantile, normalShareBelow } from './normal.ts'

/** One draw of an input in each place. */
export type Column = Float64Array

/** FNV-1a, 32 bits: what is hashed decides, not when (G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, draft-eastlake-fnv-17). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash
}

const stateWords = [0, 1, 2, 3]
const smallestUniform = 2 ** -54

/**
 * Uniform numbers above 0 and below 1. The stream hangs on the seed and the input's own name only, so neither other inputs
 * nor their order change it.
 */
function uniforms({
  name,
  seed,
  draws,
}: {
  readonly name: string
  readonly seed: number
  readonly draws: number
}): Column {
  const random = xoroshiro128plusFromState(stateWords.map((word) => hashOf(`${word}:${seed}:${name}`)))
  // The first numbers of a state with few bits set are no better than the hash; let it mix.
  for (const _ of stateWords) random.next()
  return new Float64Array(draws).map(() => Math.max(uniformFloat64(random), smallestUniform))
}

export interface Correlation {
  readonly between: readonly [string, string]
  readonly coefficient: number
}

/**
 * Draws of every input by name. Correlated inputs keep their own distributions and are joined by a Gaussian copula: the
 * coefficients are those of the normals behind them.
 *
 * @see R. B. Nelsen, "An Introduction to Copulas", 2nd edition, 2006, section 2.3 (Sklar's theorem)
 * @throws InputProblem where the coefficients are no correlation matrix.
 */
export function drawsOf({
  quantiles,
  correlations,
  seed,
  draws,
  luckOf = (name) => name,
}: {
  readonly quantiles: ReadonlyMap<string, Quantile>
  /** Inputs of one luck are high together and low together; without it, each has its own. */
  readonly luckOf?: (name: string) => string
  readonly correlations: readonly Correlation[]
  readonly seed: number
  readonly draws: number
}): Map<string, Column> {
  const correlated = [...new Set(correlations.flatMap(({ between }) => between))].toSorted()
  const factor = factorOf(correlated, correlations)
  const normals = correlated.map((name) => uniforms({ name, seed, draws }).map(normalQuantile))
  const columns = [...quantiles].map(([name, quantile]): [string, Column] => {
    const row = factor[correlated.indexOf(name)]
    const uniform = row ? joined(row, normals) : uniforms({ name: luckOf(name), seed, draws })
    return [name, uniform.map(quantile)]
  })
  return new Map(columns)
}

function joined(row: readonly number[], normals: readonly Column[]): Column {
  const [first = new Float64Array()] = normals
  return first.map((_, draw) => {
    const normal = row.reduce((sum, weight, index) => sum + weight * (normals[index]?.[draw] ?? 0), 0)
    return Math.min(1 - smallestUniform * 2, Math.max(normalShareBelow(normal), smallestUniform))
  })
}

const roundingOfPivots = -1e-12

/** Cholesky's factor of the correlation matrix: row i of it makes correlated normal i from independent ones. */
function factorOf(names: readonly string[], correlations: readonly Correlation[]): number[][] {
  const rows: number[][] = []
  names.forEach((name, i) => {
    const row: number[] = []
    for (let j = 0; j < i; j++) {
      const done = rows[j] ?? []
      const known = done.slice(0, j).reduce((sum, value, k) => sum + value * (row[k] ?? 0), 0)
      const pivot = done[j] ?? 0
      row.push(pivot === 0 ? 0 : (coefficientOf(name, names[j] ?? '', correlations) - known) / pivot)
    }
    const left = 1 - row.reduce((sum, value) => sum + value * value, 0)
    if (left < roundingOfPivots) {
      throw invalid(
        'correlations',
        `correlations: no inputs can be correlated so; with the ones before it, ${name} is correlated by more than 1. Accepted: coefficients that make a positive semidefinite matrix.`,
      )
    }
    row.push(Math.sqrt(Math.max(0, left)))
    rows.push(row)
  })
  return rows
}

const coefficientOf = (one: string, other: string, correlations: readonly Correlation[]): number =>
  correlations.find(({ between }) => between.includes(one) && between.includes(other))?.coefficient ?? 0
