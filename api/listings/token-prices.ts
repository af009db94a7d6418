import { z } from 'zod'
import { isoDate, serviceTiers, type TokenOffer } from '../../model/offers.ts'
import { ageDays, isStale } from '../../model/prices/age.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { listingsOn, type Listing as PriceListing } from '../../model/prices/listing.ts'
import type { OwnPrices } from '../../model/prices/own/own-prices.ts'
import { ownPricesNamed } from '../../model/prices/own/with-own-prices.ts'
import { noDataBefore } from '../../model/prices/price-answer.ts'
import {
  PricedModelField,
  PriceListField,
  RegionField,
  SellerField,
} from '../../model/prices/price-fields.ts'
import { tierAt } from '../../model/prices/tier.ts'
import { InputProblem, quote } from '../../model/problem.ts'
import { expectKnownNames, sellerAndRegion } from './known-names.ts'
import {
  afterFirst,
  freeText,
  listing,
  matches,
  pageFields,
  pageOf,
  type Shelf,
  saysEveryWord,
} from './listing.ts'

export const AsOf = isoDate.optional().meta({
  title: 'As of',
  description: 'The day whose prices are asked, YYYY-MM-DD; without it, today',
})

/** @throws InputProblem for a day before the first record of what was asked: an empty list would say that nothing is sold. */
export function refuseEarly(firstDay: string | null, day: string, what: string): void {
  const early = noDataBefore(firstDay, day, what)
  if (early !== null)
    throw new InputProblem([{ pointer: '#/asOf', detail: `asOf: ${early}`, kind: 'unknown' }])
}

export const tokenPrices = listing({
  id: 'prices/tokens',
  title: 'Token prices',
  summary: 'What sellers ask for tokens on a day, by meter and tier, with source, age and disputes',
  example: 'model=meta-llama/Llama-3.3-70B-Instruct&limit=3',
  input: z.strictObject({
    model: PricedModelField.optional(),
    seller: SellerField.optional(),
    region: RegionField.optional(),
    serviceTier: z
      .enum(serviceTiers)
      .optional()
      .meta({ title: 'Service tier', description: 'Batch, flex and priority have prices of their own' }),
    promptTokens: z.number().int().min(0).max(1e9).optional().meta({
      title: 'Prompt length',
      description: 'Only the prices that a prompt of this length pays, its cached part included',
      'x-unit': 'token',
    }),
    q: freeText('seller, model and region'),
    asOf: AsOf,
    priceList: PriceListField.optional(),
    ...pageFields,
  }),
  columns: [
    'seller',
    'servedModel',
    'model',
    'kind',
    'serviceTier',
    'region',
    'quantisation',
    'currency',
    'meter.meter',
    'meter.amount',
    'meter.unit',
    'meter.unitSize',
    'meter.usdPerMillionTokens',
    'meter.tierFrom',
    'validFrom',
    'validUntil',
    'meter.source.id',
    'meter.source.path',
    'meter.source.commit',
    'meter.source.observedAt',
    'meter.source.checkedAt',
    'ageDays',
    'isStale',
    'conflicts',
  ],
  async page({ promptTokens, asOf, priceList, ...filter }, { facts, prices }) {
    const day = asOf ?? facts.asOf
    const own = priceList === undefined ? null : ownPricesNamed(facts, priceList)
    const alone = own === null ? [] : await ownAlone(own, { ...filter, day }, { facts, prices })
    const first = pageOf(alone, filter)
    const { total, offers, firstDay } = await prices.tokenListings({
      ...afterFirst(first, filter),
      asOf: day,
    })
    if (total + alone.length === 0) {
      await expectKnownNames([
        { field: 'model', what: 'priced model', given: filter.model, known: prices.modelNames },
        ...sellerAndRegion(filter, prices.tokenOfferNames),
      ])
    }
    if (alone.length === 0) {
      refuseEarly(firstDay, day, filter.model === undefined ? 'token prices' : quote(filter.model))
    }
    const beside = own?.tokenOffers({ names: [], offers, day }).beside ?? []
    const listings = [...listingsOn(first.items, day), ...listingsOn([...offers, ...beside], day)]
    return {
      total: total + alone.length,
      items: listings.map((price) => listed(price, { day, promptTokens })),
    }
  },
  lines: ({ meters, ...price }) => meters.map((meter) => ({ ...price, meter })),
})

function listed(
  { offer, meters, disputes }: PriceListing,
  { day, promptTokens }: { readonly day: string; readonly promptTokens: number | undefined },
) {
  const { meters: _, conflictSet: __, source, ...shared } = offer
  return {
    ...shared,
    source,
    ageDays: ageDays(source, day),
    isStale: isStale(source, day),
    meters:
      promptTokens === undefined
        ? meters
        : [...groupBy(meters, ({ meter }) => meter).keys()].flatMap(
            (meter) => tierAt(meters, meter, promptTokens) ?? [],
          ),
    conflicts: disputes,
  }
}

interface OwnFilter {
  readonly model?: string | undefined
  readonly seller?: string | undefined
  readonly region?: string | undefined
  readonly serviceTier?: string | undefined
  readonly q?: string | undefined
  readonly day: string
}

/** Rates of a price list for what no public source lists. */
async function ownAlone(
  own: OwnPrices,
  { model, seller, region, serviceTier, q, day }: OwnFilter,
  { facts, prices }: Shelf,
): Promise<readonly TokenOffer[]> {
  const names = model === undefined ? null : [model, facts.weights(model)?.id ?? model]
  const known = await prices.tokenOffers(names ?? own.models)
  const offers = [...new Set([...known.values()].flat())]
  return own
    .tokenOffers({ names, offers, day })
    .alone.filter(
      (offer) =>
        matches(seller, offer.seller) &&
        matches(region, offer.region) &&
        matches(serviceTier, offer.serviceTier) &&
        saysEveryWord(q, [offer.seller, offer.servedModel, offer.model, offer.region]),
    )
}
