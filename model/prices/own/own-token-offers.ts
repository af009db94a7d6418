import type { MeterPrice, TokenOffer } from '../../offers.ts'
import { groupBy } from '../group-by.ts'
import { type Listing, listingsOn } from '../listing.ts'
import { servedName } from '../served-name.ts'
import { nameKey } from '../shelf.ts'
import { discountSource, entriesOn, inUsd, lessPercent, rateSource } from './own-money.ts'
import type { Discount, PriceList, TokenRate } from './price-list.ts'

/** Whose rate it is when the price book has no such seller. */
export const ownSeller = 'own-contract'

export interface OwnTokenQuestion {
  /** The model that was asked for, by any of its names; null for whatever the list has. */
  readonly names: readonly string[] | null
  /** What the public sources say of it. */
  readonly offers: readonly TokenOffer[]
  readonly day: string
}

/** What a price list adds to public offers. */
export interface OwnOffers<Offer> {
  /** One for each public listing that a rate or a discount covers. */
  readonly beside: readonly Offer[]
  /** One for each rate that no public listing is like. */
  readonly alone: readonly Offer[]
}

export function ownTokenOffers(
  list: PriceList,
  { names, offers, day }: OwnTokenQuestion,
): OwnOffers<TokenOffer> {
  const rates = entriesOn(list, 'token-rate', day)
  const discounts = entriesOn(list, 'discount', day).filter(({ covers }) => covers !== 'gpus')
  const used = new Set<TokenRate>()
  const ratesOf = groupBy(rates.map(named), ({ rate }) => rate.seller)
  const beside = listingsOn(offers, day).flatMap((listing) => {
    const { seller } = listing.offer
    const isCovered = coveredBy(listing.offer)
    const own = (ratesOf.get(seller) ?? []).filter(isCovered).map(({ rate }) => rate)
    for (const rate of own) used.add(rate)
    const discount = discounts.find((one) => one.seller === seller)
    return [
      ...(own.length > 0 ? [{ ...listing.offer, ...contract(list, own, day) }] : []),
      ...(discount ? [discounted(list, discount, listing)] : []),
    ]
  })
  const asked = names && new Set([...names, ...offers.map(({ model }) => model ?? '')].map(nameKey))
  const alone = rates.filter((rate) => !used.has(rate) && (asked === null || asked.has(nameKey(rate.model))))
  const grouped = groupBy(alone, ({ seller, model, serviceTier, region }) =>
    JSON.stringify([seller, nameKey(model), serviceTier, region]),
  )
  const byName = new Map(
    offers.flatMap((offer) =>
      [servedName(offer.servedModel), nameKey(offer.model ?? '')].map((name) => [name, offer]),
    ),
  )
  return {
    beside,
    alone: [...grouped.values()].flatMap((own) => {
      const [rate] = own
      if (!rate) return []
      const known = byName.get(nameKey(rate.model)) ?? byName.get(servedName(rate.model))
      return [{ ...unlisted(rate, known), ...contract(list, own, day) }]
    }),
  }
}

/** A list may have thousands of rates: their names are reduced once. */
const named = (rate: TokenRate) => ({ rate, model: nameKey(rate.model), served: servedName(rate.model) })

/** Whether a rate of its seller prices what a listing prices: the model by its id, or the seller's name of it. */
function coveredBy({ model, servedModel, serviceTier, region }: TokenOffer) {
  const [key, served] = [nameKey(model ?? ''), servedName(servedModel)]
  return (own: ReturnType<typeof named>): boolean =>
    own.rate.serviceTier === serviceTier &&
    (own.rate.region === undefined || own.rate.region === region) &&
    (own.model === key || own.served === served)
}

/** What rates of one offer say: prices, days and source. */
function contract(list: PriceList, rates: readonly TokenRate[], day: string) {
  const stated = rates
    .flatMap(({ validFrom }) => validFrom ?? [])
    .toSorted()
    .at(-1)
  const ends = rates.flatMap(({ validUntil }) => validUntil ?? []).toSorted()
  return {
    kind: 'list' as const,
    window: null,
    deprecated: false,
    meters: rates.map((rate) => meterOf(rate.meter, usdOf(list, rate, day))),
    currency: 'USD',
    validFrom: stated ?? (list.savedOn < day ? list.savedOn : day),
    validFromBasis: stated === undefined ? ('observed' as const) : ('stated' as const),
    validUntil: ends[0] ?? null,
    source: rateSource(
      list,
      rates.map(({ currency }) => currency),
      day,
    ),
    conflictSet: null,
  }
}

const usdOf = (list: PriceList, { amountPerMillionTokens, currency }: TokenRate, day: string): number =>
  inUsd(list, amountPerMillionTokens, currency, day)

const meterOf = (meter: string, usdPerMillionTokens: number): MeterPrice => ({
  meter,
  amount: String(usdPerMillionTokens),
  unit: 'token',
  unitSize: 1e6,
  usdPerMillionTokens,
  tierDimension: 'prompt-tokens',
  tierFrom: 0,
  tierFromInclusive: true,
  tierTo: null,
  tierMode: 'whole-request',
  listAmount: null,
})

/** What is sold, where the book does not list it. */
const unlisted = (rate: TokenRate, known: TokenOffer | undefined) => ({
  seller: rate.seller ?? ownSeller,
  servedModel: rate.model,
  model: known?.model ?? null,
  modelRule: known?.modelRule ?? null,
  openWeights: known?.openWeights ?? null,
  serviceTier: rate.serviceTier,
  regionScope: rate.region === undefined ? ('global' as const) : ('region' as const),
  region: rate.region ?? null,
  quantisation: null,
  cachedTokensReported: null,
})

function discounted(list: PriceList, { percentOff }: Discount, { offer, meters }: Listing): TokenOffer {
  return {
    ...offer,
    meters: meters.map(({ source: _, ...price }) => ({
      ...price,
      amount: String(lessPercent(Number(price.amount), percentOff)),
      usdPerMillionTokens:
        price.usdPerMillionTokens === null ? null : lessPercent(price.usdPerMillionTokens, percentOff),
      listAmount: price.amount,
    })),
    source: discountSource(list, percentOff, offer.source),
    conflictSet: null,
  }
}
