import { agreements } from '../../model/prices/agreement.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { gpuTable, tokenTable } from '../price-book/codec.ts'
import type { Book } from './assemble.ts'

/** The files of the shipped book by name: the same book gives the same bytes. */
export function shippedFiles(book: Book): Readonly<Record<string, string>> {
  const rejected = [
    ...groupBy(book.quarantined, ({ source, path, reason }) => `${source}\t${path}\t${reason}`),
  ]
  return {
    'agreement.json': JSON.stringify(agreements(book.tokenOffers)),
    'publishers.json': JSON.stringify(book.publishers, null, 1),
    'models.json': JSON.stringify({ models: book.models, ambiguous: book.ambiguous }),
    'token-offers.json': JSON.stringify(tokenTable(book.tokenOffers)),
    'gpu-offers.json': JSON.stringify(gpuTable(book.gpuOffers)),
    'quarantine.json': JSON.stringify(
      rejected.flatMap(([, own]) => {
        const [first] = own
        if (!first) return []
        const { source, path, reason, doubted } = first
        return [
          { source, path, reason, ...(doubted && { doubted }), records: own.map(({ record }) => record) },
        ]
      }),
    ),
  }
}
