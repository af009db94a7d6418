import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type * as schema from './schema.ts'

/** Either driver: every query is awaited, and none opens a transaction, which D1 does not have. */
export type Database = BaseSQLiteDatabase<'sync' | 'async', unknown, typeof schema>
