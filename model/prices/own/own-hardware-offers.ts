import type { ProvisionedOffer } from '../provisioned-offer.ts'
import type { ServerOffer } from '../server-offer.ts'
import { entriesOn, inUsd, rateSource } from './own-money.ts'
import { ownSeller } from './own-token-offers.ts'
import type { PriceList } from './price-list.ts'

/** Reserved throughput that a price list has a rate for. */
export const ownProvisionedOffers = (list: PriceList, day: string): ProvisionedOffer[] =>
  entriesOn(list, 'provisioned-rate', day).map((rate) => {
    const usd = inUsd(list, rate.amountPerUnitHour, rate.currency, day)
    const source = rateSource(list, [rate.currency], day)
    return {
      seller: rate.seller ?? ownSeller,
      unit: rate.unit,
      servedModel: rate.model,
      model: rate.model,
      regionScope: 'global',
      inputTokensPerMinutePerUnit: rate.inputTokensPerMinutePerUnit ?? null,
      outputTokenWeight: rate.outputTokenWeight ?? null,
      cachedTokenWeight: null,
      minimumUnits: rate.minimumUnits,
      unitStep: rate.unitStep,
      termMonths: rate.termMonths ?? null,
      amount: String(usd),
      per: 'hour',
      currency: 'USD',
      usdPerUnitHour: usd,
      source,
      priceSource: source,
    }
  })

/** Complete servers that a price list has an offer for. */
export const ownServerOffers = (
  list: PriceList,
  day: string,
  gpuId: (name: string) => string | null,
): ServerOffer[] =>
  entriesOn(list, 'server-rate', day).map((rate) => {
    const usd = inUsd(list, rate.amountPerServer, rate.currency, day)
    const gpu = gpuId(rate.gpu) ?? rate.gpu
    return {
      server: `${rate.gpuCount} × ${gpu}`,
      seller: rate.seller ?? ownSeller,
      gpu,
      gpuCount: rate.gpuCount,
      usd,
      lowUsd: null,
      highUsd: null,
      usdPerGpu: usd / rate.gpuCount,
      source: `user: ${rateSource(list, [rate.currency], day).path}`,
      sourceDate: rate.validFrom ?? list.savedOn,
      note: null,
    }
  })
