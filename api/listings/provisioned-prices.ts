import { z } from 'zod'
import { isStale } from '../../model/prices/age.ts'
import { ownPricesNamed } from '../../model/prices/own/with-own-prices.ts'
import { PricedModelField, PriceListField, SellerField } from '../../model/prices/price-fields.ts'
import { expectKnownNames } from './known-names.ts'
import { freeText, listing, matches, pageFields, pageOf, saysEveryWord } from './listing.ts'
import { AsOf, refuseEarly } from './token-prices.ts'

export const provisionedPrices = listing({
  id: 'prices/provisioned',
  title: 'Provisioned throughput',
  summary:
    'Reserved throughput of token APIs, in whole units: tokens per minute of a unit by model, minimum and step, price by the hour and on commitment; what no source states is null',
  example: 'model=gpt-4.1&limit=3',
  input: z.strictObject({
    model: PricedModelField.optional(),
    seller: SellerField.optional(),
    q: freeText('seller, model and unit'),
    asOf: AsOf,
    priceList: PriceListField.optional(),
    ...pageFields,
  }),
  columns: [
    'seller',
    'unit',
    'servedModel',
    'model',
    'regionScope',
    'inputTokensPerMinutePerUnit',
    'outputTokenWeight',
    'cachedTokenWeight',
    'minimumUnits',
    'unitStep',
    'termMonths',
    'amount',
    'per',
    'currency',
    'usdPerUnitHour',
    'source.id',
    'source.path',
    'source.commit',
    'source.observedAt',
    'priceSource.id',
    'priceSource.path',
    'priceSource.commit',
    'priceSource.observedAt',
    'isStale',
  ],
  async page({ model, seller, q, asOf, priceList, ...page }, { facts }) {
    const { provisionedOffers } = await import('../../data/provisioned-offers.ts')
    const day = asOf ?? facts.asOf
    const own = priceList === undefined ? [] : ownPricesNamed(facts, priceList).provisionedOffers(day)
    const all = [...own, ...provisionedOffers]
    const fitting = all.filter(
      (offer) =>
        (model === undefined || matches(model, offer.servedModel) || matches(model, offer.model)) &&
        matches(seller, offer.seller) &&
        saysEveryWord(q, [offer.seller, offer.servedModel, offer.model, offer.unit]),
    )
    const standing = fitting.filter(({ source }) => source.id === 'user' || source.observedAt <= day)
    if (fitting.length === 0) {
      const models = all.flatMap((offer) => [offer.servedModel, offer.model ?? offer.servedModel])
      await expectKnownNames([
        { field: 'model', what: 'model with provisioned throughput', given: model, known: () => models },
        { field: 'seller', what: 'seller', given: seller, known: () => all.map((one) => one.seller) },
      ])
    }
    if (standing.length === 0) {
      const [first = null] = fitting.map(({ source }) => source.observedAt).toSorted()
      refuseEarly(first, day, 'provisioned throughput')
    }
    return pageOf(
      standing.map((offer) => ({ ...offer, isStale: isStale(offer.priceSource ?? offer.source, day) })),
      page,
    )
  },
})
