import { and, eq } from 'drizzle-orm'
import { hashOf, isKeyOf, newId, newKey } from './capability.ts'
import type { Database } from './database.ts'
import { scenarios } from './schema.ts'

type Row = typeof scenarios.$inferSelect

/** A scenario as it is kept; its input and answer are JSON. */
export type StoredScenario = Omit<Row, 'editKeyHash'>
export type ScenarioContent = Omit<StoredScenario, 'id' | 'revision' | 'createdAt'>

/** Who may change what: `gone` where there is no such scenario, `wrong-key`, or `conflict` with the one that is there. */
export type Refusal =
  | { readonly refused: 'gone' | 'wrong-key' }
  | { readonly refused: 'conflict'; readonly current: StoredScenario }

export interface Scenarios {
  create(content: ScenarioContent): Promise<{ scenario: StoredScenario; editKey: string }>
  read(id: string): Promise<StoredScenario | null>
  /** Replaces the revision that the caller has seen, and no other. */
  replace(change: Change & { readonly content: ScenarioContent }): Promise<StoredScenario | Refusal>
  remove(change: Change): Promise<'removed' | Refusal>
}

interface Change {
  readonly id: string
  readonly editKey: string
  readonly revision: number
}

export function scenariosIn(database: Database): Scenarios {
  const rowOf = async (id: string): Promise<Row | undefined> => {
    const [row] = await database.select().from(scenarios).where(eq(scenarios.id, id)).limit(1)
    return row
  }
  const isRevision = ({ id, revision }: Change) => and(eq(scenarios.id, id), eq(scenarios.revision, revision))

  /** Why a change did not happen: looked up after it failed, so that nothing can come in between. */
  const refusal = async ({ id }: Change): Promise<Refusal> => {
    const row = await rowOf(id)
    return row ? { refused: 'conflict', current: shown(row) } : { refused: 'gone' }
  }
  const refusedBefore = async ({ id, editKey }: Change): Promise<Refusal | null> => {
    const row = await rowOf(id)
    if (!row) return { refused: 'gone' }
    return (await isKeyOf(row.editKeyHash, editKey)) ? null : { refused: 'wrong-key' }
  }

  return {
    async create(content) {
      const editKey = newKey()
      const row = {
        ...content,
        id: newId(),
        revision: 1,
        createdAt: content.savedAt,
        editKeyHash: await hashOf(editKey),
      }
      await database.insert(scenarios).values(row)
      return { scenario: shown(row), editKey }
    },
    async read(id) {
      const row = await rowOf(id)
      return row ? shown(row) : null
    },
    async replace(change) {
      const refused = await refusedBefore(change)
      if (refused) return refused
      const [row] = await database
        .update(scenarios)
        .set({ ...change.content, revision: change.revision + 1 })
        .where(isRevision(change))
        .returning()
      return row ? shown(row) : refusal(change)
    },
    async remove(change) {
      const refused = await refusedBefore(change)
      if (refused) return refused
      const [row] = await database.delete(scenarios).where(isRevision(change)).returning({ id: scenarios.id })
      return row ? 'removed' : refusal(change)
    },
  }
}

/** The hash of the key leaves the database for nobody. */
const shown = ({ editKeyHash: _, ...scenario }: Row): StoredScenario => scenario
