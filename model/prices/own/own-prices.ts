import type { Facts } from '../../facts.ts'
import type { GpuOffer, TokenOffer } from '../../offers.ts'
import type { ProvisionedOffer } from '../provisioned-offer.ts'
import type { ServerOffer } from '../server-offer.ts'
import { type OwnGpuQuestion, ownGpuOffers } from './own-gpu-offers.ts'
import { ownProvisionedOffers, ownServerOffers } from './own-hardware-offers.ts'
import { entriesOn, inUsd } from './own-money.ts'
import { type OwnOffers, type OwnTokenQuestion, ownTokenOffers } from './own-token-offers.ts'
import type { PriceList } from './price-list.ts'

/** A price list as calculations and lists ask it. */
export interface OwnPrices {
  readonly name: string
  tokenOffers(question: OwnTokenQuestion): OwnOffers<TokenOffer>
  gpuOffers(question: Omit<OwnGpuQuestion, 'gpuId'>): OwnOffers<GpuOffer>
  /** What is owed to a seller in each month, used or not; null where nothing is. */
  committedUsdPerMonth(seller: string, day: string): number | null
  provisionedOffers(day: string): readonly ProvisionedOffer[]
  serverOffers(day: string): readonly ServerOffer[]
  /** What its rates name. */
  readonly models: readonly string[]
  readonly gpus: readonly string[]
}

export const ownPricesOf = (list: PriceList, facts: Facts): OwnPrices => ({
  name: list.name,
  tokenOffers: (question) => ownTokenOffers(list, question),
  gpuOffers: (question) => ownGpuOffers(list, { ...question, gpuId: (name) => facts.gpu(name)?.id ?? null }),
  committedUsdPerMonth(seller, day) {
    const own = entriesOn(list, 'commitment', day).filter((entry) => entry.seller === seller)
    if (own.length === 0) return null
    return own.reduce(
      (sum, { amountPerMonth, currency }) => sum + inUsd(list, amountPerMonth, currency, day),
      0,
    )
  },
  provisionedOffers: (day) => ownProvisionedOffers(list, day),
  serverOffers: (day) => ownServerOffers(list, day, (name) => facts.gpu(name)?.id ?? null),
  models: list.entries.flatMap((entry) => (entry.kind === 'token-rate' ? [entry.model] : [])),
  gpus: list.entries.flatMap((entry) =>
    entry.kind === 'gpu-rate' ? [facts.gpu(entry.gpu)?.id ?? entry.gpu] : [],
  ),
})
