import type { Facts } from '../model/facts.ts'
import type { GpuOffer, GpuQuery, TokenOffer, TokenQuery } from '../model/offers.ts'
import { checkedOn } from '../model/prices/age.ts'
import { columnOf, gpuOfferAt, tokenOfferAt } from './price-book/codec.ts'
import gpuOffers from './price-book/gpu-offers.json' with { type: 'json' }
import catalogue from './price-book/models.json' with { type: 'json' }
import { type Column, cellOf, type Table } from './price-book/table.ts'
import tokenOffers from './price-book/token-offers.json' with { type: 'json' }

const tokens: Table = tokenOffers
const gpus: Table = gpuOffers

/** Every model that the book can name, and the names that stand for several. */
export const { models: pricedModels, ambiguous: ambiguousNames } = catalogue

const rowNumbers = (table: Table): number[] => Array.from({ length: table.rowCount }, (_, row) => row)

/** The whole book, decoded: what a store is filled with. */
export const allTokenOffers = (): TokenOffer[] => rowNumbers(tokens).map((row) => tokenOfferAt(tokens, row))
export const allGpuOffers = (): GpuOffer[] => rowNumbers(gpus).map((row) => gpuOfferAt(gpus, row))

/** A value that is made when it is first asked for. */
function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The places of a column's values by lower-case names: few values stand for many rows. */
function placesBy(
  { values }: Column,
  namesOf: (value: unknown) => readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [place, value] of values.entries()) {
    for (const name of new Set(namesOf(value).map((name) => name.toLowerCase()))) {
      const own = places.get(name)
      if (own) own.push(place)
      else places.set(name, [place])
    }
  }
  return places
}

/** The rows that have one of some values. */
const rowsAt = ({ rows }: Column, places: readonly number[]): number[] => {
  const wanted = new Set(places)
  return rows.flatMap((place, row) => (wanted.has(place) ? [row] : []))
}

const textIn = (table: Table, name: string, row: number): string => String(cellOf(columnOf(table, name), row))
const textsOf = (value: unknown, count: number): string[] =>
  Array.isArray(value) ? value.slice(0, count).filter((text) => typeof text === 'string') : [String(value)]

const identities = columnOf(tokens, 'identity')
const servedModels = columnOf(tokens, 'servedModel')
const machines = columnOf(gpus, 'machine')

const modelsByName = lazy(
  () =>
    new Map(
      catalogue.models.flatMap(({ id, names }) =>
        [id, ...names].map((name) => [name.toLowerCase(), id] as const),
      ),
    ),
)
const placesByModel = lazy(() => placesBy(identities, (value) => textsOf(value, 1)))
const placesByServedModel = lazy(() => placesBy(servedModels, (value) => textsOf(value, 1)))
/** An instance's name and our GPU id stand first in what a machine is. */
const placesByMachine = lazy(() => placesBy(machines, (value) => textsOf(value, 2)))

const rowsServed = (asked: string): number[] => rowsAt(servedModels, placesByServedModel().get(asked) ?? [])

/**
 * Our id of the model that a name stands for: an id, a publisher's id, or a seller's name that only one model is
 * served under. Null where none or several are.
 */
export function modelNamed(name: string): string | null {
  const asked = name.trim().toLowerCase()
  const known = modelsByName().get(asked)
  if (known !== undefined) return known
  const served = new Set(rowsServed(asked).flatMap((row) => textsOf(cellOf(identities, row), 1)))
  const [only, ...others] = served
  return only !== undefined && others.length === 0 ? only : null
}

/** Every observation of a model or a served name, whatever the day. */
function tokenRows(name: string): readonly number[] {
  const asked = name.trim().toLowerCase()
  const model = modelNamed(asked)
  const ofModel = model === null ? [] : rowsAt(identities, placesByModel().get(model.toLowerCase()) ?? [])
  return [...new Set([...ofModel, ...rowsServed(asked)])].toSorted((a, b) => a - b)
}

const isOver = ({ validUntil }: { validUntil: string | null }, asOf: string | undefined): boolean =>
  asOf !== undefined && validUntil !== null && validUntil <= asOf

const tokenOffersFor = ({ model, seller, asOf }: TokenQuery): TokenOffer[] =>
  tokenRows(model)
    .filter((row) => seller === undefined || textIn(tokens, 'seller', row) === seller.toLowerCase())
    .map((row) => tokenOfferAt(tokens, row))
    .filter((offer) => !isOver(offer, asOf))

const gpuOffersFor = ({ gpu, seller, pricing, region, asOf }: GpuQuery): GpuOffer[] =>
  rowsAt(machines, placesByMachine().get(gpu.trim().toLowerCase()) ?? [])
    .filter((row) => seller === undefined || textIn(gpus, 'seller', row) === seller.toLowerCase())
    .map((row) => gpuOfferAt(gpus, row))
    .filter(
      (offer) =>
        (pricing === undefined || offer.pricing === pricing) &&
        (region === undefined || offer.region === region.toLowerCase()) &&
        !isOver(offer, asOf),
    )

/** The newest day of any observation in the book. */
export const pricesAsOf = lazy(() =>
  [tokens, gpus]
    .flatMap((table) => columnOf(table, 'source').values as TokenOffer['source'][])
    .map(checkedOn)
    .reduce<string | null>((latest, day) => (latest === null || day > latest ? day : latest), null),
)

/** The facts together with the shipped price book. */
export const withBook = (facts: Facts): Facts => ({
  ...facts,
  pricesAsOf: pricesAsOf(),
  tokenOffers: (query) => tokenOffersFor({ ...query, model: facts.weights(query.model)?.id ?? query.model }),
  gpuOffers: (query) => gpuOffersFor({ ...query, gpu: facts.gpu(query.gpu)?.id ?? query.gpu }),
})
