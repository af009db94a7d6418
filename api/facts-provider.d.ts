import type { Facts } from '../model/facts.ts'
import type { PriceQuery } from '../model/offers.ts'
/** The bundled facts together with the offers that these queries ask of the price book. */
export type FactsProvider = (queries: readonly PriceQuery[]) => Promise<Facts>
