import type { ChartConfiguration } from 'chart.js'
import type { Answer } from '../../model/calculation.ts'
import type { Plan } from '../../model/compare/plan.ts'
import type { HeaderSummary } from '../../model/header/header-summary.ts'

/** What a picture draws with: the colours of the page as it is now. */
export interface Palette {
  readonly ink: string
  readonly quiet: string
  readonly line: string
  /** Of options by their place in the question, told apart by the colour-blind (Okabe and Ito, 2008). */
  readonly series: readonly string[]
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Asks the planner for one more calculation. */
export type Ask = <Result>(id: string, input: unknown) => Promise<Answer<Result>>

/** Where a picture finds what the answer itself does not hold. */
export interface Sources {
  readonly ask: Ask
  /** A list of the API, such as `prices/history`. */
  fetchList(path: string, query: Readonly<Record<string, string>>): Promise<readonly unknown[]>
  /** What the header of a file of weights states. */
  readHeader(file: Blob): Promise<HeaderSummary>
}

/** What a picture shows: an answer, and what was found beside it. */
export interface Seen<Found> {
  readonly answer: Plan
  readonly found: Found
}

/** One picture of an answer, with the figures that it is drawn from. */
export interface Picture<Found = unknown> {
  readonly id: string
  /** Finds what is drawn, where the answer itself does not hold it; null where there is nothing. */
  find?(answer: Plan, sources: Sources): Promise<Found | null>
  /** What is seen, in a sentence; null where this answer has nothing to draw. */
  title(seen: Seen<Found>): string | null
  table(seen: Seen<Found>): Table
  chart(seen: Seen<Found>, palette: Palette): ChartConfiguration
}

export const colourOf = ({ series }: Palette, place: number): string =>
  series[place % series.length] ?? 'currentColor'

const longestLabel = 26

/** Ticks of names: long ones end in an ellipsis, and the table has them whole. */
export function shortLabel(
  this: { getLabelForValue(value: number): string },
  value: string | number,
): string {
  const label = this.getLabelForValue(Number(value))
  return label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label
}
