import type { Imported } from '../import/importer.ts'
import { type Fetching, fetchFile, type KnownFile } from './fetch-file.ts'
import { fetchedUpstream } from './fetched-upstream.ts'
import type { LiveSource } from './live-sources.ts'

/** What a source served: nothing new, or everything. */
export interface LiveImport {
  /** Null where each file is the one that was taken before. */
  readonly imported: Imported | null
  /** How to ask for the files the next time, by their address. */
  readonly files: ReadonlyMap<string, KnownFile>
  readonly bytes: number
}

/**
 * Takes all files of a source and reads them: all or nothing. Where one changed, the others are asked for in full
 * as well, since the importer reads them together.
 *
 * @throws FetchProblem when one does not come, ImportProblem when one cannot be believed.
 */
export async function liveImport(
  { importer, files }: LiveSource,
  known: ReadonlyMap<string, KnownFile>,
  fetching: Fetching,
): Promise<LiveImport> {
  const contents = new Map<string, Uint8Array>()
  const states = new Map<string, KnownFile>()
  const take = async ({ path, url }: LiveSource['files'][number], state: KnownFile | null): Promise<void> => {
    const { bytes, etag, lastModified } = await fetchFile(url, state, fetching)
    states.set(url, { etag, lastModified })
    if (bytes !== null) contents.set(path, bytes)
  }
  for (const file of files) await take(file, known.get(file.url) ?? null)
  if (contents.size === 0) return { imported: null, files: states, bytes: 0 }
  for (const file of files) if (!contents.has(file.path)) await take(file, null)
  return {
    imported: importer.run(fetchedUpstream(contents)),
    files: states,
    bytes: [...contents.values()].reduce((sum, { length }) => sum + length, 0),
  }
}
