import publisherList from './price-book/publishers.json' with { type: 'json' }
import quarantineList from './price-book/quarantine.json' with { type: 'json' }

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
  readonly records: readonly string[]
}
export const quarantine: readonly QuarantineRecord[] = quarantineList
