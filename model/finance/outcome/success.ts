import { invalid } from '../../problem.ts'

/** What somebody knows of how often an attempt succeeds. */
interface Given {
  readonly successRatio?: number | undefined
  readonly passes?: number | undefined
  readonly cases?: number | undefined
}

/** Passes of cases, where an evaluation was given; `path` is what stands before the fields. */
export function evaluationOf(
  { passes, cases }: Given,
  path: string,
): { readonly passes: number; readonly cases: number } | null {
  if (passes === undefined && cases === undefined) return null
  if (passes === undefined || cases === undefined) {
    const missing = passes === undefined ? 'passes' : 'cases'
    throw invalid(`${path}${missing}`, `${path}${missing} is missing: passes and cases are given together.`)
  }
  if (passes > cases)
    throw invalid(`${path}passes`, `${path}passes: ${passes} cannot exceed cases (${cases}).`)
  return { passes, cases }
}

/**
 * The success rate of one attempt: given, or from an evaluation; it is never guessed.
 *
 * @throws InputProblem where neither or both are given.
 */
export function successOf(given: Given, path: string): number {
  const evaluated = evaluationOf(given, path)
  if (evaluated && given.successRatio !== undefined) {
    throw invalid(`${path}successRatio`, `${path}successRatio: give either it or passes and cases, not both.`)
  }
  if (evaluated) return evaluated.passes / evaluated.cases
  if (given.successRatio !== undefined) return given.successRatio
  throw invalid(
    `${path}successRatio`,
    `${path}successRatio is missing: give it, or passes and cases of your own evaluation; a parameter count says nothing about it.`,
  )
}
