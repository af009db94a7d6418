import type { Assumption } from '../calculation.ts'
import { invalid } from '../problem.ts'
import type { Engine, LatencyFit } from './constants.ts'

/** A release of an engine as the fit names it, and what was assumed to choose it. */
export interface Release {
  /** Major and minor version, or year and month; null for the middle of all that were measured. */
  readonly release: string | null
  readonly assumptions: readonly Assumption[]
}

/**
 * The release whose factors a deployment takes: the version that was given, else the newest that was measured up to
 * a day, else none.
 *
 * @throws InputProblem for a day before the engine's first measured release, whose speed would be another's.
 */
export function releaseOf({
  engine,
  engineVersion,
  softwareDate,
  fit,
}: {
  engine: Engine
  engineVersion: string | undefined
  softwareDate: string | undefined
  fit: LatencyFit
}): Release {
  const releases = Object.entries(fit.releases)
    .filter(([name]) => name.startsWith(`${engine} `))
    .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
  const asked = engineVersion ?? softwareDate
  if (asked !== undefined && Object.keys(fit.releases).length === 0) {
    const because = 'The measurements of models of this kind show no difference between releases.'
    return { release: null, assumptions: [{ field: 'engineVersion', value: null, unit: null, because }] }
  }
  if (engineVersion !== undefined) {
    return { release: /\d+\.\d+/.exec(engineVersion)?.[0] ?? null, assumptions: [] }
  }
  if (softwareDate === undefined) return { release: null, assumptions: [] }
  const newest = releases.findLast(([, day]) => day <= softwareDate)
  if (!newest) {
    throw invalid(
      'softwareDate',
      `softwareDate: no release of ${engine} was measured by ${softwareDate}; leave it out for the middle of all.`,
    )
  }
  const [name, day] = newest
  const release = name.slice(engine.length + 1)
  const because = `The newest release of ${engine} that was measured by ${softwareDate}, on ${day}.`
  return { release, assumptions: [{ field: 'engineVersion', value: release, unit: null, because }] }
}
