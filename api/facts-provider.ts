import { bundledFacts } from '../data/dataset.ts'
import type { Facts } from '../model/facts.ts'
import type { GpuQuery, PriceQuery, TokenQuery } from '../model/offers.ts'
import { nameKey } from './store/filters.ts'
import type { Prices } from './store/prices.ts'

/** The bundled facts together with the offers that these queries ask of the price book. */
export type FactsProvider = (queries: readonly PriceQuery[]) => Promise<Facts>

/** Facts whose offers come from the store: one look-up of each kind, whatever the number of queries. */
export const factsFromStore =
  (prices: Prices, today: () => string): FactsProvider =>
  async (queries) => {
    const facts = bundledFacts(today())
    const modelOf = ({ model }: TokenQuery): string => facts.weights(model)?.id ?? model
    const gpuOf = ({ gpu }: GpuQuery): string => facts.gpu(gpu)?.id ?? gpu
    const models = new Set(queries.flatMap((query) => (query.kind === 'token' ? [modelOf(query)] : [])))
    const gpus = new Set(queries.flatMap((query) => (query.kind === 'gpu' ? [gpuOf(query)] : [])))
    const [book, tokenOffers, gpuOffers] = await Promise.all([
      prices.book(),
      prices.tokenOffers([...models]),
      prices.gpuOffers([...gpus]),
    ])
    return {
      ...facts,
      pricesAsOf: book.pricesAsOf,
      tokenOffers: (query) =>
        (tokenOffers.get(nameKey(modelOf(query))) ?? []).filter(
          (offer) => fits(query.seller, offer.seller) && !isOver(offer, query.asOf),
        ),
      gpuOffers: (query) =>
        gpuOffers.filter(
          (offer) =>
            [offer.gpu, offer.instance].some((name) => name?.toLowerCase() === nameKey(gpuOf(query))) &&
            fits(query.seller, offer.seller) &&
            fits(query.pricing, offer.pricing) &&
            fits(query.region, offer.region) &&
            !isOver(offer, query.asOf),
        ),
    }
  }

const fits = (asked: string | undefined, known: string | null): boolean =>
  asked === undefined || asked.toLowerCase() === known

const isOver = ({ validUntil }: { readonly validUntil: string | null }, asOf: string | undefined): boolean =>
  asOf !== undefined && validUntil !== null && validUntil <= asOf
