import { version } from '../data/version.ts'
import type { ShippedBook } from './store/prices.ts'

/** The price book that ships with the code; read only by a server whose database does not have it yet. */
export const shippedBook: ShippedBook = {
  version,
  load: async () => ({ version, pricesAsOf: null, tokenOffers: [], gpuOffers: [] }),
}
