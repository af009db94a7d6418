import { bundledFacts } from '../data/dataset.ts'
import type { Facts } from '../model/facts.ts'
import type { PriceQuery } from '../model/offers.ts'
import { nameAsked, withShelf } from '../model/prices/shelf.ts'
import type { Prices } from './store/prices.ts'

/** The bundled facts together with the offers that these queries ask of the price book. */
export type FactsProvider = (queries: readonly PriceQuery[]) => Promise<Facts>

/** Facts whose offers come from the store: one look-up of each kind, whatever the number of queries. */
export const factsFromStore =
  (prices: Prices, today: () => string): FactsProvider =>
  async (queries) => {
    const facts = bundledFacts(today())
    const namesOf = (kind: PriceQuery['kind']): string[] => [
      ...new Set(queries.filter((query) => query.kind === kind).map((query) => nameAsked(query, facts))),
    ]
    const [book, tokenOffers, gpuOffers] = await Promise.all([
      prices.book(),
      prices.tokenOffers(namesOf('token')),
      prices.gpuOffers(namesOf('gpu')),
    ])
    return withShelf(facts, { pricesAsOf: book.pricesAsOf, tokenOffers, gpuOffers })
  }
