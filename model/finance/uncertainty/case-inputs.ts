import { invalid, unknown } from '../../problem.ts'
import { CaseInput } from '../business-case-fields.ts'
import type { CitedRange } from '../lines/figure.ts'
import { type CaseState, type Dial, dialAt, numberPaths } from './case-state.ts'
import type { Uncertainty } from './case-uncertainty-fields.ts'
import { type Quantile, quantileOf } from './distribution.ts'
import { type Bounds, type Field, fieldAt } from './field-bounds.ts'

/** An uncertain input of a case: the numbers that take its values, and what they accept. */
export interface UncertainInput {
  readonly name: string
  readonly fields: readonly string[]
  readonly dials: readonly Dial[]
  readonly quantile: Quantile
  readonly bounds: Bounds
  /** Inputs of one luck are high together: one figure stays one figure, though options state it apart. */
  readonly luck: string
}

/** Numbers that say how long things last: costs beyond the horizon would fall off its end. */
export const isFixed = (path: string): boolean => path === 'months' || path.endsWith('.months')

const anyNumber: Field = {
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  whole: false,
  title: undefined,
}

/** The field of a number of a case; one that the schema does not have was filled in, and is free. */
export function fieldOf(input: CaseInput, path: string): Field {
  const field = fieldAt(CaseInput, input, path.split('.')) ?? anyNumber
  return { ...field, high: Math.min(field.high, lastMonth(input, path)) }
}

/** A single payment falls within the horizon, and so does the loan that it may bring. */
function lastMonth({ options, months }: CaseInput, path: string): number {
  const [, option, , index, name, ...inner] = path.split('.')
  const line = options[Number(option)]?.lines[Number(index)]
  if (name !== 'month' || inner.length > 0 || !line) return Number.POSITIVE_INFINITY
  return line.kind === 'purchase' && line.loan ? months - line.loan.months : months
}

/** The inputs that somebody gave, and the cited ranges of what nobody gave. */
export function uncertainInputs(
  { inputs, citedRanges }: Uncertainty,
  input: CaseInput,
  state: CaseState,
  ranges: readonly CitedRange[],
): UncertainInput[] {
  const given = Object.entries(inputs).map(([name, { fields = [name], value }]): UncertainInput => {
    const at = `uncertainty.inputs.${name}`
    return {
      name,
      fields,
      dials: fields.map((field) => dialOf(field, at, state)),
      quantile: quantileOf(value, `${at}.value`),
      bounds: narrowest(fields.map((field) => fieldOf(input, field))),
      luck: name,
    }
  })
  const taken = new Map<string, string>()
  for (const { fields, name } of given) {
    for (const field of fields) {
      const owner = taken.get(field)
      if (owner !== undefined && owner !== name) {
        throw invalid(
          `uncertainty.inputs.${name}`,
          `uncertainty.inputs.${name}: ${field} already takes its values from "${owner}"; a number has one distribution.`,
        )
      }
      taken.set(field, name)
    }
  }
  return [
    ...given,
    ...(citedRanges
      ? citedInputs(
          ranges.filter(({ field }) => !taken.has(field)),
          input,
          state,
        )
      : []),
  ]
}

function dialOf(field: string, at: string, state: CaseState): Dial {
  if (isFixed(field)) {
    throw invalid(
      at,
      `${at}: ${field} is a length of time that all else is laid out by; it cannot be uncertain.`,
    )
  }
  const dial = dialAt(state, field)
  if (!dial)
    throw unknown(
      at,
      'number',
      field,
      numberPaths(state).filter((path) => !isFixed(path)),
    )
  return dial
}

/** Ranges of one figure with the same ends are one input; with other ends, they share their luck. */
function citedInputs(ranges: readonly CitedRange[], input: CaseInput, state: CaseState): UncertainInput[] {
  const groups = new Map<string, CitedRange[]>()
  for (const range of ranges) {
    const key = [figureOf(range), range.low, range.mode, range.high].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), range])
  }
  const all = [...groups.values()]
  return all.flatMap((group): UncertainInput[] => {
    const [first] = group
    if (!first) return []
    const luck = figureOf(first)
    const alone = all.filter(([other]) => other && figureOf(other) === luck).length === 1
    const fields = group.map(({ field }) => field)
    const name = alone ? luck : `${luck} of ${optionOf(first.field, state)}`
    const { low, mode, high } = first
    return [
      {
        name,
        fields,
        dials: fields.map((field) => dialOf(field, name, state)),
        quantile: quantileOf({ kind: 'triangular', low, mode, high }, name),
        bounds: narrowest(fields.map((field) => fieldOf(input, field))),
        luck,
      },
    ]
  })
}

const figureOf = ({ field }: CitedRange): string => field.slice(field.lastIndexOf('.') + 1)
const optionOf = (field: string, { options }: CaseState): string =>
  options[Number(field.split('.')[1])]?.name ?? field

const narrowest = (all: readonly Bounds[]): Bounds => ({
  low: Math.max(...all.map(({ low }) => low)),
  high: Math.min(...all.map(({ high }) => high)),
  whole: all.some(({ whole }) => whole),
})
