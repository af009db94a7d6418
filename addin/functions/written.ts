import { namespace } from './namespace.ts'

/** A formula as a person types it: `=WEIGHTS.MEMORY(70000000000,"int4")`. */
export const written = (name: string, cells: readonly unknown[]): string =>
  `=${namespace}.${name}(${cells.map(argument).join(',')})`

function argument(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (Array.isArray(cell)) return `{${cell.map((row: unknown[]) => row.map(argument).join(',')).join(';')}}`
  if (typeof cell === 'string') return `"${cell.replaceAll('"', '""')}"`
  return typeof cell === 'number' ? String(cell) : String(cell).toUpperCase()
}
