import { z } from 'zod'
import { groupBy } from '../../model/prices/group-by.ts'
import { unknown } from '../../model/problem.ts'
import type { RefreshRun } from '../store/refreshes.ts'
import type { RefusedRow } from '../store/schema.ts'
import { freeText, listing, matches, pageFields, pageOf, saysEveryWord } from './listing.ts'

export const priceQuarantine = listing({
  id: 'prices/quarantine',
  title: 'Prices in quarantine',
  summary:
    'Rows of the publishers that were not believed, and why: none of them is in any answer. One with an id can be released on the command line',
  example: 'source=litellm&limit=3',
  input: z.strictObject({
    source: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ title: 'Source', description: 'An id of /v1/prices/sources, such as litellm' }),
    q: freeText('record, path and reason'),
    ...pageFields,
  }),
  columns: ['source', 'path', 'record', 'reason', 'id'],
  async page({ source, q, ...page }, { prices }) {
    const { publishers, quarantinedRows } = await import('../../data/provenance.ts')
    if (source !== undefined && !publishers.some(({ id }) => matches(source, id))) {
      throw unknown(
        'source',
        'source',
        source,
        publishers.map(({ id }) => id),
      )
    }
    const fitting = withRefused(quarantinedRows(), await prices.refreshes.last(runsLookedAt)).filter(
      (row) => matches(source, row.source) && saysEveryWord(q, [row.record, row.path, row.reason]),
    )
    return pageOf(fitting, page)
  },
})

/** A source that failed in all of these runs is told apart by its age. */
const runsLookedAt = 20

/** The rows of the shipped book, and those that the last refresh of each source refused: an import of which all waits is one. */
function withRefused<Row extends RefusedRow>(
  shipped: readonly Row[],
  runs: readonly RefreshRun[],
): readonly RefusedRow[] {
  const outcomes = runs
    .flatMap(({ sources }) => sources)
    .filter(({ outcome, bytes }) => outcome === 'refused' || bytes > 0)
  const last = [...groupBy(outcomes, ({ source }) => source).values()].flatMap((own) => own.slice(0, 1))
  const refused = last.flatMap(({ source, outcome, detail, refused }) =>
    outcome === 'refused' ? [{ source, path: '', record: 'the whole import', reason: detail }] : refused,
  )
  const keyOf = ({ source, path, record, reason }: RefusedRow) =>
    JSON.stringify([source, path, record, reason])
  const known = new Set(shipped.map(keyOf))
  return [...shipped, ...refused.filter((row) => !known.has(keyOf(row)))]
}
