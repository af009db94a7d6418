import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Database } from './database.ts'
import * as schema from './schema.ts'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

export interface EmbeddedDatabase {
  readonly database: Database
  close(): void
}

/**
 * A database file of our own, created where there is none, and brought to the newest schema.
 *
 * @throws Error with a sentence naming the file that cannot be opened.
 */
export function openEmbedded(path: string): EmbeddedDatabase {
  try {
    const file = new Sqlite(path, { timeout: 5000 })
    file.pragma('journal_mode = WAL')
    file.pragma('synchronous = NORMAL')
    const database = drizzle(file, { schema })
    migrate(database, { migrationsFolder })
    return { database, close: () => file.close() }
  } catch (error) {
    throw new Error(
      `The database ${path} cannot be opened: ${error instanceof Error ? error.message : error}.`,
    )
  }
}
