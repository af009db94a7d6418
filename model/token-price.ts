import { z } from 'zod'
import { type Assumption, calculation } from './calculation.ts'
import type { TokenOffer } from './offers.ts'
import { checkedOn, isStale } from './prices/age.ts'
import { expectMeter } from './prices/known-place.ts'
import type { Listing } from './prices/listing.ts'
import { market, offersOf, whyUnpriced } from './prices/market.ts'
import { isEnough, meterOffers } from './prices/meter-offers.ts'
import { publicTokenPrice } from './prices/own/public-price.ts'
import { priceListQuery, withOwnPrices } from './prices/own/with-own-prices.ts'
import { disputedPrice, priceSource, stalePrice } from './prices/price-answer.ts'
import {
  AsOfField,
  PricedModelField,
  PriceListField,
  PriceSourceResult,
  PublicPrice,
  RegionField,
  SellerField,
  ServiceTierField,
  tokenCount,
} from './prices/price-fields.ts'
import { tierAt } from './prices/tier.ts'
import { spread } from './prices/token-market.ts'
import { isOwn, isOwnRate } from './prices/trust.ts'
import { quote } from './problem.ts'

const usdPerMillionTokens = (title: string) =>
  z.number().nullable().meta({ title, 'x-unit': 'USD/million tokens' })

const meterName = (meter: string): string => meter.trim().toLowerCase()

/** Why this seller's price answers, when none was named. */
export const sellerAssumption = (
  chosen: {
    readonly seller: string
    readonly listing: { readonly offer: Pick<TokenOffer, 'openWeights' | 'source'> }
  },
  sellerCount: number,
): Assumption => ({
  field: 'seller',
  value: chosen.seller,
  unit: null,
  because: isOwnRate(chosen.listing.offer.source)
    ? 'Your price list has a rate there.'
    : sellerCount === 1
      ? 'The only seller that has a price.'
      : chosen.listing.offer.openWeights === true
        ? `The cheapest list price among ${sellerCount} sellers that have one.`
        : `The maker's own price where the maker sells the model, else the cheapest list price; ${sellerCount} sellers have one.`,
})

export const tokenPrice = calculation({
  id: 'token-price',
  title: 'Token price',
  summary: 'What a seller asks for a million tokens of a model, on a day, and who says so',
  formula:
    'the price of the meter at the tier that the prompt reaches, by the most trusted source of that day',
  input: z.strictObject({
    model: PricedModelField,
    meter: z.string().min(1).max(60).default('input').meta({
      title: 'Meter',
      description: 'input, output, cache-read, cache-write, reasoning, ... or a publisher’s own name',
    }),
    seller: SellerField.optional(),
    asOf: AsOfField.optional(),
    serviceTier: ServiceTierField,
    promptTokens: tokenCount('Prompt', 'Length of one whole prompt: it selects the tier').default(0),
    region: RegionField.optional(),
    priceList: PriceListField.optional(),
  }),
  output: z.object({
    usdPerMillionTokens: usdPerMillionTokens('Price'),
    seller: z.string().nullable().meta({ title: 'Seller' }),
    servedModel: z.string().nullable().meta({ title: 'Served as' }),
    model: z.string().nullable().meta({ title: 'Model' }),
    kind: z.string().nullable().meta({ title: 'Kind of price' }),
    lowest: usdPerMillionTokens('Lowest of all sellers'),
    median: usdPerMillionTokens('Median of all sellers'),
    highest: usdPerMillionTokens('Highest of all sellers'),
    sellerCount: z.number().meta({ title: 'Sellers with a price', 'x-unit': 'count' }),
    observation: PriceSourceResult.nullable(),
    publicPrice: PublicPrice.nullable(),
  }),
  sources: [],
  examples: [
    { input: { model: 'gpt-4o', meter: 'output', seller: 'openai' }, value: 10 },
    {
      input: { model: 'gemini-2.5-pro', meter: 'input', seller: 'google', promptTokens: 250_000 },
      value: 2.5,
    },
  ],
  prices: ({ model, meter, seller, asOf, serviceTier, region, priceList }) => [
    { kind: 'token', model, asOf, about: { meter: meterName(meter), serviceTier, seller, region } },
    ...priceListQuery(priceList),
  ],
  compute({ model, meter, seller, asOf, serviceTier, promptTokens, region, priceList }, facts) {
    const day = asOf ?? facts.asOf
    const name = meterName(meter)
    const known = offersOf(model, withOwnPrices(facts, { priceList, day }))
    expectMeter(name, known)
    const ofMeter = meterOffers(known, { meter: name, day })
    const offers = isEnough(ofMeter, { serviceTier, seller, region }) ? ofMeter : known
    const selection = { day, serviceTier, seller, region, name: model }
    const usdOf = ({ meters }: Listing) => tierAt(meters, name, promptTokens)?.usdPerMillionTokens ?? null
    const { chosen, all } = market(offers, selection, usdOf)
    const price = chosen && tierAt(chosen.listing.meters, name, promptTokens)
    const { lowest = null, median = null, highest = null } = spread(all) ?? {}
    const listed = { lowest, median, highest, sellerCount: all.length }
    if (!chosen || !price) {
      return {
        result: {
          usdPerMillionTokens: null,
          seller: null,
          servedModel: null,
          model: null,
          kind: null,
          ...listed,
          observation: null,
          publicPrice: null,
        },
        value: null,
        unit: 'USD/million tokens',
        breakdown: [],
        assumptions: [
          {
            field: 'price',
            value: null,
            unit: 'USD/million tokens',
            because: whyUnpriced(offers, selection, name),
          },
        ],
      }
    }
    const { offer, disputes } = chosen.listing
    return {
      result: {
        usdPerMillionTokens: chosen.usd,
        seller: chosen.seller,
        servedModel: offer.servedModel,
        model: offer.model,
        kind: offer.kind,
        ...listed,
        observation: {
          source: price.source.id,
          checkedOn: checkedOn(price.source),
          isStale: isStale(price.source, facts.asOf),
          validFrom: offer.validFrom,
          validUntil: offer.validUntil,
        },
        publicPrice: isOwn(price.source)
          ? publicTokenPrice({ facts, model, chosen, selection, usdOf })
          : null,
      },
      value: chosen.usd,
      unit: 'USD/million tokens',
      breakdown: [
        {
          name: `${name} at ${chosen.seller}, ${price.tierFrom === 0 ? serviceTier : `${serviceTier}, above ${price.tierFrom} prompt tokens`}`,
          operator: 'add',
          value: chosen.usd,
          unit: 'USD/million tokens',
        },
      ],
      assumptions: [
        ...(asOf === undefined ? [today(day)] : []),
        ...(seller === undefined ? [sellerAssumption(chosen, all.length)] : []),
        ...elsewhere(region, offer),
        ...stalePrice(price.source, facts.asOf),
        ...disputedPrice(disputes.filter((dispute) => dispute.meter === name)),
      ],
      sources: [priceSource(price.source)],
    }
  },
})

/** Said where the price is not for the region that was asked for alone. */
const elsewhere = (region: string | undefined, offer: TokenOffer): Assumption[] =>
  region === undefined || offer.region === region.toLowerCase()
    ? []
    : [
        {
          field: 'region',
          value: offer.region,
          unit: null,
          because: `No price of ${offer.servedModel} at ${offer.seller} is for ${quote(region)} alone: this one is for all regions.`,
        },
      ]

/** Said where no day was given. */
export const today = (day: string): Assumption => ({
  field: 'asOf',
  value: day,
  unit: null,
  because: 'today',
})
