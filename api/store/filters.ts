import { and, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { nameKey } from '../../model/prices/shelf.ts'

export interface Page {
  readonly limit: number
  readonly offset: number
}

/** Offers that hold on the day that was asked. */
export interface OfferPage<Offer> {
  readonly total: number
  readonly offers: readonly Offer[]
  /** Where none holds, the first day of the others that fit; else null. */
  readonly firstDay: string | null
}

/** Any number of names as one bound parameter, since D1 binds at most 100. Names are compared in lower case. */
export const isAnyOf = (lowered: SQLWrapper, names: readonly string[]): SQL =>
  sql`${lowered} in (select value from json_each(${JSON.stringify(names.map(nameKey))}))`

/** Free text: each of its words stands somewhere in one of the columns, ignoring case. */
export function everyWordIn(text: string | undefined, columns: readonly SQLiteColumn[]): SQL | undefined {
  const words = (text ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean)
  const searched = sql.join(
    columns.map((column) => sql`coalesce(${column}, '')`),
    sql` || ' ' || `,
  )
  return and(...words.map((word) => sql`instr(lower(${searched}), ${word}) > 0`))
}
