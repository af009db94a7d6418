import { z } from 'zod'
import { GpuField, gpuOf } from '../../model/gpu-field.ts'
import { type GpuOffer, gpuPricings } from '../../model/offers.ts'
import { ageDays, isStale } from '../../model/prices/age.ts'
import { holdsOn } from '../../model/prices/day.ts'
import { gpuListingKey } from '../../model/prices/gpu-market.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import type { OwnPrices } from '../../model/prices/own/own-prices.ts'
import { ownPricesNamed } from '../../model/prices/own/with-own-prices.ts'
import { PriceListField, RegionField, SellerField } from '../../model/prices/price-fields.ts'
import { differ } from '../../model/prices/trust.ts'
import { quote } from '../../model/problem.ts'
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
import { AsOf, refuseEarly } from './token-prices.ts'

export const gpuPrices = listing({
  id: 'prices/gpus',
  title: 'GPU prices',
  summary:
    'What sellers ask for instances with GPUs on a day, the cheapest GPU hour first, with source and age',
  example: 'gpu=h100-sxm-80gb&pricing=on-demand&limit=3',
  input: z.strictObject({
    gpu: GpuField.optional(),
    seller: SellerField.optional(),
    region: RegionField.optional(),
    pricing: z.enum(gpuPricings).optional().meta({ title: 'Pricing', description: 'How the hours are sold' }),
    q: freeText('seller, GPU, instance and region'),
    asOf: AsOf,
    priceList: PriceListField.optional(),
    ...pageFields,
  }),
  columns: [
    'seller',
    'instance',
    'gpu',
    'gpuName',
    'gpuCount',
    'region',
    'zone',
    'pricing',
    'termMonths',
    'amountPerHour',
    'amountPerMonth',
    'amountUpfront',
    'currency',
    'usdPerHour',
    'usdPerGpuHour',
    'interconnect',
    'validFrom',
    'validUntil',
    'source.id',
    'source.path',
    'source.commit',
    'source.observedAt',
    'source.checkedAt',
    'ageDays',
    'isStale',
    'conflicts',
  ],
  async page({ gpu, asOf, priceList, ...filter }, { facts, prices }) {
    const day = asOf ?? facts.asOf
    const known = gpu === undefined ? undefined : gpuOf(gpu, facts).id
    const own = priceList === undefined ? null : ownPricesNamed(facts, priceList)
    const alone = own === null ? [] : await ownAlone(own, { ...filter, gpu: known, day }, prices)
    const first = pageOf(alone, filter)
    const { total, offers, firstDay } = await prices.gpuOfferPage({
      ...afterFirst(first, filter),
      gpu: known,
      asOf: day,
    })
    if (total + alone.length === 0) await expectKnownNames(sellerAndRegion(filter, prices.gpuOfferNames))
    if (alone.length === 0) refuseEarly(firstDay, day, known === undefined ? 'GPU prices' : quote(known))
    const instances = await prices.gpuOffers([...new Set(offers.map(({ instance }) => instance))])
    const standing = groupBy(
      instances.filter((offer) => holdsOn(offer, day)),
      gpuListingKey,
    )
    const beside = own?.gpuOffers({ names: [], offers: instances, day }).beside ?? []
    // A rate stands before a discount of the same listing.
    const ownOf = new Map(beside.toReversed().map((offer) => [gpuListingKey(offer), offer]))
    const items = offers.map((offer) =>
      listed(ownOf.get(gpuListingKey(offer)) ?? offer, standing.get(gpuListingKey(offer)) ?? [], day),
    )
    return {
      total: total + alone.length,
      items: [...first.items.map((offer) => listed(offer, [], day)), ...items],
    }
  },
})

interface OwnFilter {
  readonly gpu?: string | undefined
  readonly seller?: string | undefined
  readonly region?: string | undefined
  readonly pricing?: string | undefined
  readonly q?: string | undefined
  readonly day: string
}

/** Rates of a price list for what no public source lists. */
async function ownAlone(
  own: OwnPrices,
  { gpu, seller, region, pricing, q, day }: OwnFilter,
  prices: Shelf['prices'],
): Promise<readonly GpuOffer[]> {
  const names = gpu === undefined ? null : [gpu]
  const offers = await prices.gpuOffers(names ?? own.gpus)
  return own
    .gpuOffers({ names, offers, day })
    .alone.filter(
      (offer) =>
        matches(seller, offer.seller) &&
        matches(region, offer.region) &&
        matches(pricing, offer.pricing) &&
        saysEveryWord(q, [offer.seller, offer.gpu, offer.gpuName, offer.instance, offer.region]),
    )
}

/** An offer with its age, and what other observations of the same price say. */
function listed(offer: GpuOffer, observations: readonly GpuOffer[], day: string) {
  const { conflictSet: _, source, ...shared } = offer
  const usd = offer.usdPerGpuHour
  const conflicts = observations.flatMap(({ usdPerGpuHour, source }) =>
    usd !== null && usdPerGpuHour !== null && differ(usd, usdPerGpuHour) ? [{ usdPerGpuHour, source }] : [],
  )
  return { ...shared, source, ageDays: ageDays(source, day), isStale: isStale(source, day), conflicts }
}
