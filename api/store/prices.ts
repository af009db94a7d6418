import type { GpuOffer, TokenOffer } from '../../model/offers.ts'
import type { Database } from './database.ts'
import type { OfferPage } from './filters.ts'
import { type GpuFilter, gpuOfferNames, gpuOfferPage, gpuOffersOf } from './gpu-offers.ts'
import { type MeterQuestion, meterLookUp } from './meter-offers.ts'
import { type PriceBook, type Published, publish, published } from './price-book.ts'
import { type Refreshes, refreshesIn } from './refreshes.ts'
import {
  type OffersByName,
  pricedNames,
  type TokenFilter,
  tokenListings,
  tokenOfferNames,
  tokenOffersNamed,
} from './token-offers.ts'
import { keepingRefreshed, wholeBook } from './whole-book.ts'

/** The price book of a database, as the routes read it. */
export interface Prices {
  /** The import that readers see, the shipped book being taken in first where it is not yet there. */
  book(): Promise<Published>
  /** Every name under which a token price can be asked, in lower case. */
  modelNames(): Promise<readonly string[]>
  /** Every seller or region that the token offers, or those of GPUs, name. */
  tokenOfferNames(field: 'seller' | 'region'): Promise<readonly string[]>
  gpuOfferNames(field: 'seller' | 'region'): Promise<readonly string[]>
  tokenOffers(names: readonly string[]): Promise<OffersByName>
  /** The prices of one meter of one model on one day, by one query. */
  meterOffers(question: MeterQuestion): Promise<readonly TokenOffer[]>
  gpuOffers(names: readonly string[]): Promise<readonly GpuOffer[]>
  tokenListings(filter: TokenFilter): Promise<OfferPage<TokenOffer>>
  gpuOfferPage(filter: GpuFilter): Promise<OfferPage<GpuOffer>>
  /** The book that readers see, in whole. */
  whole(): Promise<PriceBook>
  /** Shows readers another book, all of it at once. */
  replace(book: PriceBook): Promise<Published>
  readonly refreshes: Refreshes
}

/** What ships with the code: the version is known without reading the book. */
export interface ShippedBook {
  readonly version: string
  load(): Promise<PriceBook>
}

/** Another server may publish meanwhile; a generation outlives the next one, so a reader may lag this long. */
const bookHoldsMilliseconds = 10_000

export function pricesIn(database: Database, shipped: ShippedBook): Prices {
  const lookUp = meterLookUp(database)
  let current: { readonly readAt: number; readonly book: Promise<Published> } | null = null

  const read = async (): Promise<Published> => {
    const known = await published(database)
    if (known?.version === shipped.version) return known
    const book = await shipped.load()
    return publish(database, known ? keepingRefreshed(book, await wholeBook(database, known)) : book)
  }
  const book = (): Promise<Published> => {
    if (current && Date.now() - current.readAt < bookHoldsMilliseconds) return current.book
    const reading = { readAt: Date.now(), book: read() }
    current = reading
    reading.book.catch(() => {
      if (current === reading) current = null
    })
    return reading.book
  }
  const generation = async () => (await book()).generation

  return {
    book,
    modelNames: async () => pricedNames(database, await generation()),
    tokenOfferNames: async (field) => tokenOfferNames(database, await generation(), field),
    gpuOfferNames: async (field) => gpuOfferNames(database, await generation(), field),
    tokenOffers: async (names) =>
      names.length === 0 ? new Map() : tokenOffersNamed(database, await generation(), names),
    meterOffers: async (question) => lookUp(await generation(), question),
    gpuOffers: async (names) => (names.length === 0 ? [] : gpuOffersOf(database, await generation(), names)),
    tokenListings: async (filter) => tokenListings(database, await generation(), filter),
    gpuOfferPage: async (filter) => gpuOfferPage(database, await generation(), filter),
    whole: async () => wholeBook(database, await book()),
    async replace(next) {
      const shown = publish(database, next)
      const replaced = await shown
      current = { readAt: Date.now(), book: shown }
      return replaced
    },
    refreshes: refreshesIn(database),
  }
}
