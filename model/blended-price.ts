import { z } from 'zod'
import { divideBy, group, product, sum } from './breakdown.ts'
import { calculation } from './calculation.ts'
import { isStale } from './prices/age.ts'
import type { ListedMeter, Listing } from './prices/listing.ts'
import { market, offersOf, whyUnpriced } from './prices/market.ts'
import { committedSpend } from './prices/own/committed-spend.ts'
import { publicTokenPrice } from './prices/own/public-price.ts'
import { priceListQuery, withOwnPrices } from './prices/own/with-own-prices.ts'
import { disputedPrice, priceSource, stalePrice } from './prices/price-answer.ts'
import {
  AsOfField,
  PricedModelField,
  PriceListField,
  PublicPrice,
  SellerField,
  ServiceTierField,
  tokenCount,
} from './prices/price-fields.ts'
import { type MixCost, mixCost } from './prices/request-cost.ts'
import { spread } from './prices/token-market.ts'
import { isOwn } from './prices/trust.ts'
import { invalid } from './problem.ts'
import { sellerAssumption, today } from './token-price.ts'
import { TOKENS_PER_MILLION } from './units.ts'

const usd = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'USD' })

export const blendedPrice = calculation({
  id: 'blended-price',
  title: 'Blended price',
  summary: 'What a mix of input, cached and output tokens costs at a seller, and a million tokens of it',
  formula:
    'usd = (input − cached) × inputPrice + cached × cacheReadPrice + output × outputPrice; blended = usd / (input + output)',
  input: z.strictObject({
    model: PricedModelField,
    inputTokens: tokenCount('Input tokens', 'All input tokens, cached ones included'),
    outputTokens: tokenCount('Output tokens', 'Output tokens, reasoning included'),
    cachedInputTokens: tokenCount(
      'Cached tokens',
      'The part of the input that is read from the cache',
    ).default(0),
    seller: SellerField.optional(),
    asOf: AsOfField.optional(),
    serviceTier: ServiceTierField,
    promptTokens: tokenCount(
      'Prompt',
      'Length of one whole prompt: it selects the tier; without it the input counts as one prompt',
    ).optional(),
    priceList: PriceListField.optional(),
  }),
  output: z.object({
    usd: usd('Cost of the mix'),
    usdPerMillionTokens: z
      .number()
      .nullable()
      .meta({ title: 'Blended price', 'x-unit': 'USD/million tokens' }),
    seller: z.string().nullable().meta({ title: 'Seller' }),
    servedModel: z.string().nullable().meta({ title: 'Served as' }),
    lines: z.array(
      z.object({
        name: z.string(),
        meter: z.string(),
        tokens: z.number().meta({ title: 'Tokens', 'x-unit': 'token' }),
        usdPerMillionTokens: z.number().meta({ title: 'Price', 'x-unit': 'USD/million tokens' }),
      }),
    ),
    lowestUsd: usd('Lowest of all sellers'),
    medianUsd: usd('Median of all sellers'),
    highestUsd: usd('Highest of all sellers'),
    sellerCount: z.number().meta({ title: 'Sellers with a price', 'x-unit': 'count' }),
    publicPrice: PublicPrice.nullable().meta({ title: 'The mix at public prices' }),
    committedUsd: usd('Committed spend of a month'),
  }),
  sources: [],
  examples: [
    {
      title: 'gpt-4o with 60% of the input cached: 3.75 USD for 1.2 million tokens',
      input: {
        model: 'gpt-4o',
        inputTokens: 1e6,
        outputTokens: 0.2e6,
        cachedInputTokens: 0.6e6,
        seller: 'openai',
      },
      value: 3.125,
      tolerance: 1e-12,
    },
  ],
  prices: ({ model, priceList }) => [{ kind: 'token', model }, ...priceListQuery(priceList)],
  compute(
    {
      model,
      inputTokens,
      outputTokens,
      cachedInputTokens,
      seller,
      asOf,
      serviceTier,
      promptTokens,
      priceList,
    },
    facts,
  ) {
    if (cachedInputTokens > inputTokens) {
      throw invalid(
        'cachedInputTokens',
        `cachedInputTokens: ${cachedInputTokens} is more than inputTokens, ${inputTokens}; cached tokens are part of the input.`,
      )
    }
    if (inputTokens + outputTokens === 0) {
      throw invalid('inputTokens', 'inputTokens: 0 with no outputTokens is no mix; one must be above 0.')
    }
    const day = asOf ?? facts.asOf
    const own = withOwnPrices(facts, { priceList, day })
    const offers = offersOf(model, own)
    const selection = { day, serviceTier, seller, name: model }
    const mix = {
      inputTokens,
      outputTokens,
      cachedInputTokens,
      promptTokens: promptTokens ?? inputTokens,
    }
    const usdOf = ({ meters }: Listing) => {
      const cost = mixCost(meters, mix)
      return 'usd' in cost ? cost.usd : null
    }
    const { chosen, all } = market(offers, selection, usdOf)
    const { lowest = null, median = null, highest = null } = spread(all) ?? {}
    const listed = { lowestUsd: lowest, medianUsd: median, highestUsd: highest, sellerCount: all.length }
    const cost = chosen && priced(mixCost(chosen.listing.meters, mix))
    if (!chosen || !cost) {
      return {
        result: {
          usd: null,
          usdPerMillionTokens: null,
          seller: null,
          servedModel: null,
          lines: [],
          ...listed,
          publicPrice: null,
          committedUsd: null,
        },
        value: null,
        unit: 'USD/million tokens',
        breakdown: [],
        assumptions: [
          {
            field: 'price',
            value: null,
            unit: 'USD/million tokens',
            because: whyUnpriced(offers, selection, 'input and output'),
          },
        ],
      }
    }
    const total = group(
      'cost of the mix',
      'USD',
      sum(
        ...cost.lines.map((line) =>
          group(line.name, 'USD', [
            ...product(
              { name: 'tokens', value: line.tokens, unit: 'token' },
              { name: 'price', value: line.usdPerMillionTokens, unit: 'USD/million tokens' },
            ),
            divideBy({ name: 'tokens in a million', value: TOKENS_PER_MILLION, unit: 'token' }),
          ]),
        ),
      ),
    )
    const millions = (inputTokens + outputTokens) / TOKENS_PER_MILLION
    const value = total.value / millions
    const { offer, disputes } = chosen.listing
    const sources = [...new Set(cost.used.map(({ source }) => source))]
    const committedUsd = own.committedUsdPerMonth(chosen.seller, day)
    return {
      result: {
        usd: total.value,
        usdPerMillionTokens: value,
        seller: chosen.seller,
        servedModel: offer.servedModel,
        lines: [...cost.lines],
        ...listed,
        publicPrice: sources.some(isOwn)
          ? publicTokenPrice({ facts, model, chosen, selection, usdOf })
          : null,
        committedUsd,
      },
      value,
      unit: 'USD/million tokens',
      breakdown: [
        { ...total, operator: 'add' },
        divideBy({ name: 'million tokens of the mix', value: millions, unit: 'million tokens' }),
      ],
      assumptions: [
        ...(asOf === undefined ? [today(day)] : []),
        ...(seller === undefined ? [sellerAssumption(chosen, all.length)] : []),
        ...(cost.cachedAtFullPrice
          ? [
              {
                field: 'cachedInputTokens',
                value: cachedInputTokens,
                unit: 'token' as const,
                because: `No source states a cache price at ${chosen.seller}: cached tokens are priced as other input.`,
              },
            ]
          : []),
        ...sources
          .filter((source) => isStale(source, facts.asOf))
          .flatMap((source) => stalePrice(source, facts.asOf)),
        ...committedSpend({ committedUsd, seller: chosen.seller, usd: total.value, field: 'committedUsd' }),
        ...disputedPrice(disputes.filter(({ meter }) => cost.lines.some((line) => line.meter === meter))),
      ],
      sources: sources.map(priceSource),
    }
  },
})

const priced = (cost: MixCost<ListedMeter>) => ('usd' in cost ? cost : null)
