import { expm1, log1p } from '../../elementary.ts'
import { rootBetween } from '../roots.ts'

/** How a task is tried, and what becomes of it where the trying fails. */
export interface Task {
  readonly usdPerAttempt: number
  readonly maximumAttempts: number
  readonly escalationUsd: number
  /** Null where a failed task is given up. */
  readonly escalationSuccessRatio: number | null
  readonly reviewRatio: number
  readonly reviewUsd: number
}

/** What one task takes on average, at a success rate of one attempt. */
export interface TaskOutcome {
  readonly attempts: number
  readonly escalatedRatio: number
  readonly successRatio: number
}

/**
 * Attempts are independent and a failure is noticed, or a retry could not know that it is needed.
 *
 *   attempts = (1 - (1 - p)^m) / p, the mean of a geometric distribution cut at m = maximumAttempts
 *   failing  = (1 - p)^m
 *   success  = 1 - failing + failing × escalationSuccessRatio
 */
export function outcomeOf(p: number, { maximumAttempts: m, escalationSuccessRatio }: Task): TaskOutcome {
  const failing = (1 - p) ** m
  return {
    attempts: p === 0 ? m : -expm1(m * log1p(-p)) / p,
    escalatedRatio: escalationSuccessRatio === null ? 0 : failing,
    successRatio: 1 - failing + failing * (escalationSuccessRatio ?? 0),
  }
}

/** Cost of a task that succeeds: what all tasks take, shared among those that do. Infinite where none does. */
export function usdPerSuccess(p: number, task: Task): number {
  const { attempts, escalatedRatio, successRatio } = outcomeOf(p, task)
  const usdPerTask =
    attempts * task.usdPerAttempt + escalatedRatio * task.escalationUsd + task.reviewRatio * task.reviewUsd
  return usdPerTask / successRatio
}

/** An attempt that nearly always fails costs more than any alternative; the search starts there. */
const leastSuccess = 1e-9

/** The success rate of an attempt at which a task that succeeds costs as much as an alternative; null where none does. */
export function breakEvenSuccess(task: Task, alternativeUsd: number): number | null {
  const dearer = (p: number): number => usdPerSuccess(p, task) - alternativeUsd
  if (!(dearer(leastSuccess) > 0 && dearer(1) < 0)) return null
  return rootBetween({ of: dearer, low: leastSuccess, high: 1 })
}
