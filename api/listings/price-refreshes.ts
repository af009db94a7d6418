import { z } from 'zod'
import { listing, pageFields, pageOf } from './listing.ts'

/** Runs that are looked back on. */
const mostRuns = 100

export const priceRefreshes = listing({
  id: 'prices/refreshes',
  title: 'Refreshes of the prices',
  summary:
    'Runs of the refresh, the newest first: what came from each source, what changed, and what was refused, with the reasons',
  example: 'limit=1',
  input: z.strictObject(pageFields),
  columns: [
    'run',
    'startedAt',
    'endedAt',
    'published',
    'source.source',
    'source.outcome',
    'source.detail',
    'source.bytes',
    'source.rows',
    'source.added',
    'source.changed',
    'source.ended',
    'source.unchanged',
    'source.refused',
  ],
  async page(page, { prices }) {
    return pageOf(await prices.refreshes.last(mostRuns), page)
  },
  lines: ({ sources, ...run }) => sources.map((source) => ({ ...run, source })),
})
