import type { Field } from '../../model/fields.ts'
import { fromText } from '../../model/fields.ts'
import { quote } from '../../model/problem.ts'
import { SheetError } from './sheet-error.ts'

/** What a cell holds once Excel's wrappers are off; undefined is blank or not given. */
export type Plain = number | string | boolean | undefined

const longestRange = 10_000

/**
 * The value of one cell. A blank cell, an omitted argument (null in Excel) and an empty text are "not given"; a
 * formatted number is its number, an entity card is its id, an error stays an error.
 *
 * @throws SheetError for an error, a range and anything else that is no single value.
 */
export function plainOf(cell: unknown, name: string): Plain {
  if (cell === null || cell === undefined || cell === '') return undefined
  if (typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean') return cell
  if (Array.isArray(cell)) return plainOf(onlyCellOf(cell, name), name)
  return wrapped(cell, name)
}

function onlyCellOf(range: readonly unknown[], name: string): unknown {
  const [row] = range
  const width = Array.isArray(row) ? row.length : 1
  if (range.length === 1 && width === 1) return Array.isArray(row) ? row[0] : row
  throw new SheetError(
    '#VALUE!',
    `${name}: give one cell, not a range of ${range.length} rows and ${width} columns.`,
  )
}

/** Excel's data types carry their plain value in `basicValue`; see the CellValue types of office-js. */
function wrapped(cell: unknown, name: string): Plain {
  const { type, code, basicValue, properties } = cell as Record<string, unknown>
  const shown = errorShown(type, code, basicValue)
  if (shown !== undefined) {
    throw new SheetError(
      shown === '#N/A' ? '#N/A' : '#VALUE!',
      `${name}: the cell that was given holds ${shown}.`,
    )
  }
  if (type === 'Entity' || type === 'LinkedEntity') {
    const id = (properties as Record<string, unknown> | undefined)?.id
    if (id !== undefined) return plainOf(id, name)
    throw new SheetError('#VALUE!', `${name}: the card that was given has no id.`)
  }
  if (type === 'Empty') return undefined
  if (type === 'Array') return plainOf((cell as { elements?: unknown }).elements, name)
  if (basicValue === undefined || typeof basicValue === 'object') {
    throw new SheetError('#VALUE!', `${name}: ${quote(type ?? 'an object')} is not a single value.`)
  }
  return plainOf(basicValue, name)
}

const errorShown = (type: unknown, code: unknown, basicValue: unknown): string | undefined =>
  type === 'Error' || type === 'CustomFunctionError' ? String(basicValue ?? code ?? '#VALUE!') : undefined

/**
 * The rows of a range, blank rows at its end left out.
 *
 * @throws SheetError for a range that is too long to be meant, such as a whole column.
 */
export function rowsOf(cell: unknown, name: string): readonly (readonly unknown[])[] {
  const rows = Array.isArray(cell) ? cell.map((row) => (Array.isArray(row) ? row : [row])) : [[cell]]
  const last = rows.findLastIndex((row) => row.some((one) => !isBlank(one)))
  if (last >= longestRange) {
    throw new SheetError(
      '#VALUE!',
      `${name}: the range has ${last + 1} rows; at most ${longestRange} are taken.`,
    )
  }
  return rows.slice(0, last + 1)
}

export const isBlank = (cell: unknown): boolean => cell === null || cell === undefined || cell === ''

/** A single cell as the value of a field: text numbers, serial dates and 1 or 0 for a boolean are understood. */
export function fieldValue(field: Field, cell: unknown, name = field.name): unknown {
  const value = plainOf(cell, name)
  if (value === undefined) return undefined
  if (typeof value === 'string') return fromText(field, value)
  if (field.format === 'date' && typeof value === 'number') return dateOfSerial(value, name)
  if (field.type === 'string') return String(value)
  if (field.type === 'boolean' && (value === 1 || value === 0)) return value === 1
  return value
}

/** Day 25569 of a sheet is 1970-01-01 (Excel's 1900 date system, from March 1900 on). */
const serialOfUnixEpoch = 25_569
const lastSerial = 2_958_465

function dateOfSerial(serial: number, name: string): string {
  if (!(serial >= 61 && serial <= lastSerial)) {
    throw new SheetError('#VALUE!', `${name}: ${serial} is not a date; give a date cell or YYYY-MM-DD.`)
  }
  return new Date((Math.floor(serial) - serialOfUnixEpoch) * 86_400_000).toISOString().slice(0, 10)
}
