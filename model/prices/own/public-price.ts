import type { Facts } from '../../facts.ts'
import type { GpuOffer, OfferSource } from '../../offers.ts'
import { checkedOn, isStale } from '../age.ts'
import { cheapestBySeller, type GpuSelection, gpuListings } from '../gpu-market.ts'
import type { Listing } from '../listing.ts'
import type { PublicPrice } from '../price-fields.ts'
import { type SellerPrice, sellerPrices, standardPrice, type TokenSelection } from '../token-market.ts'

/** What is public beside one's own token price: the same seller's, or else what would stand without a list. */
export function publicTokenPrice(asked: {
  /** Without the list's own prices. */
  readonly facts: Facts
  readonly model: string
  readonly chosen: SellerPrice
  readonly selection: TokenSelection
  readonly usdOf: (listing: Listing) => number | null
}): PublicPrice | null {
  const { facts, model, chosen, selection, usdOf } = asked
  const offers = facts.tokenOffers({ kind: 'token', model })
  const prices = sellerPrices(offers, { ...selection, seller: undefined }, usdOf)
  const price = prices.find(({ seller }) => seller === chosen.seller) ?? standardPrice(prices)
  return price && shown({ ...price, source: price.listing.offer.source }, facts.asOf)
}

/** The same for a GPU's hour. */
export function publicGpuPrice(
  offers: readonly GpuOffer[],
  {
    seller,
    selection,
    asOf,
  }: { readonly seller: string; readonly selection: GpuSelection; readonly asOf: string },
): PublicPrice | null {
  const listings = cheapestBySeller(gpuListings(offers, selection))
  const price = listings.find(({ offer }) => offer.seller === seller) ?? listings[0]
  return price ? shown({ ...price.offer, usd: price.usd }, asOf) : null
}

const shown = (
  { usd, seller, source }: { readonly usd: number; readonly seller: string; readonly source: OfferSource },
  asOf: string,
): PublicPrice => ({
  usd,
  seller,
  source: source.id,
  checkedOn: checkedOn(source),
  isStale: isStale(source, asOf),
})
