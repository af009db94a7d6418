import { type GpuOffer, gpuPricings } from '../../offers.ts'
import { type GpuListing, gpuListings } from '../gpu-market.ts'
import { nameKey } from '../shelf.ts'
import { discountSource, entriesOn, inUsd, lessPercent, rateSource } from './own-money.ts'
import { type OwnOffers, ownSeller } from './own-token-offers.ts'
import type { Discount, GpuRate, PriceList } from './price-list.ts'

export interface OwnGpuQuestion {
  /** The GPU that was asked for, by any of its names; without it, whatever the list has. */
  readonly names: readonly string[] | null
  readonly offers: readonly GpuOffer[]
  readonly day: string
  /** Our id of the GPU that an entry names. */
  gpuId(name: string): string | null
}

/** The same for GPUs. */
export function ownGpuOffers(
  list: PriceList,
  { names, offers, day, gpuId }: OwnGpuQuestion,
): OwnOffers<GpuOffer> {
  const rates = entriesOn(list, 'gpu-rate', day)
  const discounts = entriesOn(list, 'discount', day).filter(({ covers }) => covers !== 'tokens')
  const listings = gpuPricings.flatMap((pricing) => gpuListings(offers, { day, pricing }))
  const used = new Set<GpuRate>()
  const beside = listings.flatMap((listing) => {
    const rate = rates.find((own) => covers(own, listing.offer, gpuId(own.gpu)))
    if (rate) used.add(rate)
    const discount = discounts.find(({ seller }) => seller === listing.offer.seller)
    return [
      ...(rate ? [{ ...listing.offer, ...contract(list, rate, listing.offer.gpuCount, day) }] : []),
      ...(discount ? [discounted(list, discount, listing)] : []),
    ]
  })
  const asked = names && new Set(names.map(nameKey))
  const alone = rates.filter((rate) => {
    const id = gpuId(rate.gpu)
    return (
      !used.has(rate) && (asked === null || asked.has(nameKey(rate.gpu)) || (id !== null && asked.has(id)))
    )
  })
  return {
    beside,
    alone: alone.map((rate) => ({
      ...unlisted(rate, gpuId(rate.gpu)),
      ...contract(list, rate, rate.gpuCount, day),
    })),
  }
}

const covers = (rate: GpuRate, { seller, gpu, pricing, termMonths, region }: GpuOffer, id: string | null) =>
  rate.seller === seller &&
  id !== null &&
  id === gpu &&
  rate.pricing === pricing &&
  (rate.termMonths === undefined || rate.termMonths === termMonths) &&
  (rate.region === undefined || rate.region === region)

function contract(list: PriceList, rate: GpuRate, gpuCount: number, day: string) {
  const usdPerGpuHour = inUsd(list, rate.amountPerGpuHour, rate.currency, day)
  return {
    amountPerHour: String(usdPerGpuHour * gpuCount),
    amountPerMonth: null,
    amountUpfront: null,
    usdPerHour: usdPerGpuHour * gpuCount,
    usdPerGpuHour,
    currency: 'USD',
    validFrom: rate.validFrom ?? (list.savedOn < day ? list.savedOn : day),
    validFromBasis: rate.validFrom === undefined ? ('observed' as const) : ('stated' as const),
    validUntil: rate.validUntil ?? null,
    source: rateSource(list, [rate.currency], day),
    conflictSet: null,
  }
}

const unlisted = (rate: GpuRate, gpu: string | null) => ({
  seller: rate.seller ?? ownSeller,
  instance: `${rate.gpuCount} × ${gpu ?? rate.gpu}`,
  gpu,
  gpuName: rate.gpu,
  gpuCount: rate.gpuCount,
  vcpuCount: null,
  memoryGb: null,
  localSsdGb: null,
  region: rate.region ?? null,
  zone: null,
  pricing: rate.pricing,
  termMonths: rate.termMonths ?? null,
  operatingSystem: null,
  minimumGpuCount: null,
  interconnect: null,
  egressIncluded: null,
  availability: null,
})

function discounted(list: PriceList, { percentOff }: Discount, { offer }: GpuListing): GpuOffer {
  const text = (amount: string | null) =>
    amount === null ? null : String(lessPercent(Number(amount), percentOff))
  const usd = (amount: number | null) => (amount === null ? null : lessPercent(amount, percentOff))
  return {
    ...offer,
    amountPerHour: text(offer.amountPerHour),
    amountPerMonth: text(offer.amountPerMonth),
    amountUpfront: text(offer.amountUpfront),
    usdPerHour: usd(offer.usdPerHour),
    usdPerGpuHour: usd(offer.usdPerGpuHour),
    source: discountSource(list, percentOff, offer.source),
    conflictSet: null,
  }
}
