import { z } from 'zod'
import { isoDate } from '../../model/offers.ts'
import { noPriceOn } from '../../model/prices/price-answer.ts'
import {
  AsOfField,
  PricedModelField,
  RegionField,
  SellerField,
  ServiceTierField,
} from '../../model/prices/price-fields.ts'
import { blendMeter, hostSeries, lastSeen, offerSeries } from '../../model/prices/price-series.ts'
import { nameKey } from '../../model/prices/shelf.ts'
import { paidKinds } from '../../model/prices/token-market.ts'
import { invalid, quote, unknown } from '../../model/problem.ts'
import { listing, pageFields, pageOf } from './listing.ts'

export const priceHistory = listing({
  id: 'prices/history',
  title: 'Price history',
  summary:
    "How prices went: of each offer of a seller, or a model's cheapest and median host on the first of each month, with the trend and its spread",
  example: 'model=meta-llama/Llama-3.3-70B-Instruct&meter=blend',
  input: z.strictObject({
    model: PricedModelField,
    seller: SellerField.optional().meta({
      title: 'Seller',
      description: 'An id such as openai; without it, the cheapest and the median host',
    }),
    meter: z
      .string()
      .min(1)
      .max(100)
      .default('input')
      .meta({
        title: 'Meter',
        description: `input, output, cache-read, ..., or ${blendMeter}: three input tokens for one of output`,
      }),
    serviceTier: ServiceTierField,
    region: RegionField.optional(),
    from: isoDate.optional().meta({
      title: 'From',
      description: 'The first day, YYYY-MM-DD; without it, that of the first record',
    }),
    asOf: AsOfField.optional().meta({
      title: 'As of',
      description: 'The last day, YYYY-MM-DD; a series ends where the records do',
    }),
    ...pageFields,
  }),
  columns: [
    'series',
    'seller',
    'servedModel',
    'region',
    'meter',
    'serviceTier',
    'point.from',
    'point.until',
    'point.usdPerMillionTokens',
    'point.seller',
    'point.sellerCount',
    'point.source',
    'trend.changePerYear',
    'trend.p10',
    'trend.p90',
    'trend.points',
  ],
  async page({ model, seller, meter, serviceTier, region, from, asOf, ...page }, { facts, prices }) {
    const name = facts.weights(model)?.id ?? model
    const offers = (await prices.tokenOffers([name])).get(nameKey(name)) ?? []
    if (offers.length === 0) throw unknown('model', 'priced model', model, await prices.modelNames())
    const sellers = new Set(offers.map((offer) => offer.seller))
    if (seller !== undefined && !sellers.has(nameKey(seller)))
      throw unknown('seller', `seller of ${quote(model)}`, seller, sellers)
    const regions = new Set(offers.flatMap((offer) => offer.region ?? []))
    if (region !== undefined && !regions.has(nameKey(region)))
      throw unknown('region', `region of ${quote(model)}`, region, regions)
    const fitting = offers.filter(
      (offer) =>
        offer.serviceTier === serviceTier &&
        paidKinds.includes(offer.kind) &&
        (seller === undefined ? offer.kind !== 'router' : offer.seller === nameKey(seller)) &&
        (region === undefined || offer.region === nameKey(region)),
    )
    const meters = new Set([blendMeter, ...fitting.flatMap((offer) => offer.meters.map((own) => own.meter))])
    if (fitting.length > 0 && !meters.has(meter)) throw unknown('meter', 'meter', meter, meters)
    const [first] = fitting.map(({ validFrom }) => validFrom).toSorted()
    const last = lastSeen(fitting)
    if (first === undefined || last === null) return pageOf([], page)
    const asked = asOf ?? facts.asOf
    const to = asked < last ? asked : last
    if (to < first) throw noPriceOn(asked, model, fitting)
    if (from !== undefined && from > to)
      throw invalid('from', `from: ${quote(from)} is after ${to}, the last day of the series.`)
    const span = { from: from !== undefined && from > first ? from : first, to }
    const series = seller === undefined ? hostSeries(fitting, meter, span) : offerSeries(fitting, meter, span)
    return pageOf(
      series.map(({ points, trend, ...own }) => ({ ...own, meter, serviceTier, trend, points })),
      page,
    )
  },
  lines: ({ points, ...series }) => points.map((point) => ({ ...series, point })),
})
