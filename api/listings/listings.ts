import { gpuPrices } from './gpu-prices.ts'
import { gpus } from './gpus.ts'
import type { Listing } from './listing.ts'
import { models } from './models.ts'
import { precisionListing } from './precisions.ts'
import { priceHistory } from './price-history.ts'
import { priceQuarantine } from './price-quarantine.ts'
import { priceRefreshes } from './price-refreshes.ts'
import { priceSources } from './price-sources.ts'
import { provisionedPrices } from './provisioned-prices.ts'
import { serverPrices } from './server-prices.ts'
import { tokenPrices } from './token-prices.ts'

/** Every list of facts and prices, in the order in which people meet them. */
export const listings: readonly Listing[] = [
  models,
  gpus,
  precisionListing,
  tokenPrices,
  gpuPrices,
  provisionedPrices,
  serverPrices,
  priceHistory,
  priceSources,
  priceQuarantine,
  priceRefreshes,
]
