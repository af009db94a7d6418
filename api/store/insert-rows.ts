import { getTableColumns, type InferInsertModel, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from './database.ts'

/** D1 takes a bound text of 2,000,000 bytes; half of that leaves room for what is not ASCII. */
const largestText = 1e6

/**
 * Inserts any number of rows in few statements. D1 binds at most 100 parameters in a query and runs 1,000 queries in
 * an invocation, so thousands of rows travel as one bound JSON text, and SQLite takes it apart.
 */
export async function insertRows<Table extends SQLiteTable>(
  database: Database,
  table: Table,
  rows: readonly InferInsertModel<Table>[],
): Promise<void> {
  const columns = Object.entries<SQLiteColumn>(getTableColumns(table))
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  )
  const values = sql.join(
    columns.map((_, index) => sql.raw(`line ->> ${index}`)),
    sql`, `,
  )
  const lines = rows.map((row: Readonly<Record<string, unknown>>) =>
    JSON.stringify(
      columns.map(([key, column]) => {
        const value = row[key] ?? null
        return value === null ? null : column.mapToDriverValue(value)
      }),
    ),
  )
  for (const text of chunks(lines)) {
    // Materialized: json_each would write out the whole row again for each of its columns.
    await database.run(
      sql`with lines as materialized (select value as line from json_each(${text}))
          insert into ${table} (${names}) select ${values} from lines`,
    )
  }
}

/** Lines as JSON arrays that a statement can bind. */
function* chunks(lines: readonly string[]): Generator<string> {
  let chunk: string[] = []
  let length = 0
  for (const line of lines) {
    if (length + line.length > largestText) {
      yield `[${chunk.join(',')}]`
      chunk = []
      length = 0
    }
    chunk.push(line)
    length += line.length + 1
  }
  if (chunk.length > 0) yield `[${chunk.join(',')}]`
}
