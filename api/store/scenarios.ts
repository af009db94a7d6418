import { and, eq } from 'drizzle-orm'
import type { Database } from './database.ts'
import { type ContentOf, type Kept, type KeptRecords, keptRecords } from './kept.ts'
import { scenarios } from './schema.ts'

type Row = typeof scenarios.$inferSelect

/** A scenario as it is kept; its input and answer are JSON. */
export type StoredScenario = Kept<Row>
export type ScenarioContent = ContentOf<Row>
export type Scenarios = KeptRecords<Row>

export function scenariosIn(database: Database): Scenarios {
  const isSeen = ({ id, revision }: { readonly id: string; readonly revision: number }) =>
    and(eq(scenarios.id, id), eq(scenarios.revision, revision))
  return keptRecords({
    row: async (id) => (await database.select().from(scenarios).where(eq(scenarios.id, id)).limit(1))[0],
    insert: async (row) => (await database.insert(scenarios).values(row).returning())[0],
    async update(seen, content) {
      const changed = { ...content, revision: seen.revision + 1 }
      const [row] = await database.update(scenarios).set(changed).where(isSeen(seen)).returning()
      return row
    },
    async remove(seen) {
      return (await database.delete(scenarios).where(isSeen(seen)).returning()).length > 0
    },
  })
}
