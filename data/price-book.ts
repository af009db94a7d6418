import type { Facts } from '../model/facts.ts'
import type { GpuOffer, GpuQuery, TokenOffer, TokenQuery } from '../model/offers.ts'
import { checkedOn } from '../model/prices/age.ts'
import { columnOf, gpuOfferAt, tokenOfferAt } from './price-book/codec.ts'
import gpuOffers from './price-book/gpu-offers.json' with { type: 'json' }
import catalogue from './price-book/models.json' with { type: 'json' }
import { cellOf, type Table } from './price-book/table.ts'
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

/** Rows of a table by lower-case names. */
function rowsBy(table: Table, namesOf: (row: number) => readonly string[]): ReadonlyMap<string, number[]> {
  const rows = new Map<string, number[]>()
  for (const row of rowNumbers(table)) {
    for (const name of new Set(namesOf(row).map((name) => name.toLowerCase()))) {
      const own = rows.get(name)
      if (own) own.push(row)
      else rows.set(name, [row])
    }
  }
  return rows
}

const listIn = (table: Table, name: string, row: number): readonly unknown[] => {
  const cell = cellOf(columnOf(table, name), row)
  return Array.isArray(cell) ? cell : []
}
const textIn = (table: Table, name: string, row: number): string => String(cellOf(columnOf(table, name), row))
const modelAt = (row: number): string | null => {
  const [model] = listIn(tokens, 'identity', row)
  return typeof model === 'string' ? model : null
}

const modelsByName = lazy(
  () =>
    new Map(
      catalogue.models.flatMap(({ id, names }) =>
        [id, ...names].map((name) => [name.toLowerCase(), id] as const),
      ),
    ),
)
const tokenRowsByModel = lazy(() => rowsBy(tokens, (row) => [modelAt(row) ?? '']))
const tokenRowsByServedName = lazy(() => rowsBy(tokens, (row) => [textIn(tokens, 'servedModel', row)]))
const gpuRowsByName = lazy(() =>
  rowsBy(gpus, (row) => {
    const [instance, gpu] = listIn(gpus, 'machine', row)
    return [String(instance), ...(typeof gpu === 'string' ? [gpu] : [])]
  }),
)

/**
 * Our id of the model that a name stands for: an id, a publisher's id, or a seller's name that only one model is
 * served under. Null where none or several are.
 */
export function modelNamed(name: string): string | null {
  const asked = name.trim().toLowerCase()
  const known = modelsByName().get(asked)
  if (known !== undefined) return known
  const served = new Set((tokenRowsByServedName().get(asked) ?? []).map(modelAt))
  served.delete(null)
  const [only, ...others] = served
  return only !== undefined && others.length === 0 ? only : null
}

/** Every observation of a model or a served name, whatever the day. */
function tokenRows(name: string): readonly number[] {
  const asked = name.trim().toLowerCase()
  const model = modelNamed(asked)
  const ofModel = model === null ? [] : (tokenRowsByModel().get(model.toLowerCase()) ?? [])
  const served = tokenRowsByServedName().get(asked) ?? []
  return [...new Set([...ofModel, ...served])].toSorted((a, b) => a - b)
}

const isOver = ({ validUntil }: { validUntil: string | null }, asOf: string | undefined): boolean =>
  asOf !== undefined && validUntil !== null && validUntil <= asOf

const tokenOffersFor = ({ model, seller, asOf }: TokenQuery): TokenOffer[] =>
  tokenRows(model)
    .filter((row) => seller === undefined || textIn(tokens, 'seller', row) === seller.toLowerCase())
    .map((row) => tokenOfferAt(tokens, row))
    .filter((offer) => !isOver(offer, asOf))

const gpuOffersFor = ({ gpu, seller, pricing, region, asOf }: GpuQuery): GpuOffer[] =>
  (gpuRowsByName().get(gpu.trim().toLowerCase()) ?? [])
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
