import { type ProvisionedOffer, usdPerUnitHour } from '../model/prices/provisioned-offer.ts'
import facts from './provisioned-offers.json' with { type: 'json' }

type Scope = ProvisionedOffer['regionScope']

/** Every published offer of reserved throughput: one for each model, scope and term. */
export const provisionedOffers: readonly ProvisionedOffer[] = facts.capacity.flatMap((seller) =>
  seller.models.flatMap((model) =>
    seller.scopes.flatMap((scope, place): ProvisionedOffer[] => {
      const minimumUnits = model.minimum[place] ?? null
      // A scope without a minimum is one in which the model is not sold.
      if (minimumUnits === null) return []
      const shared = {
        seller: seller.seller,
        unit: seller.unit,
        servedModel: model.servedModel,
        model: model.model,
        regionScope: scope as Scope,
        inputTokensPerMinutePerUnit: model.inputTokensPerMinute,
        outputTokenWeight: model.outputTokenWeight,
        cachedTokenWeight: seller.cachedTokenWeight,
        minimumUnits,
        unitStep: model.step[place] ?? null,
        currency: 'USD',
        source: seller.source,
      }
      const prices = facts.prices.filter((price) => price.seller === seller.seller)
      if (prices.length === 0) {
        return [
          { ...shared, termMonths: null, amount: null, per: null, usdPerUnitHour: null, priceSource: null },
        ]
      }
      return prices.flatMap(({ source, terms }) =>
        terms.map(({ termMonths, amounts, per }) => {
          const amount = amounts[place] ?? null
          const period = per as 'hour' | 'month' | 'year'
          return {
            ...shared,
            termMonths,
            amount,
            per: period,
            usdPerUnitHour: amount === null ? null : usdPerUnitHour(Number(amount), period),
            priceSource: source,
          }
        }),
      )
    }),
  ),
)

/** Where the offers stand. */
export const provisionedSources = [...facts.capacity, ...facts.prices].map(({ source }) => source)
