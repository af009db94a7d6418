import { z } from 'zod'
import { unknown } from '../../model/problem.ts'
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
  async page({ source, q, ...page }) {
    const { publishers, quarantinedRows } = await import('../../data/provenance.ts')
    if (source !== undefined && !publishers.some(({ id }) => matches(source, id))) {
      throw unknown(
        'source',
        'source',
        source,
        publishers.map(({ id }) => id),
      )
    }
    const fitting = quarantinedRows().filter(
      (row) => matches(source, row.source) && saysEveryWord(q, [row.record, row.path, row.reason]),
    )
    return pageOf(fitting, page)
  },
})
