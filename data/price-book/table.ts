/**
 * A table by columns, each with its distinct values once and, for each row, which of them it has. Small on disk, and
 * nothing is decoded before it is asked for.
 */
export interface Table {
  readonly rowCount: number
  readonly columns: Readonly<Record<string, Column>>
}
export interface Column {
  readonly values: readonly unknown[]
  readonly rows: readonly number[]
}

/** Rows in columns: the values of a column in the order in which they first appear. */
export function tableOf(rows: readonly Readonly<Record<string, unknown>>[]): Table {
  const names = Object.keys(rows[0] ?? {})
  return {
    rowCount: rows.length,
    columns: Object.fromEntries(names.map((name) => [name, columnOf(rows.map((row) => row[name]))])),
  }
}

function columnOf(cells: readonly unknown[]): Column {
  const places = new Map<string, number>()
  const values: unknown[] = []
  const rows = cells.map((cell) => {
    const key = JSON.stringify(cell)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, values.length)
    return values.push(cell) - 1
  })
  return { values, rows }
}

/** What stands in a row of a column. */
export const cellOf = ({ values, rows }: Column, row: number): unknown => values[rows[row] ?? -1]
