import type { Facts } from '../facts.ts'
import type { GpuOffer, GpuQuery, TokenOffer, TokenQuery } from '../offers.ts'

/** Offers that were fetched before a calculation: those of each model's name, and those of all the GPUs. */
export interface Shelf {
  readonly pricesAsOf: string | null
  /** By the name that was asked, in lower case. */
  readonly tokenOffers: ReadonlyMap<string, readonly TokenOffer[]>
  readonly gpuOffers: readonly GpuOffer[]
}

/** How names are compared: in lower case, without the space around them. */
export const nameKey = (name: string): string => name.trim().toLowerCase()

/** Our own id of the model or the GPU that a query names, or the name itself. */
export const nameAsked = (query: TokenQuery | GpuQuery, facts: Facts): string =>
  query.kind === 'token'
    ? (facts.weights(query.model)?.id ?? query.model)
    : (facts.gpu(query.gpu)?.id ?? query.gpu)

/** Facts that find their offers on a shelf. */
export const withShelf = (facts: Facts, { pricesAsOf, tokenOffers, gpuOffers }: Shelf): Facts => ({
  ...facts,
  pricesAsOf,
  tokenOffers: (query: TokenQuery) =>
    (tokenOffers.get(nameKey(nameAsked(query, facts))) ?? []).filter(
      (offer) => fits(query.seller, offer.seller) && !isOver(offer, query.asOf),
    ),
  gpuOffers(query: GpuQuery) {
    const asked = nameKey(nameAsked(query, facts))
    return gpuOffers.filter(
      (offer) =>
        [offer.gpu, offer.instance].some((name) => name?.toLowerCase() === asked) &&
        fits(query.seller, offer.seller) &&
        fits(query.pricing, offer.pricing) &&
        fits(query.region, offer.region) &&
        !isOver(offer, query.asOf),
    )
  },
})

const fits = (asked: string | undefined, known: string | null): boolean =>
  asked === undefined || asked.toLowerCase() === known

const isOver = ({ validUntil }: { readonly validUntil: string | null }, asOf: string | undefined): boolean =>
  asOf !== undefined && validUntil !== null && validUntil <= asOf
