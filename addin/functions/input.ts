import type { Calculation } from '../../model/calculation.ts'
import { type Field, positionalFields } from '../../model/fields.ts'
import { didYouMean, quote } from '../../model/problem.ts'
import { fieldValue, isBlank, plainOf, rowsOf } from './cells.ts'
import { SheetError } from './sheet-error.ts'

/**
 * The input of a calculation from the cells of a call, by position.
 *
 * @throws SheetError where a cell cannot be read, or where more arguments are given than there are fields.
 */
export function inputOf(calculation: Calculation, cells: readonly unknown[]): Record<string, unknown> {
  const fields = positionalFields(calculation)
  const extra = cells.slice(fields.length).findIndex((cell) => !isBlank(cell))
  if (extra >= 0) {
    const names = fields.map(({ name }) => name).join(', ')
    throw new SheetError(
      '#VALUE!',
      `${calculation.id} takes at most ${fields.length} arguments (${names}); ${fields.length + extra + 1} were given.`,
    )
  }
  const given = fields.map((field, index) => [field.name, argumentValue(field, cells[index])] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

/** Whether a field takes a range: an object is a range of names and values, a list is a range of values. */
export const takesRange = (field: Field): boolean => field.type === 'object' || field.type === 'array'

function argumentValue(field: Field, cell: unknown): unknown {
  if (isBlank(cell)) return undefined
  if (field.type === 'object') return optionsOf(field, cell)
  if (field.type === 'array') return listOf(field, cell)
  return fieldValue(field, cell)
}

/** A range of two columns, names and values; rows without a name are skipped, names ignore case and separators. */
function optionsOf(field: Field, cell: unknown): Record<string, unknown> | undefined {
  const rows = rowsOf(cell, field.name)
  if (rows.length === 0) return undefined
  if (rows.some((row) => row.length !== 2)) {
    throw new SheetError(
      '#VALUE!',
      `${field.name}: give a range of two columns, names and values; this one has ${rows[0]?.length ?? 0}.`,
    )
  }
  const entries = rows
    .filter(([name]) => !isBlank(name))
    .map(([name, value]) => option(field, String(plainOf(name, field.name)), value))
  return Object.fromEntries(entries)
}

function option(field: Field, name: string, cell: unknown): [string, unknown] {
  const known = field.fields ?? []
  const found = known.find((one) => bare(one.name) === bare(name))
  if (!found) {
    const names = known.map((one) => one.name)
    throw new SheetError(
      '#VALUE!',
      `${field.name}: there is no option ${quote(name)}.${didYouMean(name, names)} Accepted: ${names.join(', ')}.`,
    )
  }
  return [found.name, fieldValue(found, cell, `${field.name}.${found.name}`)]
}

function listOf(field: Field, cell: unknown): unknown[] {
  return rowsOf(cell, field.name)
    .flat()
    .filter((one) => !isBlank(one))
    .map((one) => plainOf(one, field.name))
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
