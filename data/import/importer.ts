import type { GpuOffer, OfferSource, TokenOffer } from '../../model/offers.ts'
import type { Upstream } from './read.ts'

/** A publisher whose price list is taken in. */
export interface Publisher {
  readonly id: string
  readonly title: string
  readonly repository: string
  readonly commit: string | null
  /** The day of the snapshot. */
  readonly observedAt: string
  readonly licence: string
}

/** What identity and rules over the whole book add is left out by an importer. */
export type FoundTokenOffer = Omit<TokenOffer, 'model' | 'modelRule' | 'openWeights' | 'conflictSet'> & {
  /** The publisher's own link to the model, as it spells it; null where it gives none. */
  readonly modelLink: string | null
  /** What the publisher says of the weights; null where it does not say. */
  readonly openWeights: boolean | null
  /** The model's release, where the publisher gives the day. */
  readonly releasedOn: string | null
}
export type FoundGpuOffer = Omit<GpuOffer, 'conflictSet'>

/** A row that was not believed, with the reason. */
export interface Quarantined {
  readonly source: string
  readonly path: string
  /** Which record of the file. */
  readonly record: string
  readonly reason: string
  /** A guard doubts its price, which somebody may release; without it there is no price that could count. */
  readonly doubted?: true
}

export interface Imported {
  readonly tokenOffers?: readonly FoundTokenOffer[]
  readonly gpuOffers?: readonly FoundGpuOffer[]
  readonly quarantined?: readonly Quarantined[]
}

/** Reads one publisher's files and maps them to offers: nothing else. */
export interface Importer {
  readonly publisher: Publisher
  readonly paths: readonly string[]
  run(upstream: Upstream): Imported
}

/** Where an observation stands, for a file of a publisher. */
export const sourceIn = (
  { id, commit, observedAt }: Publisher,
  path: string,
  checkedAt: string | null = null,
): OfferSource => ({ id, path, commit, observedAt, checkedAt })

/** An undated price speaks from the day of its snapshot, or of its publisher's check, on. */
export const undated = ({ checkedAt, observedAt }: OfferSource) =>
  ({ validFrom: checkedAt ?? observedAt, validFromBasis: 'observed', validUntil: null }) as const
