import type { Facts } from '../model/facts.ts'
import { GpuOffer, type PriceQuery, TokenOffer } from '../model/offers.ts'
import { type OwnPrices, ownPricesOf } from '../model/prices/own/own-prices.ts'
import { PriceListInput } from '../model/prices/own/price-list.ts'
import { nameAsked, nameKey, withShelf } from '../model/prices/shelf.ts'

/** Offers by the query that asked for them: they are fetched and read once in the life of the page. */
const fetched = new Map<string, Promise<Fetched>>()
let pricesAsOf: string | null = null

/** Facts with the offers of these queries, from the server's price book. */
export async function offersFor(asked: readonly PriceQuery[], facts: Facts): Promise<Facts> {
  if (asked.length === 0) return facts
  const queries = asked.filter((query) => query.kind !== 'price-list')
  const listIds = asked.flatMap((query) => (query.kind === 'price-list' ? [query.id] : []))
  const lists = new Map(
    await Promise.all(listIds.map(async (id) => [id, await ownPrices(id, facts)] as const)),
  )
  const missing = queries.filter((query) => !fetched.has(keyOf(query)))
  if (missing.length > 0) {
    const answered = fetchOffers(missing)
    for (const [place, query] of missing.entries()) {
      const offers = answered.then((results) => readOffers(query.kind, results[place] ?? []))
      fetched.set(keyOf(query), offers)
      offers.catch(() => fetched.delete(keyOf(query)))
    }
  }
  const found = await Promise.all(
    queries.map(async (query) => ({ query, offers: (await fetched.get(keyOf(query))) ?? none })),
  )
  const shelf = withShelf(facts, {
    pricesAsOf,
    tokenOffers: new Map(
      found.flatMap(({ query, offers }) =>
        query.kind === 'token' ? [[nameKey(nameAsked(query, facts)), offers.tokens] as const] : [],
      ),
    ),
    gpuOffers: found.flatMap(({ offers }) => offers.gpus),
  })
  return { ...shelf, ownPrices: (id) => lists.get(id) }
}

interface Fetched {
  readonly tokens: readonly TokenOffer[]
  readonly gpus: readonly GpuOffer[]
}

const none: Fetched = { tokens: [], gpus: [] }

const readOffers = (kind: 'token' | 'gpu', offers: readonly unknown[]): Fetched =>
  kind === 'token'
    ? { ...none, tokens: offers.map((offer) => TokenOffer.parse(offer)) }
    : { ...none, gpus: offers.map((offer) => GpuOffer.parse(offer)) }

/** A price list of one's own, as it is at this moment; undefined where there is none of that id. */
async function ownPrices(id: string, facts: Facts): Promise<OwnPrices | undefined> {
  const response = await fetch(`/v1/price-lists/${encodeURIComponent(id)}`)
  if (!response.ok) return undefined
  const { name, entries, savedAt } = await response.json()
  return ownPricesOf({ ...PriceListInput.parse({ name, entries }), savedOn: savedAt.slice(0, 10) }, facts)
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
