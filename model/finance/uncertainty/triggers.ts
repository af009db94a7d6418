import { z } from 'zod'
import { numberText, numberTextBeyond, usdText } from '../../format.ts'
import { MONTHS_PER_YEAR } from '../../units.ts'
import { wholeMonths } from '../lines/owning.ts'
import type { NumberFlip } from './case-flips.ts'
import type { CaseState } from './case-state.ts'

export const Trigger = z.strictObject({
  kind: z
    .enum(['price', 'volume', 'rent', 'other', 'model replaced', 'price changes', 'review'])
    .meta({ title: 'Kind' }),
  sentence: z.string().meta({ title: 'When to look again' }),
  field: z.string().nullable().meta({ title: 'Number to watch; null for a day' }),
  value: z.number().nullable().meta({ title: 'Value that it must pass', 'x-unit': 'unit of the input' }),
  on: z.string().nullable().meta({ title: 'Day; null for a number' }),
})
type Trigger = z.output<typeof Trigger>

/** A go or no-go after so many months is what a published buying memo plans (Red Hat, 8-node case). */
const firstReviewMonths = 3
const mostOthers = 3

/** What should make somebody look again: numbers that pass their flip values, and days on which the case itself changes. */
export function triggersOf(flips: readonly NumberFlip[], state: CaseState, today: string): Trigger[] {
  const watched = flips.flatMap((flip) => numberTrigger(flip, state))
  const others = watched.filter(({ kind }) => kind === 'other').slice(0, mostOthers)
  const days = [
    ...daysOf(state, today),
    dayTrigger(
      'review',
      'Compare the first bills and the measured load with this case',
      firstReviewMonths,
      today,
    ),
  ]
  return [
    ...watched.filter(({ kind }) => kind !== 'other'),
    ...others,
    ...days.toSorted((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : 1)),
  ]
}

/** The first day among the triggers. */
export const reviewDay = (triggers: readonly Trigger[]): string | null =>
  triggers.flatMap(({ on }) => on ?? []).toSorted()[0] ?? null

function numberTrigger({ field, title, value, flip }: NumberFlip, state: CaseState): Trigger[] {
  if (flip === null) return []
  const falls = flip.value < value
  const then = falls ? flip.below.cheapest : flip.above.cheapest
  const name = field.slice(field.lastIndexOf('.') + 1)
  const isUsd = /usd/i.test(name)
  const [passed, now] = isUsd
    ? [usdText(flip.value), usdText(value)]
    : [numberTextBeyond(flip.value, value), numberText(value)]
  const moves = falls ? 'falls below' : 'rises above'
  return [
    {
      kind: kindOf(name),
      sentence: `Look again when ${inWords(field, title, state)} ${moves} ${passed} (now ${now}): then ${then} costs least.`,
      field,
      value: flip.value,
      on: null,
    },
  ]
}

function kindOf(name: string): Trigger['kind'] {
  if (/^usdPerMillion/.test(name)) return 'price'
  if (name === 'millionTokensPerMonth') return 'volume'
  if (name === 'usdPerGpuHour') return 'rent'
  return 'other'
}

/** `Rent (GPUs of own)`: a number by its title, with its line and its option. */
function inWords(field: string, title: string, { options }: CaseState): string {
  const [head, at, group, index] = field.split('.')
  const option = head === 'options' ? options[Number(at)] : undefined
  if (!option) return title
  const line = group === 'lines' ? option.lines[Number(index)] : undefined
  return `${title} (${line ? `${line.name} of ` : ''}${option.name})`
}

function daysOf({ options, months }: CaseState, today: string): Trigger[] {
  return options.flatMap(({ name, lines, owning, renting }) => {
    const lives = [
      ...(owning && !owning.off.has('replacement') ? [owning.modelLifeMonths] : []),
      ...(renting && !renting.off.has('deprecations') ? [renting.modelLifeMonths] : []),
    ].map(wholeMonths)
    const changes = lines.flatMap((line) =>
      'price' in line && 'month' in line.price ? [line.price.month - 1] : [],
    )
    return [
      ...lives
        .filter((month) => month < months)
        .map((month) => dayTrigger('model replaced', `The model of ${name} is replaced`, month, today)),
      ...changes
        .filter((month) => month > 0 && month < months)
        .map((month) =>
          dayTrigger('price changes', `The price of ${name} is planned to change`, month, today),
        ),
    ]
  })
}

function dayTrigger(kind: Trigger['kind'], what: string, months: number, today: string): Trigger {
  const on = monthsAfter(today, months)
  return { kind, sentence: `${what}: ${on}.`, field: null, value: null, on }
}

/** The same day so many months later, or the last day of a month that has no such day. */
function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const index = month - 1 + months
  const [laterYear, laterMonth] = [year + Math.floor(index / MONTHS_PER_YEAR), (index % MONTHS_PER_YEAR) + 1]
  const last = new Date(Date.UTC(laterYear, laterMonth, 0)).getUTCDate()
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${laterYear}-${two(laterMonth)}-${two(Math.min(date, last))}`
}
