import { type Answer, answer, type Calculation, prepare } from '../../model/calculation.ts'
import { excelName, type Field, fieldsOf, positionalFields } from '../../model/fields.ts'
import { cellsOf } from './cells-of.ts'
import { choicesOf } from './choices.ts'
import { inputOf, takesRange } from './input.ts'
import { SheetError } from './sheet-error.ts'
import type { Parameter, Scalar, SheetFunction, Surroundings } from './sheet-function.ts'
import { shortened } from './shortened.ts'

/** A calculation as a function of a sheet: one cell, the plain value. */
export const calculationFunction = (calculation: Calculation): SheetFunction => ({
  name: excelName(calculation.id),
  description: shortened(calculation.summary),
  // Read when metadata is made, not while Excel waits for the script to load.
  get parameters() {
    return positionalFields(calculation).map((field) => parameterOf(calculation, field))
  },
  spills: false,
  asks: calculation.prices !== undefined,
  get example() {
    const inCells = calculation.examples.map(({ input }) => cellsOf(calculation, input))
    return inCells.find((cells) => cells !== null) ?? []
  },
  evaluate: (cells, surroundings) => {
    const answered = answerTo(calculation, inputOf(calculation, cells), surroundings)
    return answered instanceof Promise ? answered.then(cellValueOf) : cellValueOf(answered)
  },
})

function parameterOf(calculation: Calculation, field: Field): Parameter {
  const choices = choicesOf(calculation, field)
  return {
    name: field.name,
    description: shortened(
      [
        field.description || field.title,
        field.type !== 'any' && field.unit ? `in ${field.unit}` : undefined,
        defaultText(field),
      ]
        .filter((part) => part !== undefined)
        .join('; '),
    ),
    optional: !isNeeded(field),
    range: takesRange(field),
    repeating: false,
    ...(choices && { choices }),
  }
}

/** A field that only the API's `config` could stand in for must be given in a cell. */
const isNeeded = (field: Field): boolean => field.required || field.requiredUnless !== undefined

const defaultText = (field: Field): string | undefined =>
  field.default === undefined || typeof field.default === 'object'
    ? undefined
    : `default ${String(field.default)}`

/**
 * The whole answer: computed here from the bundled facts, or by the server where it takes prices.
 *
 * @throws InputProblem, SheetError
 */
export function answerTo(
  calculation: Calculation,
  input: Readonly<Record<string, unknown>>,
  { facts, ask }: Surroundings,
): Answer | Promise<Answer> {
  const prepared = prepare(calculation, input)
  return calculation.prices === undefined
    ? answer(calculation, prepared, facts)
    : ask({ id: calculation.id, input: prepared.given })
}

/** @throws SheetError where the answer is unknown, with the reason that the answer itself gives. */
export function cellValueOf({ id, value, assumptions }: Answer): Scalar {
  if (value === null) {
    const missing = assumptions.filter((assumption) => assumption.value === null)
    const reasons = missing.map(({ field, because }) => `${field}: ${because}`)
    throw new SheetError('#N/A', reasons.join(' ') || `${id}: the answer is unknown.`)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new SheetError('#VALUE!', `${id}: the answer is not a finite number.`)
  }
  return value
}

/** The field of a calculation that a person means by a name, ignoring case. */
export const fieldNamed = (calculation: Calculation, name: string): Field | undefined =>
  fieldsOf(calculation).find((field) => field.name.toLowerCase() === name.trim().toLowerCase())
