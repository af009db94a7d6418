import type { Plan } from '../model/compare/plan.ts'
import type { Field } from '../model/fields.ts'
import type { Draft } from './question.ts'

/** What the server writes into the page: the answer that it opens on, and what can be asked. */
export interface PageData {
  readonly answer: Plan
  /** What that answer replied to. */
  readonly question: Draft
  /** Where the traffic of that answer was recorded. */
  readonly trafficName: string
  /** The day that counts as today. */
  readonly today: string
  readonly form: Form
  /** What this page is the saved state of, where it is one. */
  readonly scenario: ScenarioHead | null
}

/** A scenario without its question and answer. */
export interface ScenarioHead {
  readonly id: string
  readonly revision: number
  readonly name: string
  readonly note: string
  readonly engineVersion: string
  readonly savedAt: string
}

export interface Form {
  readonly question: readonly Field[]
  readonly workloads: readonly WorkloadForm[]
}

/** One way of saying how much traffic there is. */
export interface WorkloadForm {
  readonly from: string
  readonly fields: readonly Field[]
}

/** The element that holds the data, and the one that the dashboard is drawn in. */
export const pageDataId = 'page-data'
export const boardId = 'board'
