import type { GpuOffer, OfferSource, TokenOffer } from '../../model/offers.ts'
import type { Publisher } from '../import/importer.ts'

export interface Offers {
  readonly tokenOffers: readonly TokenOffer[]
  readonly gpuOffers: readonly GpuOffer[]
}

/** A book parted into what one publisher says and what the others say. */
export function parted(
  { tokenOffers, gpuOffers }: Offers,
  { id }: Publisher,
): { own: Offers; others: Offers } {
  const isOwn = ({ source }: { readonly source: OfferSource }): boolean => source.id === id
  const isOther = ({ source }: { readonly source: OfferSource }): boolean => source.id !== id
  return {
    own: { tokenOffers: tokenOffers.filter(isOwn), gpuOffers: gpuOffers.filter(isOwn) },
    others: { tokenOffers: tokenOffers.filter(isOther), gpuOffers: gpuOffers.filter(isOther) },
  }
}

/** The last day on which any of the offers was seen; empty where there is none. */
export const lastSeenOn = ({ tokenOffers, gpuOffers }: Offers): string =>
  [...tokenOffers, ...gpuOffers].reduce(
    (last, { source }) => (source.observedAt > last ? source.observedAt : last),
    '',
  )

/**
 * A book whose source said on a day that nothing changed: what it printed the last time was seen again. Prices that were
 * doubted then were not printed so.
 */
export function seenAgain(book: Offers, { publisher, day }: { publisher: Publisher; day: string }): Offers {
  const { own, others } = parted(book, publisher)
  const last = lastSeenOn(own)
  if (last === day) return book
  const again = <Offer extends TokenOffer | GpuOffer>(offer: Offer): Offer =>
    offer.source.observedAt === last && (offer.validUntil === null || offer.validUntil > day)
      ? { ...offer, source: { ...offer.source, observedAt: day } }
      : offer
  return {
    tokenOffers: [...others.tokenOffers, ...own.tokenOffers.map(again)],
    gpuOffers: [...others.gpuOffers, ...own.gpuOffers.map(again)],
  }
}
