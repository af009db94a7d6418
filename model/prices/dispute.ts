import type { MeterPrice, OfferSource, TokenOffer } from '../offers.ts'
import { byTrust, differ } from './trust.ts'

/** One meter on which sources differ: the value that counts, and what the others say. */
export interface Dispute {
  readonly meter: string
  readonly tierFrom: number
  readonly chosen: { readonly usdPerMillionTokens: number; readonly source: OfferSource }
  readonly others: readonly { readonly usdPerMillionTokens: number; readonly source: OfferSource }[]
}

const sameMeter = (price: MeterPrice, meters: readonly MeterPrice[]): MeterPrice | undefined =>
  meters.find(
    (other) =>
      other.meter === price.meter && other.tierFrom === price.tierFrom && other.usdPerMillionTokens !== null,
  )

/** The prices of one offer that another contradicts; a price that only one of them has is no contradiction. */
export const contradicted = (offer: TokenOffer, other: TokenOffer): MeterPrice[] =>
  offer.meters.filter((price) => {
    const theirs = sameMeter(price, other.meters)
    return (
      price.usdPerMillionTokens !== null &&
      theirs?.usdPerMillionTokens !== undefined &&
      theirs.usdPerMillionTokens !== null &&
      differ(price.usdPerMillionTokens, theirs.usdPerMillionTokens)
    )
  })

/**
 * The observations of one price, the one that counts first.
 *
 * The most trusted counts, unless one that checks prices itself contradicts it: then the one checked last does.
 */
export function inOrderOfTrust(offers: readonly TokenOffer[]): TokenOffer[] {
  const ranked = offers.toSorted((a, b) => byTrust(a, b, false))
  const [first, ...rest] = ranked
  if (!first) return []
  const disputed = rest.some((other) => contradicted(first, other).length > 0)
  return disputed ? ranked.toSorted((a, b) => byTrust(a, b, true)) : ranked
}

/** Every meter of the first observation that another of them contradicts. */
export function disputesOf([chosen, ...others]: readonly TokenOffer[]): Dispute[] {
  if (!chosen) return []
  return chosen.meters.flatMap((price) => {
    const { usdPerMillionTokens } = price
    if (usdPerMillionTokens === null) return []
    const differing = others.flatMap((other) => {
      const theirs = sameMeter(price, other.meters)?.usdPerMillionTokens
      return typeof theirs === 'number' && differ(usdPerMillionTokens, theirs)
        ? [{ usdPerMillionTokens: theirs, source: other.source }]
        : []
    })
    return differing.length === 0
      ? []
      : [
          {
            meter: price.meter,
            tierFrom: price.tierFrom,
            chosen: { usdPerMillionTokens, source: chosen.source },
            others: differing,
          },
        ]
  })
}
