import type { Calculation } from '../../model/calculation.ts'
import { positionalFields } from '../../model/fields.ts'

/** The cells of an input, by position, as a sheet passes them: an omitted argument is null, an object a range. */
export function cellsOf(calculation: Calculation, input: Readonly<Record<string, unknown>>): unknown[] {
  const cells = positionalFields(calculation).map(({ name }) => cellOf(input[name]))
  return cells.slice(0, cells.findLastIndex((cell) => cell !== null) + 1)
}

/** Whether every field of an input can be given in a cell. */
export const fitsInCells = (calculation: Calculation, input: Readonly<Record<string, unknown>>): boolean => {
  const names = new Set(positionalFields(calculation).map(({ name }) => name))
  return Object.keys(input).every((name) => names.has(name))
}

function cellOf(value: unknown): unknown {
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map((one) => [one])
  if (value !== null && typeof value === 'object') return Object.entries(value)
  return value
}
