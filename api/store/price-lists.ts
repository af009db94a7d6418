import { and, eq, sql } from 'drizzle-orm'
import type { PriceList } from '../../model/prices/own/price-list.ts'
import type { Database } from './database.ts'
import { type ContentOf, type Kept, type KeptRecords, keptRecords } from './kept.ts'
import { priceLists } from './schema.ts'

type Row = typeof priceLists.$inferSelect

/** A price list as it is kept. */
export type StoredPriceList = Kept<Row>
export type PriceListContent = ContentOf<Row>

export interface PriceLists extends KeptRecords<Row> {
  /** Those of the ids that there are, by id. */
  lists(ids: readonly string[]): Promise<ReadonlyMap<string, PriceList>>
}

export function priceListsIn(database: Database): PriceLists {
  const isSeen = ({ id, revision }: { readonly id: string; readonly revision: number }) =>
    and(eq(priceLists.id, id), eq(priceLists.revision, revision))
  const kept = keptRecords<Row>({
    row: async (id) => (await database.select().from(priceLists).where(eq(priceLists.id, id)).limit(1))[0],
    insert: async (row) => (await database.insert(priceLists).values(row).returning())[0],
    async update(seen, content) {
      const changed = { ...content, revision: seen.revision + 1 }
      const [row] = await database.update(priceLists).set(changed).where(isSeen(seen)).returning()
      return row
    },
    async remove(seen) {
      return (await database.delete(priceLists).where(isSeen(seen)).returning()).length > 0
    },
  })
  return {
    ...kept,
    async lists(ids) {
      if (ids.length === 0) return new Map()
      const rows = await database
        .select()
        .from(priceLists)
        .where(sql`${priceLists.id} in (select value from json_each(${JSON.stringify(ids)}))`)
      return new Map(
        rows.map(({ id, name, entries, savedAt }) => [id, { name, entries, savedOn: savedAt.slice(0, 10) }]),
      )
    },
  }
}
