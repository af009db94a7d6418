import { z } from 'zod'
import { divideBy } from './breakdown.ts'
import { calculation } from './calculation.ts'
import { GpuField, gpuOf } from './gpu-field.ts'
import { gpuPricings } from './offers.ts'
import { checkedOn, isStale } from './prices/age.ts'
import { cheapestBySeller, gpuListings } from './prices/gpu-market.ts'
import { expectRegion } from './prices/known-place.ts'
import { publicGpuPrice } from './prices/own/public-price.ts'
import { priceListQuery, withOwnPrices } from './prices/own/with-own-prices.ts'
import { noPriceOn, priceSource, stalePrice } from './prices/price-answer.ts'
import {
  AsOfField,
  PriceListField,
  PriceSourceResult,
  PublicPrice,
  RegionField,
  SellerField,
} from './prices/price-fields.ts'
import { spread } from './prices/token-market.ts'
import { isOwn, isOwnRate } from './prices/trust.ts'
import { InputProblem, quote } from './problem.ts'
import { today } from './token-price.ts'

const usdPerGpuHour = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'USD/GPU hour' })

export const gpuPrice = calculation({
  id: 'gpu-price',
  title: 'GPU price',
  summary:
    'What an hour of one GPU costs to rent, on a day: the cheapest instance, and the spread of the sellers',
  formula: 'usdPerGpuHour = usdPerHour of the instance / its GPUs',
  input: z.strictObject({
    gpu: GpuField,
    pricing: z
      .enum(gpuPricings)
      .default('on-demand')
      .meta({
        title: 'Pricing',
        description: 'On demand, spot, reserved for a term, by the marketplace, ...',
        'x-aliases': { ondemand: 'on-demand', 'on demand': 'on-demand', commit: 'reserved' },
      }),
    seller: SellerField.optional(),
    asOf: AsOfField.optional(),
    termMonths: z
      .number()
      .int()
      .positive()
      .max(120)
      .meta({ title: 'Term', description: 'Length of the commitment', 'x-unit': 'month' })
      .optional(),
    region: RegionField.optional(),
    priceList: PriceListField.optional(),
  }),
  output: z.object({
    usdPerGpuHour: usdPerGpuHour('Price'),
    usdPerHour: z.number().nullable().meta({ title: 'Price of the instance', 'x-unit': 'USD/hour' }),
    seller: z.string().nullable().meta({ title: 'Seller' }),
    instance: z.string().nullable().meta({ title: 'Instance' }),
    gpuCount: z.number().nullable().meta({ title: 'GPUs of the instance', 'x-unit': 'GPU' }),
    region: z.string().nullable().meta({ title: 'Region' }),
    termMonths: z.number().nullable().meta({ title: 'Term', 'x-unit': 'month' }),
    lowest: usdPerGpuHour('Lowest of all sellers'),
    median: usdPerGpuHour("Median of the sellers' cheapest"),
    highest: usdPerGpuHour("Highest of the sellers' cheapest"),
    sellerCount: z.number().meta({ title: 'Sellers with a price', 'x-unit': 'count' }),
    observation: PriceSourceResult.nullable(),
    publicPrice: PublicPrice.nullable(),
  }),
  sources: [],
  examples: [
    {
      title: 'p5.48xlarge: 55.04 USD an hour for 8',
      input: { gpu: 'h100-sxm-80gb', seller: 'aws' },
      value: 6.88,
    },
  ],
  prices: ({ gpu, pricing, priceList }) => [{ kind: 'gpu', gpu, pricing }, ...priceListQuery(priceList)],
  compute({ gpu: name, pricing, seller, asOf, termMonths, region, priceList }, facts) {
    const gpu = gpuOf(name, facts)
    const day = asOf ?? facts.asOf
    const query = { kind: 'gpu' as const, gpu: name, pricing }
    const offers = withOwnPrices(facts, { priceList, day }).gpuOffers(query)
    const selection = { day, pricing, region, termMonths }
    expectRegion(region, offers, gpu.id)
    const listings = gpuListings(offers, selection)
    const asked = seller?.toLowerCase()
    if (listings.length === 0 && offers.length > 0 && region === undefined && termMonths === undefined) {
      throw noPriceOn(day, `${gpu.id}, ${pricing}`, offers)
    }
    const sellers = cheapestBySeller(listings)
    if (asked !== undefined && listings.length > 0 && !sellers.some(({ offer }) => offer.seller === asked)) {
      throw new InputProblem([
        {
          pointer: '#/seller',
          detail: `seller: no ${pricing} price of ${gpu.id} at ${quote(asked)} is known. Sellers with one: ${sellers.map(({ offer }) => offer.seller).join(', ')}.`,
          kind: 'unknown',
        },
      ])
    }
    const contracted = sellers.find(({ offer }) => isOwnRate(offer.source))
    const chosen =
      asked === undefined ? (contracted ?? sellers[0]) : sellers.find(({ offer }) => offer.seller === asked)
    const { lowest = null, median = null, highest = null } = spread(sellers) ?? {}
    const listed = { lowest, median, highest, sellerCount: sellers.length }
    if (!chosen || chosen.offer.usdPerHour === null) {
      return {
        result: {
          usdPerGpuHour: null,
          usdPerHour: null,
          seller: null,
          instance: null,
          gpuCount: null,
          region: null,
          termMonths: null,
          ...listed,
          observation: null,
          publicPrice: null,
        },
        value: null,
        unit: 'USD/GPU hour',
        breakdown: [],
        assumptions: [
          {
            field: 'price',
            value: null,
            unit: 'USD/GPU hour',
            because: `No source states a ${pricing} price of ${gpu.id}${region === undefined ? '' : ` in ${region}`}${termMonths === undefined ? '' : ` for ${termMonths} months`} on ${day}.`,
          },
        ],
      }
    }
    const { offer, disputedBy } = chosen
    return {
      result: {
        usdPerGpuHour: chosen.usd,
        usdPerHour: chosen.offer.usdPerHour,
        seller: offer.seller,
        instance: offer.instance,
        gpuCount: offer.gpuCount,
        region: offer.region,
        termMonths: offer.termMonths,
        ...listed,
        observation: {
          source: offer.source.id,
          checkedOn: checkedOn(offer.source),
          isStale: isStale(offer.source, facts.asOf),
          validFrom: offer.validFrom,
          validUntil: offer.validUntil,
        },
        publicPrice: isOwn(offer.source)
          ? publicGpuPrice(facts.gpuOffers(query), { seller: offer.seller, selection, asOf: facts.asOf })
          : null,
      },
      value: chosen.usd,
      unit: 'USD/GPU hour',
      breakdown: [
        {
          name: `${offer.instance} at ${offer.seller}${offer.region === null ? '' : ` in ${offer.region}`}`,
          operator: 'add',
          value: chosen.offer.usdPerHour,
          unit: 'USD/hour',
        },
        divideBy({ name: 'GPUs of the instance', value: offer.gpuCount, unit: 'GPU' }),
      ],
      assumptions: [
        ...(asOf === undefined ? [today(day)] : []),
        ...(seller === undefined
          ? [
              {
                field: 'seller',
                value: offer.seller,
                unit: null,
                because:
                  chosen === contracted
                    ? 'Your price list has a rate there.'
                    : sellers.length === 1
                      ? 'The only seller that has a price.'
                      : `The cheapest of ${sellers.length} sellers; the market that you can buy in may cost up to ${highest} USD.`,
              },
            ]
          : []),
        ...stalePrice(offer.source, facts.asOf),
        ...disputedBy.map((other) => ({
          field: 'price',
          value: other.usdPerGpuHour,
          unit: 'USD/GPU hour' as const,
          because: isOwn(offer.source)
            ? `Public: ${other.source.id} printed this on ${checkedOn(other.source)}; your price list counts.`
            : `Disputed: ${other.source.id} printed this on ${checkedOn(other.source)}; the later check counts.`,
          source: priceSource(other.source),
        })),
      ],
      sources: [priceSource(offer.source)],
    }
  },
})
