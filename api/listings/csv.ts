import { csvCell } from '../../model/csv-cell.ts'

/** A table as RFC 4180 has it. */
export function csv(columns: readonly string[], lines: readonly unknown[]): string {
  const rows = lines.map((line) => columns.map((path) => csvCell(at(line, path))))
  return [columns, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

const at = (line: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (value !== null && typeof value === 'object' ? Reflect.get(value, step) : undefined),
      line,
    )
