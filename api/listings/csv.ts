/** A table as RFC 4180 has it. A value of several parts is written as JSON; null is an empty cell. */
export function csv(columns: readonly string[], lines: readonly unknown[]): string {
  const rows = lines.map((line) => columns.map((path) => cell(at(line, path))))
  return [columns, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

const at = (line: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (value !== null && typeof value === 'object' ? Reflect.get(value, step) : undefined),
      line,
    )

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // A sheet takes what begins like this as a formula (OWASP, CSV injection); numbers are none.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
