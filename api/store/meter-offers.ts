import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { ServiceTier, TokenOffer } from '../../model/offers.ts'
import { nameKey } from '../../model/prices/shelf.ts'
import type { Database } from './database.ts'
import { lower, modelNames, pricePoints, sources } from './schema.ts'
import { type OfferRow, offersOfRows } from './token-offers.ts'

/** What an offer is made of, in the order in which `offerRow` reads it. */
const columns: readonly SQLiteColumn[] = [
  pricePoints.offer,
  pricePoints.position,
  pricePoints.seller,
  pricePoints.servedModel,
  pricePoints.model,
  pricePoints.modelRule,
  pricePoints.openWeights,
  pricePoints.kind,
  pricePoints.serviceTier,
  pricePoints.regionScope,
  pricePoints.region,
  pricePoints.quantisation,
  pricePoints.windowFrom,
  pricePoints.windowUntil,
  pricePoints.windowDays,
  pricePoints.cachedTokensReported,
  pricePoints.deprecated,
  pricePoints.meter,
  pricePoints.amount,
  pricePoints.unit,
  pricePoints.unitSize,
  pricePoints.usdPerMillionTokens,
  pricePoints.tierDimension,
  pricePoints.tierFrom,
  pricePoints.tierFromInclusive,
  pricePoints.tierTo,
  pricePoints.tierMode,
  pricePoints.listAmount,
  pricePoints.currency,
  pricePoints.validFrom,
  pricePoints.validFromBasis,
  pricePoints.validUntil,
  pricePoints.conflictSet,
  sources.publisher,
  sources.path,
  sources.commit,
  sources.observedAt,
  sources.checkedAt,
]

/** What was asked: a name, a meter and a day. */
export interface MeterQuestion {
  readonly name: string
  readonly meter: string
  readonly serviceTier: ServiceTier
  readonly day: string
}

export type MeterLookUp = (generation: number, question: MeterQuestion) => Promise<TokenOffer[]>

/**
 * The prices of one meter on one day, of the model that a name stands for and of what is served under that very name:
 * every source's, so that disputes and ages are in the answer. One statement, prepared once, which reads by index the
 * rows of the model and the meter that had not ended on the day.
 */
export function meterLookUp(database: Database): MeterLookUp {
  const prepared = database.select({ row: sql`*` }).from(meterQuery).prepare()
  return async (generation, { name, meter, day, serviceTier }) => {
    const rows = await prepared.values({ generation, name: nameKey(name), meter, day, serviceTier })
    return offersOfRows(
      rows
        .map(offerRow)
        .toSorted((a, b) => a.point.offer - b.point.offer || a.point.position - b.point.position),
    )
  }
}

/** What holds without an end and what ends later stand apart in the index, so each is asked for by itself. */
const meterQuery: SQL = (() => {
  const [generation, name, meter, day, serviceTier] = (
    ['generation', 'name', 'meter', 'day', 'serviceTier'] as const
  ).map((field) => sql.placeholder(field))
  const names = sql.join(
    columns.map((column, place) => sql`${column} as ${sql.raw(`c${place}`)}`),
    sql`, `,
  )
  const ofGeneration = sql`${pricePoints.generation} = ${generation}`
  const isServedAs = sql`${ofGeneration} and ${lower(pricePoints.servedModel)} = ${name}`
  const isOfModel = sql`${ofGeneration} and ${lower(pricePoints.model)} = (select model from asked) and ${lower(pricePoints.servedModel)} <> ${name}`
  const known = sql`select ${lower(modelNames.model)} from ${modelNames} where ${modelNames.generation} = ${generation} and ${modelNames.name} = ${name}`
  // A name that one model alone is served under stands for that model.
  const onlyServed = sql`select case when count(distinct ${lower(pricePoints.model)}) = 1 then max(${lower(pricePoints.model)}) end from ${pricePoints} where ${isServedAs}`
  const hasMeter = sql`${pricePoints.meter} = ${meter} and ${pricePoints.serviceTier} = ${serviceTier} and ${pricePoints.validFrom} <= ${day}`
  const read = sql`select ${names} from ${pricePoints} join ${sources} on ${sources.generation} = ${pricePoints.generation} and ${sources.source} = ${pricePoints.source}`
  const parts = [isServedAs, isOfModel].flatMap((answers) =>
    [sql`${pricePoints.validUntil} is null`, sql`${pricePoints.validUntil} > ${day}`].map(
      (lasts) => sql`${read} where ${answers} and ${hasMeter} and ${lasts}`,
    ),
  )
  return sql`(with asked(model) as materialized (select coalesce((${known}), (${onlyServed}))) ${sql.join(parts, sql` union all `)})`
})()

/** A row as the driver gives it. Written out, since a loop over the columns takes three times as long. */
function offerRow(row: readonly unknown[]): OfferRow {
  const [
    offer,
    position,
    seller,
    servedModel,
    model,
    modelRule,
    openWeights,
    kind,
    serviceTier,
    regionScope,
    region,
    quantisation,
    windowFrom,
    windowUntil,
    windowDays,
    cachedTokensReported,
    deprecated,
    meter,
    amount,
    unit,
    unitSize,
    usdPerMillionTokens,
    tierDimension,
    tierFrom,
    tierFromInclusive,
    tierTo,
    tierMode,
    listAmount,
    currency,
    validFrom,
    validFromBasis,
    validUntil,
    conflictSet,
    publisher,
    path,
    commit,
    observedAt,
    checkedAt,
  ] = row as RowValues
  return {
    point: {
      offer,
      position,
      seller,
      servedModel,
      model,
      modelRule,
      openWeights: openWeights === null ? null : openWeights === 1,
      kind,
      serviceTier,
      regionScope,
      region,
      quantisation,
      windowFrom,
      windowUntil,
      windowDays,
      cachedTokensReported,
      deprecated: deprecated === 1,
      meter,
      amount,
      unit,
      unitSize,
      usdPerMillionTokens,
      tierDimension,
      tierFrom,
      tierFromInclusive: tierFromInclusive === 1,
      tierTo,
      tierMode,
      listAmount,
      currency,
      validFrom,
      validFromBasis,
      validUntil,
      conflictSet,
    },
    source: { publisher, path, commit, observedAt, checkedAt },
  }
}

type Point = OfferRow['point']
type RowValues = [
  Point['offer'],
  Point['position'],
  Point['seller'],
  Point['servedModel'],
  Point['model'],
  Point['modelRule'],
  number | null,
  Point['kind'],
  Point['serviceTier'],
  Point['regionScope'],
  Point['region'],
  Point['quantisation'],
  Point['windowFrom'],
  Point['windowUntil'],
  Point['windowDays'],
  Point['cachedTokensReported'],
  number,
  Point['meter'],
  Point['amount'],
  Point['unit'],
  Point['unitSize'],
  Point['usdPerMillionTokens'],
  Point['tierDimension'],
  Point['tierFrom'],
  number,
  Point['tierTo'],
  Point['tierMode'],
  Point['listAmount'],
  Point['currency'],
  Point['validFrom'],
  Point['validFromBasis'],
  Point['validUntil'],
  Point['conflictSet'],
  OfferRow['source']['publisher'],
  OfferRow['source']['path'],
  OfferRow['source']['commit'],
  OfferRow['source']['observedAt'],
  OfferRow['source']['checkedAt'],
]
