import type { Facts } from '../model/facts.ts'
import { GpuOffer, type PriceQuery, TokenOffer } from '../model/offers.ts'
import { nameAsked, nameKey, withShelf } from '../model/prices/shelf.ts'

/** Offers by the query that asked for them: a price is fetched once in the life of the page. */
const fetched = new Map<string, Promise<readonly unknown[]>>()
let pricesAsOf: string | null = null

/** Facts with the offers of these queries, from the server's price book. */
export async function offersFor(queries: readonly PriceQuery[], facts: Facts): Promise<Facts> {
  if (queries.length === 0) return facts
  const missing = queries.filter((query) => !fetched.has(keyOf(query)))
  if (missing.length > 0) {
    const answered = fetchOffers(missing)
    for (const [place, query] of missing.entries()) {
      const offers = answered.then((results) => results[place] ?? [])
      fetched.set(keyOf(query), offers)
      offers.catch(() => fetched.delete(keyOf(query)))
    }
  }
  const found = await Promise.all(queries.map((query) => fetched.get(keyOf(query)) ?? []))
  const ofKind = (kind: PriceQuery['kind']) =>
    queries.flatMap((query, place) => (query.kind === kind ? [{ query, offers: found[place] ?? [] }] : []))
  return withShelf(facts, {
    pricesAsOf,
    tokenOffers: new Map(
      ofKind('token').map(({ query, offers }) => [
        nameKey(nameAsked(query, facts)),
        offers.map((offer) => TokenOffer.parse(offer)),
      ]),
    ),
    gpuOffers: ofKind('gpu').flatMap(({ offers }) => offers.map((offer) => GpuOffer.parse(offer))),
  })
}

const keyOf = (query: PriceQuery): string => JSON.stringify(query)

async function fetchOffers(queries: readonly PriceQuery[]): Promise<readonly (readonly unknown[])[]> {
  const response = await fetch('/v1/prices/offers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ queries }),
  }).catch(() => {
    throw new Error(
      'The price book could not be reached. What is shown is the last answer; try again in a moment.',
    )
  })
  const { results, dataset, detail } = await response.json()
  if (!response.ok) throw new Error(`The price book answers ${response.status}: ${detail}`)
  pricesAsOf = dataset.pricesAsOf
  return results
}
