import { version } from '../data/version.ts'
import type { ShippedBook } from './store/prices.ts'

/** The price book that ships with the code; read only by a server whose database does not have it yet. */
export const shippedBook: ShippedBook = {
  version,
  async load() {
    const { allGpuOffers, allTokenOffers, pricedModels, pricesAsOf } = await import('../data/price-book.ts')
    return {
      version,
      pricesAsOf: pricesAsOf(),
      modelNames: new Map(
        pricedModels.flatMap(({ id, names }) => [id, ...names].map((name) => [name.toLowerCase(), id])),
      ),
      tokenOffers: allTokenOffers(),
      gpuOffers: allGpuOffers(),
    }
  },
}
