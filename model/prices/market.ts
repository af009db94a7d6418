import type { Facts } from '../facts.ts'
import type { TokenOffer } from '../offers.ts'
import { InputProblem, quote, unknown } from '../problem.ts'
import { listingsOn } from './listing.ts'
import { noPriceOn } from './price-answer.ts'
import {
  paidKinds,
  type SellerPrice,
  sellerPrices,
  standardPrice,
  type TokenSelection,
} from './token-market.ts'

/** Every observation of a model that was fetched. @throws InputProblem when nobody sells it. */
export function offersOf(model: string, facts: Facts): readonly TokenOffer[] {
  const offers = facts.tokenOffers({ kind: 'token', model })
  if (offers.length === 0) {
    // Weights may be known and not sold, as the base of an instructed model is: then that one is named.
    const asked = model.trim().toLowerCase()
    const others = facts.weightsIds().filter((id) => id.toLowerCase() !== asked)
    throw unknown('model', 'priced model', model, others)
  }
  return offers
}

/**
 * The prices of the sellers on a day, and the one that stands for the model. `chosen` is null where no seller has
 * a price for what was asked.
 *
 * @throws InputProblem for a day without prices, and for a seller that does not sell the model.
 */
export function market(
  offers: readonly TokenOffer[],
  selection: TokenSelection,
  usdOf: Parameters<typeof sellerPrices>[2],
): { readonly chosen: SellerPrice | null; readonly all: readonly SellerPrice[] } {
  const standing = listingsOn(offers, selection.day)
  if (standing.length === 0) throw noPriceOn(selection.day, selection.name, offers)
  const sellers = [...new Set(standing.map(({ offer }) => offer.seller))]
  const asked = selection.seller?.toLowerCase()
  if (asked !== undefined && !sellers.includes(asked)) throw notSoldBy(asked, selection, sellers, offers)
  const all = sellerPrices(offers, { ...selection, seller: undefined }, usdOf)
  const own = asked === undefined ? all : all.filter(({ seller }) => seller === asked)
  return { chosen: standardPrice(own), all }
}

function notSoldBy(
  seller: string,
  { day, name }: TokenSelection,
  sellers: readonly string[],
  offers: readonly TokenOffer[],
): InputProblem {
  const own = offers.filter((offer) => offer.seller === seller)
  if (own.length > 0) return noPriceOn(day, `${name} at ${seller}`, own)
  return new InputProblem([
    {
      pointer: '#/seller',
      detail: `seller: no price of ${quote(name)} at ${quote(seller)} is known. Sellers with one: ${sellers.toSorted().join(', ')}.`,
      kind: 'unknown',
    },
  ])
}

/** Why the price has no figure, in a sentence. */
export function whyUnpriced(
  offers: readonly TokenOffer[],
  { day, name, serviceTier, seller, region }: TokenSelection,
  what: string,
): string {
  const where = `${seller === undefined ? '' : ` at ${seller}`}${region === undefined ? '' : ` in ${region}`}`
  const paid = listingsOn(offers, day).some(
    ({ offer }) =>
      paidKinds.includes(offer.kind) && (seller === undefined || offer.seller === seller.toLowerCase()),
  )
  return paid
    ? `No source states a ${serviceTier} price for ${what} of ${name}${where} on ${day}.`
    : `${name}${where} has only free or subscription offers on ${day}; they state no price a token.`
}
