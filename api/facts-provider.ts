import { bundledFacts } from '../data/dataset.ts'
import type { Facts } from '../model/facts.ts'
import type { PriceQuery } from '../model/offers.ts'
import { isEnough } from '../model/prices/meter-offers.ts'
import { ownPricesOf } from '../model/prices/own/own-prices.ts'
import { nameAsked, nameKey, withShelf } from '../model/prices/shelf.ts'
import type { PriceLists } from './store/price-lists.ts'
import type { Prices } from './store/prices.ts'

/** The bundled facts together with the offers that these queries ask of the price book. */
export type FactsProvider = (queries: readonly PriceQuery[]) => Promise<Facts>

interface Stores {
  readonly prices: Prices
  readonly priceLists: PriceLists
}

/**
 * Facts whose offers come from the store: one look-up of each kind, whatever the number of queries. A single question
 * about one meter and day is answered by its own index, unless that is not enough to say why there is no price.
 */
export const factsFromStore =
  ({ prices, priceLists }: Stores, today: () => string): FactsProvider =>
  async (queries) => {
    const facts = bundledFacts(today())
    const [only, ...others] = queries
    if (only?.kind === 'token' && only.about && others.length === 0) {
      const { meter, serviceTier } = only.about
      const name = nameAsked(only, facts)
      const [book, offers] = await Promise.all([
        prices.book(),
        prices.meterOffers({ name, meter, serviceTier, day: only.asOf ?? facts.asOf }),
      ])
      if (isEnough(offers, only.about)) {
        const tokenOffers = new Map([[nameKey(name), offers]])
        return withShelf(facts, { pricesAsOf: book.pricesAsOf, tokenOffers, gpuOffers: [] })
      }
    }
    const namesOf = (kind: 'token' | 'gpu'): string[] => [
      ...new Set(queries.flatMap((query) => (query.kind === kind ? [nameAsked(query, facts)] : []))),
    ]
    const listIds = new Set(queries.flatMap((query) => (query.kind === 'price-list' ? [query.id] : [])))
    const [book, tokenOffers, gpuOffers, lists] = await Promise.all([
      prices.book(),
      prices.tokenOffers(namesOf('token')),
      prices.gpuOffers(namesOf('gpu')),
      priceLists.lists([...listIds]),
    ])
    const shelf = withShelf(facts, { pricesAsOf: book.pricesAsOf, tokenOffers, gpuOffers })
    const own = new Map([...lists].map(([id, list]) => [id, ownPricesOf(list, facts)]))
    return { ...shelf, ownPrices: (id) => own.get(id) }
  }
