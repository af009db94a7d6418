import { z } from 'zod'
import { GpuField, gpuOf } from '../../model/gpu-field.ts'
import { type GpuOffer, gpuPricings } from '../../model/offers.ts'
import { ageDays, isStale } from '../../model/prices/age.ts'
import { holdsOn } from '../../model/prices/day.ts'
import { gpuListingKey } from '../../model/prices/gpu-market.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { RegionField, SellerField } from '../../model/prices/price-fields.ts'
import { differ } from '../../model/prices/trust.ts'
import { quote } from '../../model/problem.ts'
import { expectKnownNames, sellerAndRegion } from './known-names.ts'
import { freeText, listing, pageFields } from './listing.ts'
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
  async page({ gpu, asOf, ...filter }, { facts, prices }) {
    const day = asOf ?? facts.asOf
    const known = gpu === undefined ? undefined : gpuOf(gpu, facts).id
    const { total, offers, firstDay } = await prices.gpuOfferPage({ ...filter, gpu: known, asOf: day })
    if (total === 0) await expectKnownNames(sellerAndRegion(filter, prices.gpuOfferNames))
    refuseEarly(firstDay, day, known === undefined ? 'GPU prices' : quote(known))
    const instances = await prices.gpuOffers([...new Set(offers.map(({ instance }) => instance))])
    const standing = groupBy(
      instances.filter((offer) => holdsOn(offer, day)),
      gpuListingKey,
    )
    const items = offers.map((offer) => listed(offer, standing.get(gpuListingKey(offer)) ?? [], day))
    return { total, items }
  },
})

/** An offer with its age, and what other observations of the same price say. */
function listed(offer: GpuOffer, observations: readonly GpuOffer[], day: string) {
  const { conflictSet: _, source, ...shared } = offer
  const usd = offer.usdPerGpuHour
  const conflicts = observations.flatMap(({ usdPerGpuHour, source }) =>
    usd !== null && usdPerGpuHour !== null && differ(usd, usdPerGpuHour) ? [{ usdPerGpuHour, source }] : [],
  )
  return { ...shared, source, ageDays: ageDays(source, day), isStale: isStale(source, day), conflicts }
}
