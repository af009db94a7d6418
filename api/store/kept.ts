import { hashOf, isKeyOf, newId, newKey } from './capability.ts'

/** What every record has that is reached by a link and changed by a key. */
interface Keyed {
  readonly id: string
  readonly editKeyHash: string
  /** Raised by every change; a change names the one that it saw. */
  readonly revision: number
  readonly createdAt: string
  readonly savedAt: string
}

export type Kept<Row extends Keyed> = Omit<Row, 'editKeyHash'>
export type ContentOf<Row extends Keyed> = Omit<Row, 'id' | 'editKeyHash' | 'revision' | 'createdAt'>

/** Who may change what: `gone` where there is no such record, `wrong-key`, or `conflict` with the one that is there. */
export type Refusal<Row extends Keyed> =
  | { readonly refused: 'gone' | 'wrong-key' }
  | { readonly refused: 'conflict'; readonly current: Kept<Row> }

interface Change {
  readonly id: string
  readonly editKey: string
  readonly revision: number
}

/** Records that nobody lists: created with a key that is told once, changed only by who has it and saw the last. */
export interface KeptRecords<Row extends Keyed> {
  create(content: ContentOf<Row>): Promise<{ record: Kept<Row>; editKey: string }>
  read(id: string): Promise<Kept<Row> | null>
  /** Replaces the revision that the caller has seen, and no other. */
  replace(change: Change & { readonly content: ContentOf<Row> }): Promise<Kept<Row> | Refusal<Row>>
  remove(change: Change): Promise<'removed' | Refusal<Row>>
}

/** The four statements of one table; each is whole by itself, so that nothing can come in between. */
export interface KeptTable<Row extends Keyed> {
  row(id: string): Promise<Row | undefined>
  insert(content: ContentOf<Row> & Keyed): Promise<Row | undefined>
  /** Where the revision is still the one named. */
  update(seen: Pick<Change, 'id' | 'revision'>, content: ContentOf<Row>): Promise<Row | undefined>
  remove(seen: Pick<Change, 'id' | 'revision'>): Promise<boolean>
}

export function keptRecords<Row extends Keyed>(table: KeptTable<Row>): KeptRecords<Row> {
  /** Why a change did not happen: looked up after it failed. */
  const refusal = async (id: string): Promise<Refusal<Row>> => {
    const row = await table.row(id)
    return row ? { refused: 'conflict', current: shown(row) } : { refused: 'gone' }
  }
  const refusedBefore = async ({ id, editKey }: Change): Promise<Refusal<Row> | null> => {
    const row = await table.row(id)
    if (!row) return { refused: 'gone' }
    return (await isKeyOf(row.editKeyHash, editKey)) ? null : { refused: 'wrong-key' }
  }

  return {
    async create(content) {
      const editKey = newKey()
      const row = await table.insert({
        ...content,
        id: newId(),
        revision: 1,
        createdAt: content.savedAt,
        editKeyHash: await hashOf(editKey),
      })
      if (!row) throw new Error('The record was not kept.')
      return { record: shown(row), editKey }
    },
    async read(id) {
      const row = await table.row(id)
      return row ? shown(row) : null
    },
    async replace(change) {
      const refused = await refusedBefore(change)
      if (refused) return refused
      const row = await table.update(change, change.content)
      return row ? shown(row) : refusal(change.id)
    },
    async remove(change) {
      const refused = await refusedBefore(change)
      if (refused) return refused
      return (await table.remove(change)) ? 'removed' : refusal(change.id)
    },
  }
}

/** The hash of the key leaves the database for nobody. */
const shown = <Row extends Keyed>({ editKeyHash: _, ...record }: Row): Kept<Row> => record
