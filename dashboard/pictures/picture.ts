import type { ChartConfiguration } from 'chart.js'
import type { Plan } from '../../model/compare/plan.ts'

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

/** One picture of an answer, with the figures that it is drawn from. */
export interface Picture {
  readonly id: string
  /** What is seen, in a sentence; null where this answer has nothing to draw. */
  title(answer: Plan): string | null
  table(answer: Plan): Table
  chart(answer: Plan, palette: Palette): ChartConfiguration
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
