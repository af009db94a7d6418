import { numberText, percentText, usdText } from '../../format.ts'
import type { GivenAnswer } from './given-answer.ts'

/** What can be said of any answer: its value, what most of it is, its band. */
export const valueWords = (answer: GivenAnswer): string[] => [
  `${capital(answer.id.replaceAll('-', ' '))}: ${valueText(answer.value, answer.unit)}.`,
  ...largestTerms(answer),
  ...band(answer),
]

/** What it rests on: what is unknown, how much was assumed, and of which day. */
export function restWords({ assumptions, dataset }: GivenAnswer): string[] {
  const unknown = assumptions.filter(({ value, field }) => value === null && field !== 'interval')
  const assumed = assumptions.length - assumptions.filter(({ value }) => value === null).length
  return [
    ...unknown.slice(0, mostShown).map(({ field, because }) => `Not known: ${field}. ${because}`),
    ...(unknown.length > mostShown ? [`And ${unknown.length - mostShown} more that are not known.`] : []),
    ...(assumed > 0
      ? [
          `${assumed} ${assumed === 1 ? 'figure was' : 'figures were'} not given but assumed; each is listed with its source.`,
        ]
      : []),
    ...(dataset
      ? [
          `Facts of version ${dataset.version}${dataset.pricesAsOf === null ? '' : `, prices as of ${dataset.pricesAsOf}`}.`,
        ]
      : []),
  ]
}

const mostShown = 3
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function valueText(value: GivenAnswer['value'], unit: string | null): string {
  if (value === null) return 'unknown'
  if (typeof value !== 'number') return String(value)
  if (unit === 'ratio') return percentText(value)
  if (unit?.startsWith('USD')) return `${usdText(value)}${per(unit)}`
  return `${numberText(value)}${unit === null ? '' : ` ${unit}`}`
}

const per = (unit: string): string => {
  const [, of] = unit.split('/')
  return of === undefined ? '' : of === 'month' ? ' a month' : of === 'hour' ? ' an hour' : ` per ${of}`
}

/** The largest two of terms that are added; of other terms none is a part. */
function largestTerms({ breakdown, value, unit }: GivenAnswer): string[] {
  const isSum = breakdown.length > 1 && breakdown.every(({ operator }) => operator === 'add')
  if (!isSum || typeof value !== 'number' || value <= 0) return []
  const largest = breakdown
    .toSorted((a, b) => b.value - a.value)
    .slice(0, 2)
    .filter((term) => term.value > 0)
  if (largest.length === 0) return []
  const parts = largest.map(
    (term) => `${term.name} ${valueText(term.value, unit)} (${percentText(term.value / value)})`,
  )
  return [`The largest ${largest.length === 1 ? 'part is' : 'parts are'} ${parts.join(' and ')}.`]
}

const band = ({ interval, unit }: GivenAnswer): string[] =>
  interval === null
    ? []
    : [
        `In eight cases of ten it lies between ${valueText(interval.p10, unit)} and ${valueText(interval.p90, unit)}.`,
      ]
