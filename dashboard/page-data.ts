import type { Plan } from '../model/compare/plan.ts'
import type { Field } from '../model/fields.ts'

/** What the server writes into the page: the answer that it opens on, and what can be asked. */
export interface PageData {
  readonly answer: Plan
  /** Where the traffic of that answer was recorded. */
  readonly trafficName: string
  /** The day that counts as today. */
  readonly today: string
  readonly form: Form
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
