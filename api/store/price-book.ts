import { desc, eq, lt, sql } from 'drizzle-orm'
import type { GpuOffer, OfferSource, TokenOffer } from '../../model/offers.ts'
import type { Database } from './database.ts'
import { gpuOfferRow } from './gpu-offers.ts'
import { insertRows } from './insert-rows.ts'
import { generations, gpuOffers, modelNames, pricePoints, sources } from './schema.ts'
import { pricePointRows } from './token-offers.ts'

/** All offers of one version of the dataset, in the order in which they are listed. */
export interface PriceBook {
  readonly version: string
  readonly pricesAsOf: string | null
  /** Every name in lower case, with the id of the one model that it stands for. */
  readonly modelNames: ReadonlyMap<string, string>
  readonly tokenOffers: readonly TokenOffer[]
  readonly gpuOffers: readonly GpuOffer[]
}

/** The import that readers see. */
export interface Published {
  readonly generation: number
  readonly version: string
  readonly pricesAsOf: string | null
}

export async function published(database: Database): Promise<Published | null> {
  const [newest] = await newestPublished(database, 1)
  return newest ?? null
}

const newestPublished = (database: Database, count: number) =>
  database
    .select({
      generation: generations.generation,
      version: generations.version,
      pricesAsOf: generations.pricesAsOf,
    })
    .from(generations)
    .where(eq(generations.published, true))
    .orderBy(desc(generations.generation))
    .limit(count)

/**
 * Writes a book under a new generation and publishes it with one statement. Until then, and if it fails on the way,
 * readers see the book before. That one stays for those who are reading it; what is older goes.
 */
export async function publish(database: Database, book: PriceBook): Promise<Published> {
  const [begun] = await database
    .insert(generations)
    .values({ version: book.version, pricesAsOf: book.pricesAsOf })
    .returning({ generation: generations.generation })
  if (!begun) throw new Error('The import got no generation.')
  const { generation } = begun

  const observed = numberSources([...book.tokenOffers, ...book.gpuOffers])
  await insertRows(
    database,
    sources,
    observed.list.map(({ id, ...source }, index) => ({
      generation,
      source: index,
      publisher: id,
      ...source,
    })),
  )
  await insertRows(
    database,
    modelNames,
    [...book.modelNames].map(([name, model]) => ({ generation, name, model })),
  )
  await insertRows(
    database,
    pricePoints,
    book.tokenOffers.flatMap((offer, index) =>
      pricePointRows(offer, { generation, offer: index, source: observed.numberOf(offer.source) }),
    ),
  )
  await insertRows(
    database,
    gpuOffers,
    book.gpuOffers.map((offer, index) =>
      gpuOfferRow(offer, { generation, offer: index, source: observed.numberOf(offer.source) }),
    ),
  )
  await database.update(generations).set({ published: true }).where(eq(generations.generation, generation))
  await forgetOlder(database)
  return { generation, version: book.version, pricesAsOf: book.pricesAsOf }
}

async function forgetOlder(database: Database): Promise<void> {
  const kept = (await newestPublished(database, 2)).at(-1)
  if (!kept) return
  for (const table of [sources, modelNames, pricePoints, gpuOffers, generations]) {
    await database.delete(table).where(lt(sql`${table.generation}`, kept.generation))
  }
}

function numberSources(offers: readonly { readonly source: OfferSource }[]) {
  const list: OfferSource[] = []
  const numbers = new Map<string, number>()
  const key = ({ id, path, commit, observedAt, checkedAt }: OfferSource) =>
    JSON.stringify([id, path, commit, observedAt, checkedAt])
  for (const { source } of offers) {
    if (numbers.has(key(source))) continue
    numbers.set(key(source), list.length)
    list.push(source)
  }
  return { list, numberOf: (source: OfferSource): number => numbers.get(key(source)) ?? -1 }
}
