/** Shrinkage of each level, coarse to fine: a level of n rows counts n / (n + k). */
const shrinkage = [12, 8, 6, 4]

export interface LevelRow {
  readonly levels: readonly string[]
  /** Logarithm of measured / predicted. */
  readonly residual: number
}

/**
 * What the constants leave over, by level: a median of what is left, shrunk towards nothing where rows are few.
 *
 *   correction(level) = median(residual - corrections of the coarser levels) × n / (n + k)
 */
export function residualLevels(rows: readonly LevelRow[], strength = 1): ReadonlyMap<string, number> {
  const corrections = new Map<string, number>()
  let left = rows.map(({ levels, residual }) => ({ levels, residual }))
  for (const [depth, k] of shrinkage.entries()) {
    const groups = new Map<string, LevelRow[]>()
    for (const row of left) {
      const level = row.levels[depth] ?? ''
      const members = groups.get(level)
      if (members) members.push(row)
      else groups.set(level, [row])
    }
    for (const [level, members] of groups) {
      const n = members.length
      corrections.set(level, (median(members.map(({ residual }) => residual)) * n) / (n + k * strength))
    }
    left = left.map(({ levels, residual }) => ({
      levels,
      residual: residual - (corrections.get(levels[depth] ?? '') ?? 0),
    }))
  }
  return corrections
}

/** The correction of a deployment: its levels added; a level nobody measured adds nothing. */
export const correctionOf = (levels: readonly string[], corrections: ReadonlyMap<string, number>): number =>
  levels.reduce((sum, level) => sum + (corrections.get(level) ?? 0), 0)

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
