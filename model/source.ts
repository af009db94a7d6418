/** Where a formula, a constant or a figure comes from: exact section, table or file, and the day it was seen. */
export interface Source {
  readonly title: string
  readonly url?: string
  /** ISO date of the figure or of the last check. */
  readonly date?: string
}
