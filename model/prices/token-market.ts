import type { OfferKind, ServiceTier, TokenOffer } from '../offers.ts'
import { groupBy } from './group-by.ts'
import { type Listing, listingsOn } from './listing.ts'
import { servedName } from './served-name.ts'
import { isOwnRate } from './trust.ts'

/** Which of a model's listings are asked for. */
export interface TokenSelection {
  readonly day: string
  readonly serviceTier: ServiceTier
  readonly seller?: string | undefined
  readonly region?: string | undefined
  /** The name that was asked for: a seller's listing of that very name comes before its other ones. */
  readonly name: string
}

/** What one seller asks for the model. */
export interface SellerPrice {
  readonly seller: string
  readonly listing: Listing
  readonly usd: number
}

/** Kinds that state what anybody pays; a router's price is one as well, but names no host. */
export const paidKinds: readonly OfferKind[] = ['list', 'promo', 'router']

/**
 * One price for each seller that has one, the cheapest first.
 *
 * Of several listings of one seller the one whose name was asked for counts, then the one for the region that was asked
 * for, else the one for all regions, then the one that holds all day or longest, then the cheapest.
 */
export function sellerPrices(
  offers: readonly TokenOffer[],
  { day, serviceTier, seller, region, name }: TokenSelection,
  usdOf: (listing: Listing) => number | null,
): SellerPrice[] {
  const asked = servedName(name)
  const fitting = offers.filter(
    (offer) =>
      offer.serviceTier === serviceTier &&
      (seller === undefined || offer.seller === seller.toLowerCase()) &&
      (region === undefined || offer.region === null || offer.region === region.toLowerCase()) &&
      paidKinds.includes(offer.kind) &&
      (!offer.deprecated || servedName(offer.servedModel) === asked),
  )
  const priced = listingsOn(fitting, day).flatMap((listing) => {
    const usd = usdOf(listing)
    return usd === null || usd <= 0 ? [] : [{ seller: listing.offer.seller, listing, usd }]
  })
  const isNear = (offer: TokenOffer): boolean => offer.region === (region?.toLowerCase() ?? null)
  const preferred = (a: SellerPrice, b: SellerPrice): number =>
    Number(servedName(b.listing.offer.servedModel) === asked) -
      Number(servedName(a.listing.offer.servedModel) === asked) ||
    Number(isNear(b.listing.offer)) - Number(isNear(a.listing.offer)) ||
    windowSeconds(b.listing.offer) - windowSeconds(a.listing.offer) ||
    a.usd - b.usd ||
    a.listing.offer.servedModel.localeCompare(b.listing.offer.servedModel)
  return [...groupBy(priced, (price) => price.seller).values()]
    .flatMap((own) => own.toSorted(preferred).slice(0, 1))
    .toSorted((a, b) => a.usd - b.usd || a.seller.localeCompare(b.seller))
}

const secondsPerDay = 86_400
const secondOfDay = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}
const windowSeconds = ({ window }: TokenOffer): number =>
  window === null
    ? secondsPerDay
    : (secondOfDay(window.until) - secondOfDay(window.from) + secondsPerDay) % secondsPerDay

/**
 * Whose price stands for a model when no seller is named: a contract of one's own, else for closed weights their maker's own, for open weights
 * the cheapest host's list price, and a router's only where there is no host.
 */
export function standardPrice(prices: readonly SellerPrice[]): SellerPrice | null {
  const contracted = prices.find(({ listing: { offer } }) => isOwnRate(offer.source))
  if (contracted) return contracted
  const ofMaker = prices.find(({ listing: { offer } }) => offer.openWeights !== true && isMaker(offer))
  return ofMaker ?? prices.find(({ listing: { offer } }) => offer.kind !== 'router') ?? prices[0] ?? null
}

/** Closed models are named `maker/name`, and a maker sells under its own name. */
const isMaker = ({ model, seller }: TokenOffer): boolean => model !== null && model.split('/')[0] === seller

/** Lowest, median and highest of the sellers' prices. */
export function spread(prices: readonly { readonly usd: number }[]): {
  lowest: number
  median: number
  highest: number
} | null {
  const sorted = prices.map(({ usd }) => usd).toSorted((a, b) => a - b)
  const [lowest] = sorted
  const highest = sorted.at(-1)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  const lower = sorted.length % 2 === 1 ? upper : sorted[middle - 1]
  if (lowest === undefined || highest === undefined || upper === undefined || lower === undefined) return null
  return { lowest, median: (lower + upper) / 2, highest }
}
