import type { GpuOffer, GpuPricing, OfferSource } from '../offers.ts'
import { checkedOn } from './age.ts'
import { holdsOn } from './day.ts'
import { groupBy } from './group-by.ts'
import { differ, isOwn, isOwnRate } from './trust.ts'

/** Which offers of a GPU are asked for. */
export interface GpuSelection {
  readonly day: string
  readonly pricing: GpuPricing
  readonly region?: string | undefined
  readonly termMonths?: number | undefined
}

/** One price of one instance, with the observations that contradict it. */
export interface GpuListing {
  readonly offer: GpuOffer
  readonly usd: number
  readonly disputedBy: readonly GpuOffer[]
}

/**
 * What must be equal for two observations to speak of one price. A list without regions is a list of single GPUs:
 * publishers name its rows as they like, so there the GPU counts, not the row's name.
 */
export const gpuListingKey = (offer: GpuOffer): string =>
  [
    offer.seller,
    offer.region === null ? (offer.gpu ?? offer.instance) : offer.instance,
    offer.gpuCount,
    offer.region ?? '',
    offer.pricing,
    offer.termMonths ?? '',
    offer.operatingSystem ?? 'linux',
    offer.currency,
  ].join('|')

/** One's own rate counts before a discount, and either before what is public. */
const ownRank = (source: OfferSource): number => (isOwnRate(source) ? 0 : isOwn(source) ? 1 : 2)

/** The listings of a day, USD per GPU-hour, the cheapest first. Of several sources one's own counts, else the one checked last. */
export function gpuListings(
  offers: readonly GpuOffer[],
  { day, pricing, region, termMonths }: GpuSelection,
): GpuListing[] {
  const fitting = offers.filter(
    (offer) =>
      holdsOn(offer, day) &&
      offer.pricing === pricing &&
      (region === undefined || offer.region === region.toLowerCase()) &&
      (termMonths === undefined || offer.termMonths === termMonths),
  )
  return [...groupBy(fitting, gpuListingKey).values()]
    .flatMap((observations) => {
      const [offer, ...others] = observations.toSorted(
        (a, b) =>
          ownRank(a.source) - ownRank(b.source) ||
          checkedOn(b.source).localeCompare(checkedOn(a.source)) ||
          (a.usdPerGpuHour ?? 0) - (b.usdPerGpuHour ?? 0) ||
          a.source.id.localeCompare(b.source.id) ||
          a.instance.localeCompare(b.instance),
      )
      if (!offer || offer.usdPerGpuHour === null) return []
      const usd = offer.usdPerGpuHour
      const disputedBy = others.filter(
        ({ usdPerGpuHour, source }) =>
          usdPerGpuHour !== null && source.id !== offer.source.id && differ(usd, usdPerGpuHour),
      )
      return [{ offer, usd, disputedBy }]
    })
    .toSorted((a, b) => a.usd - b.usd || gpuListingKey(a.offer).localeCompare(gpuListingKey(b.offer)))
}

/** The cheapest listing of each seller, the cheapest first. */
export const cheapestBySeller = (listings: readonly GpuListing[]): GpuListing[] =>
  [...groupBy(listings, ({ offer }) => offer.seller).values()].flatMap((own) => own.slice(0, 1))
