import { z } from 'zod'
import { GpuField, gpuOf } from '../../model/gpu-field.ts'
import { ownPricesNamed } from '../../model/prices/own/with-own-prices.ts'
import { PriceListField } from '../../model/prices/price-fields.ts'
import { type ServerOffer, serverOffers } from '../../model/prices/server-offer.ts'
import { freeText, listing, matches, pageFields, pageOf, saysEveryWord } from './listing.ts'
import { AsOf, refuseEarly } from './token-prices.ts'

export const serverPrices = listing({
  id: 'prices/servers',
  title: 'Server prices',
  summary:
    'Complete servers and racks to buy: what sources say, with range and date. No maker prints a list price, so these are weak figures: use your quote',
  example: 'gpu=h100-sxm-80gb',
  input: z.strictObject({
    gpu: GpuField.optional(),
    q: freeText('server, GPU and seller'),
    asOf: AsOf,
    priceList: PriceListField.optional(),
    ...pageFields,
  }),
  columns: [
    'server',
    'seller',
    'gpu',
    'gpuCount',
    'usd',
    'lowUsd',
    'highUsd',
    'usdPerGpu',
    'source',
    'sourceDate',
    'note',
  ],
  async page({ gpu, q, asOf, priceList, ...page }, { facts }) {
    const day = asOf ?? facts.asOf
    const known = gpu === undefined ? undefined : gpuOf(gpu, facts).id
    const own = priceList === undefined ? [] : ownPricesNamed(facts, priceList).serverOffers(day)
    const fits = (offer: ServerOffer): boolean =>
      matches(known, offer.gpu) && saysEveryWord(q, [offer.server, offer.gpu, offer.seller])
    const listed = serverOffers(facts).filter(fits)
    const standing = listed.filter(({ sourceDate }) => sourceDate === null || sourceDate <= day)
    const all = [...own.filter(fits), ...standing]
    if (all.length === 0) {
      const [first = null] = listed.flatMap(({ sourceDate }) => sourceDate ?? []).toSorted()
      refuseEarly(first, day, 'complete servers')
    }
    return pageOf(all, page)
  },
})
