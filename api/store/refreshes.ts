import { desc, eq, inArray } from 'drizzle-orm'
import type { KnownFile } from '../../data/refresh/fetch-file.ts'
import type { Database } from './database.ts'
import { liveFiles, refreshedSources, refreshes } from './schema.ts'

/** What became of one source in a run. */
export type SourceOutcome = Omit<typeof refreshedSources.$inferSelect, 'run'>

/** A run of the refresh with what it got from each source. */
export interface RefreshRun {
  readonly run: number
  readonly startedAt: string
  /** Null for a run that is under way, or was cut off. */
  readonly endedAt: string | null
  /** Whether readers see another book since. */
  readonly published: boolean
  readonly sources: readonly SourceOutcome[]
}

export interface Refreshes {
  begin(startedAt: string): Promise<number>
  note(run: number, outcome: SourceOutcome): Promise<void>
  end(run: number, end: { readonly endedAt: string; readonly generation: number | null }): Promise<void>
  /** The last runs, the newest first. */
  last(count: number): Promise<RefreshRun[]>
  knownFiles(): Promise<ReadonlyMap<string, KnownFile>>
  keepFiles(files: ReadonlyMap<string, KnownFile>): Promise<void>
}

export const refreshesIn = (database: Database): Refreshes => ({
  async begin(startedAt) {
    const [row] = await database.insert(refreshes).values({ startedAt }).returning({ run: refreshes.run })
    if (!row) throw new Error('The refresh got no number.')
    return row.run
  },
  async note(run, outcome) {
    await database.insert(refreshedSources).values({ run, ...outcome })
  },
  async end(run, end) {
    await database.update(refreshes).set(end).where(eq(refreshes.run, run))
  },
  async last(count) {
    const runs = await database.select().from(refreshes).orderBy(desc(refreshes.run)).limit(count)
    const numbers = runs.map(({ run }) => run)
    const outcomes = await database
      .select()
      .from(refreshedSources)
      .where(inArray(refreshedSources.run, numbers))
      .orderBy(refreshedSources.source)
    return runs.map(({ generation, ...run }) => ({
      ...run,
      published: generation !== null,
      sources: outcomes.filter((outcome) => outcome.run === run.run).map(({ run: _, ...outcome }) => outcome),
    }))
  },
  async knownFiles() {
    const files = await database.select().from(liveFiles)
    return new Map(files.map(({ url, ...file }) => [url, file]))
  },
  async keepFiles(files) {
    for (const [url, { etag, lastModified }] of files) {
      const state = { etag, lastModified }
      await database
        .insert(liveFiles)
        .values({ url, ...state })
        .onConflictDoUpdate({ target: liveFiles.url, set: state })
    }
  },
})
