import agreementList from './price-book/agreement.json' with { type: 'json' }
import publisherList from './price-book/publishers.json' with { type: 'json' }
import quarantineList from './price-book/quarantine.json' with { type: 'json' }
import { rowId } from './released.ts'

/** A publisher whose price list is in the book, with its licence, its day and what was taken from it. */
export interface PublisherRecord {
  readonly id: string
  readonly title: string
  readonly repository: string
  readonly commit: string | null
  readonly observedAt: string
  readonly licence: string
  readonly paths: readonly string[]
  readonly tokenOffers: number
  readonly gpuOffers: number
  readonly quarantined: number
}
export const publishers: readonly PublisherRecord[] = publisherList

/** Rows of a file that were not believed, for one reason. */
interface QuarantineRecord {
  readonly source: string
  readonly path: string
  readonly reason: string
  /** A guard doubts their prices: somebody may look and release them. */
  readonly doubted?: boolean
  readonly records: readonly string[]
}
export const quarantine: readonly QuarantineRecord[] = quarantineList

/** The same, a row of the publisher each; one that can be released has an id. */
export const quarantinedRows = () =>
  quarantine.flatMap(({ records, doubted = false, ...shared }) =>
    records.map((record) => {
      const row = { ...shared, record }
      return { ...row, id: doubted ? rowId(row) : null }
    }),
  )

/** How often the sources agree, pair by pair. */
export const agreement: readonly AgreementRecord[] = agreementList

interface AgreementRecord {
  readonly sources: readonly string[]
  readonly pairs: number
  readonly agreeing: number
  readonly share: number
  readonly bySeller: readonly { readonly seller: string; readonly pairs: number; readonly agreeing: number }[]
}

/** How often one source agrees with each of the others. */
export const agreementOf = (id: string) =>
  agreement.flatMap(({ sources, pairs, agreeing, share }) =>
    sources
      .filter((other) => sources.includes(id) && other !== id)
      .map((other) => ({ with: other, pairs, agreeing, share })),
  )
