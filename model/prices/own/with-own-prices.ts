import type { Facts } from '../../facts.ts'
import type { GpuOffer, GpuQuery, PriceQuery, TokenQuery } from '../../offers.ts'
import { unknown } from '../../problem.ts'
import { nameAsked } from '../shelf.ts'
import type { OwnPrices } from './own-prices.ts'

interface Wanted {
  readonly priceList: string | undefined
  readonly day: string
}

/** The query that fetches a price list, where one is named. */
export const priceListQuery = (priceList: string | undefined): PriceQuery[] =>
  priceList === undefined ? [] : [{ kind: 'price-list', id: priceList }]

/**
 * Facts whose offers hold a price list's own beside the public ones: those count.
 *
 * @throws InputProblem for a list that nobody has.
 */
export function withOwnPrices(facts: Facts, { priceList, day }: Wanted): Facts {
  if (priceList === undefined) return facts
  const own = ownPricesNamed(facts, priceList)
  return {
    ...facts,
    committedUsdPerMonth: (seller, on) => own.committedUsdPerMonth(seller, on),
    tokenOffers: remembered((query: TokenQuery) => {
      const offers = facts.tokenOffers(query)
      const names = [query.model, nameAsked(query, facts)]
      const { beside, alone } = own.tokenOffers({ names, offers, day })
      return [...beside, ...alone, ...offers]
    }),
    gpuOffers: remembered((query: GpuQuery) => {
      const offers = facts.gpuOffers(query)
      const names = [query.gpu, nameAsked(query, facts)]
      const { beside, alone } = own.gpuOffers({ names, offers, day })
      const isAsked = ({ pricing }: GpuOffer) => query.pricing === undefined || query.pricing === pricing
      return [...beside, ...alone.filter(isAsked), ...offers]
    }),
  }
}

/** @throws InputProblem for a list that nobody has. */
export function ownPricesNamed(facts: Facts, priceList: string): OwnPrices {
  const own = facts.ownPrices(priceList)
  if (!own) throw unknown('priceList', 'price list', priceList, [])
  return own
}

/** A comparison asks the same question a thousand times. */
function remembered<Query, Answer>(answer: (query: Query) => Answer): (query: Query) => Answer {
  const answers = new Map<string, Answer>()
  return (query) => {
    const key = JSON.stringify(query)
    const known = answers.get(key) ?? answer(query)
    answers.set(key, known)
    return known
  }
}
