import { and, asc, eq, gt, gte, inArray, isNull, lt, lte, min, or, type SQL, sql } from 'drizzle-orm'
import { union, unionAll } from 'drizzle-orm/sqlite-core'
import type { MeterPrice, TokenOffer } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { listingKey } from '../../model/prices/listing.ts'
import { nameKey } from '../../model/prices/shelf.ts'
import type { Database } from './database.ts'
import { everyWordIn, isAnyOf, type OfferPage, type Page } from './filters.ts'
import { lower, modelNames, pricePoints, sources } from './schema.ts'

type PricePoint = typeof pricePoints.$inferSelect
type Source = typeof sources.$inferSelect

/** One row for each meter and tier of an offer. */
export function pricePointRows(
  offer: TokenOffer,
  place: { readonly generation: number; readonly offer: number; readonly source: number },
): PricePoint[] {
  const { meters, window, source: _, ...shared } = offer
  const ofOffer = {
    ...shared,
    ...place,
    listing: listingKey(offer),
    windowFrom: window?.from ?? null,
    windowUntil: window?.until ?? null,
    windowDays: window?.days?.join(',') ?? null,
  }
  return meters.map((price, position) => ({ ...ofOffer, ...price, position }))
}

/** Offers by the name that was asked for, in lower case. */
export type OffersByName = ReadonlyMap<string, readonly TokenOffer[]>

/**
 * Every observation that answers to each name, in the order of the book: of the model that the name stands for, and
 * of what is served under that very name. A name that only one model is served under stands for that model.
 */
export async function tokenOffersNamed(
  database: Database,
  generation: number,
  names: readonly string[],
): Promise<OffersByName> {
  const asked = [...new Set(names.map(nameKey))]
  const known = await database
    .select({ name: modelNames.name, model: modelNames.model })
    .from(modelNames)
    .where(and(eq(modelNames.generation, generation), isAnyOf(modelNames.name, asked)))
  const modelOf = new Map(known.map(({ name, model }) => [name, model]))

  const offerAt = { offer: pricePoints.offer }
  const servedAs = and(eq(pricePoints.generation, generation), isAnyOf(lower(pricePoints.servedModel), asked))
  const modelsServed = database
    .select({ model: lower(pricePoints.model) })
    .from(pricePoints)
    .where(servedAs)
  const ofModel = (names: SQL) =>
    database
      .select(offerAt)
      .from(pricePoints)
      .where(and(eq(pricePoints.generation, generation), names))
  // Each by its own index: for one condition of all, or a union without doubles, SQLite reads the whole book.
  const answering = unionAll(
    database.select(offerAt).from(pricePoints).where(servedAs),
    ofModel(isAnyOf(lower(pricePoints.model), [...modelOf.values()])),
    ofModel(inArray(lower(pricePoints.model), modelsServed)),
  )
  const offers = await offersWhere(database, generation, inArray(pricePoints.offer, answering))
  return new Map(asked.map((name) => [name, answeringTo(name, modelOf.get(name), offers)]))
}

function answeringTo(name: string, known: string | undefined, offers: readonly TokenOffer[]): TokenOffer[] {
  const isServedAs = ({ servedModel }: TokenOffer) => servedModel.toLowerCase() === name
  const model = known ?? onlyOne(offers.filter(isServedAs).map((offer) => offer.model))
  return offers.filter(
    (offer) => isServedAs(offer) || (model !== null && offer.model?.toLowerCase() === model.toLowerCase()),
  )
}

function onlyOne(models: readonly (string | null)[]): string | null {
  const [only, ...others] = new Set(models.filter((model) => model !== null))
  return only !== undefined && others.length === 0 ? only : null
}

export interface TokenFilter extends Page {
  readonly model?: string | undefined
  readonly seller?: string | undefined
  readonly region?: string | undefined
  readonly serviceTier?: string | undefined
  readonly q?: string | undefined
  /** Only what holds on this day. */
  readonly asOf: string
}

/** A page of listings: all observations that hold on the day, of each price that any of them fits. */
export async function tokenListings(
  database: Database,
  generation: number,
  filter: TokenFilter,
): Promise<OfferPage<TokenOffer>> {
  const holds = and(
    lte(pricePoints.validFrom, filter.asOf),
    or(isNull(pricePoints.validUntil), gt(pricePoints.validUntil, filter.asOf)),
  )
  const isAsked = and(
    eq(pricePoints.generation, generation),
    filter.model === undefined ? undefined : namedExactly(database, generation, filter.model),
    filter.seller === undefined ? undefined : isAnyOf(lower(pricePoints.seller), [filter.seller]),
    filter.region === undefined ? undefined : isAnyOf(lower(pricePoints.region), [filter.region]),
    filter.serviceTier === undefined ? undefined : eq(sql`${pricePoints.serviceTier}`, filter.serviceTier),
    everyWordIn(filter.q, [
      pricePoints.seller,
      pricePoints.servedModel,
      pricePoints.model,
      pricePoints.region,
    ]),
  )
  const fits = and(isAsked, holds)
  const [counted] = await database
    .select({ total: sql<number>`count(distinct ${pricePoints.listing})` })
    .from(pricePoints)
    .where(fits)
  const total = counted?.total ?? 0
  if (total === 0) {
    const [first] = await database
      .select({ day: min(pricePoints.validFrom) })
      .from(pricePoints)
      .where(isAsked)
    return { total, offers: [], firstDay: first?.day ?? null }
  }
  const page = database
    .selectDistinct({ listing: pricePoints.listing })
    .from(pricePoints)
    .where(fits)
    .orderBy(asc(pricePoints.listing))
    .limit(filter.limit)
    .offset(filter.offset)
  const offers = await offersWhere(database, generation, and(holds, inArray(pricePoints.listing, page)))
  return { total, offers, firstDay: null }
}

/** Of the model that the name stands for, or served under that very name. */
const namedExactly = (database: Database, generation: number, name: string): SQL | undefined =>
  or(
    isAnyOf(lower(pricePoints.servedModel), [name]),
    inArray(
      lower(pricePoints.model),
      database
        .select({ model: lower(modelNames.model) })
        .from(modelNames)
        .where(and(eq(modelNames.generation, generation), eq(modelNames.name, nameKey(name)))),
    ),
  )

/** Every name under which a price can be asked, in lower case. */
export async function pricedNames(database: Database, generation: number): Promise<string[]> {
  const named = database
    .select({ name: modelNames.name })
    .from(modelNames)
    .where(eq(modelNames.generation, generation))
  const served = database
    .select({ name: sql<string>`lower(${pricePoints.servedModel})` })
    .from(pricePoints)
    .where(eq(pricePoints.generation, generation))
  return (await union(named, served)).map(({ name }) => name)
}

/** Every seller or region of a token offer. */
export async function tokenOfferNames(
  database: Database,
  generation: number,
  field: 'seller' | 'region',
): Promise<string[]> {
  const rows = await database
    .selectDistinct({ name: pricePoints[field] })
    .from(pricePoints)
    .where(eq(pricePoints.generation, generation))
  return rows.flatMap(({ name }) => name ?? [])
}

/** The offers at some places of the book. */
export const tokenOffersBetween = (
  database: Database,
  generation: number,
  [from, until]: readonly [number, number],
): Promise<TokenOffer[]> =>
  offersWhere(database, generation, and(gte(pricePoints.offer, from), lt(pricePoints.offer, until)))

async function offersWhere(
  database: Database,
  generation: number,
  condition: SQL | undefined,
): Promise<TokenOffer[]> {
  const rows = await database
    .select({ point: pricePoints, source: sources })
    .from(pricePoints)
    .innerJoin(
      sources,
      and(eq(sources.generation, pricePoints.generation), eq(sources.source, pricePoints.source)),
    )
    .where(and(eq(pricePoints.generation, generation), condition))
    .orderBy(asc(pricePoints.offer), asc(pricePoints.position))
  return offersOfRows(rows)
}

/** What a row says of an offer. */
export interface OfferRow {
  readonly point: Omit<PricePoint, 'generation' | 'listing' | 'source'>
  readonly source: Omit<Source, 'generation' | 'source'>
}

/** Offers from their rows, which stand in the order of the book. */
export const offersOfRows = (rows: readonly OfferRow[]): TokenOffer[] =>
  [...groupBy(rows, ({ point }) => point.offer).values()].map(toOffer)

function toOffer(rows: readonly OfferRow[]): TokenOffer {
  const [first] = rows
  if (!first) throw new Error('An offer needs at least one price.')
  const { point, source } = first
  return {
    seller: point.seller,
    servedModel: point.servedModel,
    model: point.model,
    modelRule: point.modelRule,
    openWeights: point.openWeights,
    kind: point.kind,
    serviceTier: point.serviceTier,
    regionScope: point.regionScope,
    region: point.region,
    quantisation: point.quantisation,
    window:
      point.windowFrom === null || point.windowUntil === null
        ? null
        : {
            from: point.windowFrom,
            until: point.windowUntil,
            days: point.windowDays?.split(',').map(Number) ?? null,
          },
    cachedTokensReported: point.cachedTokensReported,
    deprecated: point.deprecated,
    meters: rows.map(({ point }) => toMeter(point)),
    currency: point.currency,
    validFrom: point.validFrom,
    validFromBasis: point.validFromBasis,
    validUntil: point.validUntil,
    source: toSource(source),
    conflictSet: point.conflictSet,
  }
}

const toMeter = (point: OfferRow['point']): MeterPrice => ({
  meter: point.meter,
  amount: point.amount,
  unit: point.unit,
  unitSize: point.unitSize,
  usdPerMillionTokens: point.usdPerMillionTokens,
  tierDimension: point.tierDimension,
  tierFrom: point.tierFrom,
  tierFromInclusive: point.tierFromInclusive,
  tierTo: point.tierTo,
  tierMode: point.tierMode,
  listAmount: point.listAmount,
})

export const toSource = ({
  publisher,
  path,
  commit,
  observedAt,
  checkedAt,
}: OfferRow['source']): TokenOffer['source'] => ({
  id: publisher,
  path,
  commit,
  observedAt,
  checkedAt,
})
