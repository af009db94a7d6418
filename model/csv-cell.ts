/** A value as a cell of CSV (RFC 4180): of several parts it is written as JSON, and what is unknown is empty. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // A sheet takes what begins like this as a formula (OWASP, CSV injection); numbers are none.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
