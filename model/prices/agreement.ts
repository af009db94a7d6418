import type { TokenOffer } from '../offers.ts'
import { groupBy } from './group-by.ts'
import { listingKey } from './listing.ts'
import { differ } from './trust.ts'

/** How often two sources print the same price for the same listing. */
export interface Agreement {
  readonly sources: readonly [string, string]
  /** Listings that both price. */
  readonly pairs: number
  /** Of these, the ones with the same input and output price, within the half per cent that is no dispute. */
  readonly agreeing: number
  readonly share: number
  readonly bySeller: readonly { readonly seller: string; readonly pairs: number; readonly agreeing: number }[]
}

/** How listings of two sources are matched, in a sentence. */
export const agreementRule =
  'Same seller and same served name after normalising, standard tier, no region or time of day, both with an input and an output price; promotions and routers included, free and subscription offers not.'

/** The pairwise agreement of sources, over the observations that still hold. */
export function agreements(offers: readonly TokenOffer[]): Agreement[] {
  const comparable = offers.filter(
    (offer) =>
      offer.serviceTier === 'standard' &&
      offer.region === null &&
      offer.window === null &&
      offer.validUntil === null &&
      offer.kind !== 'free' &&
      offer.kind !== 'subscription' &&
      basePrice(offer, 'input') !== null &&
      basePrice(offer, 'output') !== null,
  )
  const pairs = [...groupBy(comparable, listingKey).values()].flatMap(pairsOf)
  return [...groupBy(pairs, ({ sources }) => sources.join(' ')).values()]
    .flatMap((own) => {
      const [first] = own
      if (!first) return []
      const agreeing = own.filter(({ agrees }) => agrees).length
      const sellers = [...groupBy(own, ({ seller }) => seller)].map(([seller, theirs]) => ({
        seller,
        pairs: theirs.length,
        agreeing: theirs.filter(({ agrees }) => agrees).length,
      }))
      return [
        {
          sources: first.sources,
          pairs: own.length,
          agreeing,
          share: agreeing / own.length,
          bySeller: sellers.toSorted((a, b) => b.pairs - a.pairs || (a.seller < b.seller ? -1 : 1)),
        },
      ]
    })
    .toSorted((a, b) => b.pairs - a.pairs)
}

const basePrice = ({ meters }: TokenOffer, meter: string): number | null =>
  meters.find((price) => price.meter === meter && price.tierFrom === 0)?.usdPerMillionTokens ?? null

interface Pair {
  readonly seller: string
  readonly sources: readonly [string, string]
  readonly agrees: boolean
}

function pairsOf(observations: readonly TokenOffer[]): Pair[] {
  const bySource = [...groupBy(observations, ({ source }) => source.id).values()]
    .flatMap((own) => own.slice(0, 1))
    .toSorted((a, b) => (a.source.id < b.source.id ? -1 : 1))
  return bySource.flatMap((a, index) =>
    bySource.slice(index + 1).map((b) => ({
      seller: a.seller,
      sources: [a.source.id, b.source.id] as const,
      agrees: ['input', 'output'].every(
        (meter) => !differ(basePrice(a, meter) ?? Number.NaN, basePrice(b, meter) ?? Number.NaN),
      ),
    })),
  )
}
