import { and, asc, count, eq, gt, gte, isNull, lt, lte, min, or, type SQL, sql } from 'drizzle-orm'
import type { GpuOffer } from '../../model/offers.ts'
import type { Database } from './database.ts'
import { everyWordIn, isAnyOf, type OfferPage, type Page } from './filters.ts'
import { gpuOffers, lower, sources } from './schema.ts'
import { toSource } from './token-offers.ts'

type GpuOfferRow = typeof gpuOffers.$inferSelect
type Source = typeof sources.$inferSelect

export const gpuOfferRow = (
  { source: _, ...offer }: GpuOffer,
  place: { generation: number; offer: number; source: number },
): GpuOfferRow => ({ ...offer, ...place })

/** Every observation of the GPUs, by our ids or by instances' names, ignoring case, in the order of the book. */
export const gpuOffersOf = (
  database: Database,
  generation: number,
  names: readonly string[],
): Promise<GpuOffer[]> =>
  offers(
    database,
    and(
      eq(gpuOffers.generation, generation),
      or(isAnyOf(lower(gpuOffers.gpu), names), isAnyOf(lower(gpuOffers.instance), names)),
    ),
    [asc(gpuOffers.offer)],
  )

export interface GpuFilter extends Page {
  /** Our id of the GPU. */
  readonly gpu?: string | undefined
  readonly seller?: string | undefined
  readonly region?: string | undefined
  readonly pricing?: string | undefined
  readonly q?: string | undefined
  /** Only what holds on this day. */
  readonly asOf: string
}

/** A page of offers that hold on the day, the cheapest GPU hour first. */
export async function gpuOfferPage(
  database: Database,
  generation: number,
  { limit, offset, ...filter }: GpuFilter,
): Promise<OfferPage<GpuOffer>> {
  const isAsked = and(
    eq(gpuOffers.generation, generation),
    filter.gpu === undefined ? undefined : isAnyOf(lower(gpuOffers.gpu), [filter.gpu]),
    filter.seller === undefined ? undefined : isAnyOf(lower(gpuOffers.seller), [filter.seller]),
    filter.region === undefined ? undefined : isAnyOf(lower(gpuOffers.region), [filter.region]),
    filter.pricing === undefined ? undefined : eq(sql`${gpuOffers.pricing}`, filter.pricing),
    everyWordIn(filter.q, [
      gpuOffers.seller,
      gpuOffers.gpu,
      gpuOffers.gpuName,
      gpuOffers.instance,
      gpuOffers.region,
    ]),
  )
  const fits = and(
    isAsked,
    lte(gpuOffers.validFrom, filter.asOf),
    or(isNull(gpuOffers.validUntil), gt(gpuOffers.validUntil, filter.asOf)),
  )
  const [counted] = await database.select({ total: count() }).from(gpuOffers).where(fits)
  const total = counted?.total ?? 0
  if (total === 0) {
    const [first] = await database
      .select({ day: min(gpuOffers.validFrom) })
      .from(gpuOffers)
      .where(isAsked)
    return { total, offers: [], firstDay: first?.day ?? null }
  }
  const cheapestFirst = [
    sql`${gpuOffers.usdPerGpuHour} is null`,
    asc(gpuOffers.usdPerGpuHour),
    asc(gpuOffers.offer),
  ]
  return { total, offers: await offers(database, fits, cheapestFirst, { limit, offset }), firstDay: null }
}

/** Every seller or region of a GPU offer. */
export async function gpuOfferNames(
  database: Database,
  generation: number,
  field: 'seller' | 'region',
): Promise<string[]> {
  const rows = await database
    .selectDistinct({ name: gpuOffers[field] })
    .from(gpuOffers)
    .where(eq(gpuOffers.generation, generation))
  return rows.flatMap(({ name }) => name ?? [])
}

/** The offers at some places of the book. */
export const gpuOffersBetween = (
  database: Database,
  generation: number,
  [from, until]: readonly [number, number],
): Promise<GpuOffer[]> =>
  offers(
    database,
    and(eq(gpuOffers.generation, generation), gte(gpuOffers.offer, from), lt(gpuOffers.offer, until)),
    [asc(gpuOffers.offer)],
  )

async function offers(
  database: Database,
  condition: SQL | undefined,
  order: readonly SQL[],
  page?: Page,
): Promise<GpuOffer[]> {
  const query = database
    .select({ offer: gpuOffers, source: sources })
    .from(gpuOffers)
    .innerJoin(
      sources,
      and(eq(sources.generation, gpuOffers.generation), eq(sources.source, gpuOffers.source)),
    )
    .where(condition)
    .orderBy(...order)
    .$dynamic()
  const rows = await (page ? query.limit(page.limit).offset(page.offset) : query)
  return rows.map(toGpuOffer)
}

const toGpuOffer = ({
  offer: { generation: _, offer: __, ...offer },
  source,
}: {
  offer: GpuOfferRow
  source: Source
}): GpuOffer => ({ ...offer, source: toSource(source) })
