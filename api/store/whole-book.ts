import { eq, max } from 'drizzle-orm'
import type { OfferSource } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import type { Database } from './database.ts'
import { gpuOffersBetween } from './gpu-offers.ts'
import type { PriceBook, Published } from './price-book.ts'
import { gpuOffers, modelNames, pricePoints } from './schema.ts'
import { tokenOffersBetween } from './token-offers.ts'

/** So many offers are read with one query, since D1 answers with no more than a Worker's memory holds. */
const offersAQuery = 2000

/** All that a generation holds, in the order of the book. */
export async function wholeBook(
  database: Database,
  { generation, version, pricesAsOf }: Published,
): Promise<PriceBook> {
  const names = await database
    .select({ name: modelNames.name, model: modelNames.model })
    .from(modelNames)
    .where(eq(modelNames.generation, generation))
  const [lastToken] = await database
    .select({ place: max(pricePoints.offer) })
    .from(pricePoints)
    .where(eq(pricePoints.generation, generation))
  const [lastGpu] = await database
    .select({ place: max(gpuOffers.offer) })
    .from(gpuOffers)
    .where(eq(gpuOffers.generation, generation))
  return {
    version,
    pricesAsOf,
    modelNames: new Map(names.map(({ name, model }) => [name, model])),
    tokenOffers: await inParts(lastToken?.place ?? null, (places) =>
      tokenOffersBetween(database, generation, places),
    ),
    gpuOffers: await inParts(lastGpu?.place ?? null, (places) =>
      gpuOffersBetween(database, generation, places),
    ),
  }
}

async function inParts<Offer>(
  last: number | null,
  read: (places: readonly [number, number]) => Promise<Offer[]>,
): Promise<Offer[]> {
  const offers: Offer[] = []
  for (let from = 0; last !== null && from <= last; from += offersAQuery) {
    for (const offer of await read([from, from + offersAQuery])) offers.push(offer)
  }
  return offers
}

/**
 * The book that ships with newer code, over one that was refreshed meanwhile: of each source the one that was seen
 * later, with its history.
 */
export function keepingRefreshed(shipped: PriceBook, known: PriceBook): PriceBook {
  const tokens = later(shipped.tokenOffers, known.tokenOffers)
  const gpus = later(shipped.gpuOffers, known.gpuOffers)
  const isLater = known.pricesAsOf !== null && known.pricesAsOf > (shipped.pricesAsOf ?? '')
  return {
    ...shipped,
    pricesAsOf: isLater ? known.pricesAsOf : shipped.pricesAsOf,
    tokenOffers: tokens,
    gpuOffers: gpus,
  }
}

function later<Offer extends { readonly source: OfferSource }>(
  shipped: readonly Offer[],
  known: readonly Offer[],
): Offer[] {
  const bySource = groupBy(known, ({ source }) => source.id)
  return [...groupBy(shipped, ({ source }) => source.id)].flatMap(([id, own]) => {
    const refreshed = bySource.get(id) ?? []
    return lastDay(refreshed) > lastDay(own) ? refreshed : own
  })
}

const lastDay = (offers: readonly { readonly source: OfferSource }[]): string =>
  offers.reduce((last, { source }) => (source.observedAt > last ? source.observedAt : last), '')
