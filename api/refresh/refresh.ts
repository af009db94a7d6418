import { inBookOrder } from '../../data/import/assemble.ts'
import { ImportProblem } from '../../data/import/import-problem.ts'
import { type Fetching, FetchProblem, type KnownFile } from '../../data/refresh/fetch-file.ts'
import { liveImport } from '../../data/refresh/live-import.ts'
import { type LiveSource, withoutLiveReader } from '../../data/refresh/live-sources.ts'
import { lastSeenOn, type Offers, parted, seenAgain } from '../../data/refresh/own-offers.ts'
import { RefusedImport, takenIn } from '../../data/refresh/taken-in.ts'
import { checkedOn } from '../../model/prices/age.ts'
import type { Prices } from '../store/prices.ts'
import type { RefreshRun, SourceOutcome } from '../store/refreshes.ts'

interface RefreshParts {
  readonly prices: Prices
  readonly sources: readonly LiveSource[]
  readonly fetching: Fetching
  /** A source whose rows count whatever the guards say, since somebody has looked. */
  readonly believed?: string | undefined
  now(): Date
}

/**
 * Takes in what the publishers serve now. Each source comes whole or not at all, and one that fails stops no other.
 * Readers see the new book at the end, all of it at once; how to ask for the files again is kept only after that, so
 * that a run that is cut off loses nothing.
 */
export async function refresh({
  prices,
  sources,
  fetching,
  believed,
  now,
}: RefreshParts): Promise<RefreshRun> {
  const { refreshes } = prices
  const day = now().toISOString().slice(0, 10)
  const run = await refreshes.begin(now().toISOString())
  const before = await prices.whole()
  const known = believed === undefined ? await refreshes.knownFiles() : new Map()
  const files = new Map<string, KnownFile>()
  let book: Offers = before
  for (const source of sources) {
    const { offers, taken, outcome } = await renewed(book, source, { known, fetching, day, believed })
    book = offers
    for (const [url, file] of taken) files.set(url, file)
    await refreshes.note(run, outcome)
  }
  for (const source of withoutLiveReader) await refreshes.note(run, { ...nothing, ...noReader, source })

  const published =
    book === before
      ? null
      : await prices.replace({ ...before, ...inBookOrder(book), pricesAsOf: lastDay(book) })
  await refreshes.keepFiles(files)
  await refreshes.end(run, { endedAt: now().toISOString(), generation: published?.generation ?? null })
  const [ended] = await refreshes.last(1)
  if (!ended) throw new Error('The refresh was not recorded.')
  return ended
}

const nothing = { bytes: 0, rows: 0, added: 0, changed: 0, ended: 0, unchanged: 0, refused: [] } as const
const noReader = {
  outcome: 'no-live-reader',
  detail: 'No live reader yet: nobody has seen its live form.',
} as const

/** The book after one source, with what is to be recorded of it. */
async function renewed(
  book: Offers,
  source: LiveSource,
  {
    known,
    fetching,
    day,
    believed,
  }: { known: ReadonlyMap<string, KnownFile>; fetching: Fetching; day: string; believed: string | undefined },
): Promise<{ offers: Offers; taken: ReadonlyMap<string, KnownFile>; outcome: SourceOutcome }> {
  const { publisher } = source.importer
  try {
    const { imported, files, bytes } = await liveImport(source, known, fetching)
    if (imported === null) {
      const detail = 'Its files are those that were taken in before.'
      const outcome = { ...nothing, source: publisher.id, outcome: 'unchanged', detail } as const
      return { offers: seenAgain(book, { publisher, day }), taken: files, outcome }
    }
    const isBelieved = believed === publisher.id
    const { tokenOffers, gpuOffers, refused, ...counts } = takenIn(book, imported, {
      publisher,
      day,
      isBelieved,
    })
    const moved = counts.added + counts.changed + counts.ended
    const outcome = {
      source: publisher.id,
      outcome: moved === 0 ? 'unchanged' : 'renewed',
      detail: moved === 0 ? 'Its prices are those that were known.' : 'Taken in.',
      bytes,
      refused,
      ...counts,
    } as const
    const isAsBefore = moved === 0 && lastSeenOn(parted(book, publisher).own) === day
    return { offers: isAsBefore ? book : { tokenOffers, gpuOffers }, taken: files, outcome }
  } catch (error) {
    const detail = sentenceOf(error)
    return {
      offers: book,
      taken: new Map(),
      outcome: { ...nothing, source: publisher.id, outcome: 'refused', detail },
    }
  }
}

/** Whatever happens to one source is said of that source: the others go on. */
const sentenceOf = (error: unknown): string =>
  error instanceof FetchProblem || error instanceof ImportProblem || error instanceof RefusedImport
    ? error.message
    : `Reading it failed: ${error instanceof Error ? error.message : String(error)}.`

const lastDay = ({ tokenOffers, gpuOffers }: Offers): string | null =>
  [...tokenOffers, ...gpuOffers].reduce<string | null>((last, { source }) => {
    const day = checkedOn(source)
    return last === null || day > last ? day : last
  }, null)
