import type { MeterQuery, TokenOffer } from '../offers.ts'
import { holdsOn } from './day.ts'
import { paidKinds } from './token-market.ts'

/** Of some observations those that hold on a day and price a meter, with nothing but the prices of that meter. */
export const meterOffers = (
  offers: readonly TokenOffer[],
  { meter, day }: Pick<MeterQuery, 'meter'> & { readonly day: string },
): TokenOffer[] =>
  offers.flatMap((offer) => {
    if (!holdsOn(offer, day)) return []
    const meters = offer.meters.filter((price) => price.meter === meter)
    return meters.length === 0 ? [] : [{ ...offer, meters }]
  })

/**
 * Whether the prices of one meter on one day are enough for an answer. Where they are not, the others say why: the day is
 * before the first record, the seller does not sell the model, or nobody prices the meter.
 */
export const isEnough = (
  offers: readonly TokenOffer[],
  { seller, region, serviceTier }: Omit<MeterQuery, 'meter'>,
): boolean =>
  offers.some(
    (offer) =>
      offer.serviceTier === serviceTier &&
      paidKinds.includes(offer.kind) &&
      (seller === undefined || offer.seller === seller.toLowerCase()) &&
      (region === undefined || offer.region === null || offer.region === region.toLowerCase()) &&
      offer.meters.some(({ usdPerMillionTokens }) => usdPerMillionTokens !== null && usdPerMillionTokens > 0),
  )
