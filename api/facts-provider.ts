import { bundledFacts } from '../data/dataset.ts'
import type { Facts } from '../model/facts.ts'
import type { GpuQuery, PriceQuery, TokenQuery } from '../model/offers.ts'
import type { Prices } from './store/prices.ts'

/** The bundled facts together with the offers that these queries ask of the price book. */
export type FactsProvider = (queries: readonly PriceQuery[]) => Promise<Facts>

/** Facts whose offers come from the store: one look-up of each kind, whatever the number of queries. */
export const factsFromStore =
  (prices: Prices, today: () => string): FactsProvider =>
  async (queries) => {
    const facts = bundledFacts(today())
    const gpuName = ({ gpu }: GpuQuery): string => facts.gpu(gpu)?.id ?? gpu
    const models = new Set(queries.flatMap((query) => (query.kind === 'token' ? [query.model] : [])))
    const gpus = new Set(queries.flatMap((query) => (query.kind === 'gpu' ? [gpuName(query)] : [])))
    const [book, tokenOffers, gpuOffers] = await Promise.all([
      prices.book(),
      prices.tokenOffers([...models]),
      prices.gpuOffers([...gpus]),
    ])
    return {
      ...facts,
      pricesAsOf: book.pricesAsOf,
      tokenOffers: (query: TokenQuery) =>
        tokenOffers.filter(
          (offer) =>
            (same(offer.model, query.model) || same(offer.servedModel, query.model)) &&
            (query.seller === undefined || same(offer.seller, query.seller)),
        ),
      gpuOffers: (query: GpuQuery) =>
        gpuOffers.filter(
          (offer) =>
            (same(offer.gpu, gpuName(query)) || same(offer.instance, query.gpu)) &&
            (query.seller === undefined || same(offer.seller, query.seller)) &&
            (query.pricing === undefined || offer.pricing === query.pricing) &&
            (query.region === undefined || same(offer.region, query.region)),
        ),
    }
  }

const same = (known: string | null, asked: string): boolean =>
  known?.toLowerCase() === asked.trim().toLowerCase()
