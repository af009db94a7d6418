import type { Calculation } from '../../model/calculation.ts'
import { positionalFields } from '../../model/fields.ts'

/**
 * The cells of an input, by position, as a sheet passes them: an omitted argument is null, an object is a range of
 * names and values. Null where the input has a field that cells cannot give.
 */
export function cellsOf(
  calculation: Calculation,
  input: Readonly<Record<string, unknown>>,
): readonly unknown[] | null {
  const fields = positionalFields(calculation)
  const names = new Set(fields.map(({ name }) => name))
  if (!Object.keys(input).every((name) => names.has(name))) return null
  const cells = fields.map(({ name }) => cellOf(input[name]))
  return cells.slice(0, cells.findLastIndex((cell) => cell !== null) + 1)
}

function cellOf(value: unknown): unknown {
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map((one) => [one])
  if (value !== null && typeof value === 'object') return Object.entries(value)
  return value
}
