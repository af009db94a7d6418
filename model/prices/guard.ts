import type { GpuOffer, TokenOffer } from '../offers.ts'
import { gpuListingKey } from './gpu-market.ts'
import { groupBy } from './group-by.ts'
import { listingKey } from './listing.ts'
import { trustRank } from './trust.ts'

/** A price that moves by more than this in one import is not believed before somebody looks. */
export const jumpAbove = 5

/** An import with fewer rows than this share of the last one is not believed at all. */
export const rowsKeptAtLeast = 0.7

/** Whether an import lost so many rows that the publisher's file is more likely broken than the market. */
export const lostTooMany = ({ before, now }: { before: number; now: number }): boolean =>
  now < rowsKeptAtLeast * before

/** A price that is not believed, and why. */
export interface Doubted<Offer> {
  readonly offer: Offer
  readonly reason: string
}

/** How many times the larger of two prices is the smaller. */
const times = (a: number, b: number): number => Math.max(a, b) / Math.min(a, b)

const base = ({ meters }: TokenOffer, meter: string): number | null =>
  meters.find((price) => price.meter === meter && price.tierFrom === 0)?.usdPerMillionTokens ?? null

const guardedMeters = ['input', 'output'] as const

/** Prices that the others contradict; one that is out of all bounds is no witness against another. */
export function outliers(offers: readonly TokenOffer[]): Doubted<TokenOffer>[] {
  const beyond = ceilings(offers)
  const refused = new Set(beyond.map(({ offer }) => offer))
  return [...beyond, ...slips(offers.filter((offer) => !refused.has(offer)))]
}

/**
 * Token prices that differ by more than 5 times from what other sources print for the same listing: of three
 * or more the one that stands alone, of two the less trusted. Such gaps are slips of a unit, not changes of price.
 */
export function slips(offers: readonly TokenOffer[]): Doubted<TokenOffer>[] {
  const standing = offers.filter(({ validUntil }) => validUntil === null)
  return [...groupBy(standing, listingKey).values()].flatMap((own) =>
    guardedMeters.flatMap((meter) => slipsIn(own, meter)),
  )
}

function slipsIn(observations: readonly TokenOffer[], meter: string): Doubted<TokenOffer>[] {
  const priced = observations.flatMap((offer) => {
    const usd = base(offer, meter)
    return usd === null || usd === 0 ? [] : [{ offer, usd }]
  })
  return priced.flatMap(({ offer, usd }) => {
    const others = priced.filter((other) => other.offer.source.path !== offer.source.path)
    const against = others.filter((other) => times(other.usd, usd) > jumpAbove)
    const alone =
      against.length === others.length &&
      against.every((a) => against.every((b) => times(a.usd, b.usd) <= jumpAbove))
    const [other] = against
    if (!other || !alone) return []
    const sources = [...new Set(against.map((one) => one.offer.source.id))]
    const isLessTrusted = trustRank(offer.source) > trustRank(other.offer.source)
    if (sources.length === 1 && !isLessTrusted) return []
    const who = `${sources.join(', ')} ${sources.length === 1 ? 'prints' : 'print'}`
    return [{ offer, reason: `${meter}: more than ${jumpAbove} times off what ${who}.` }]
  })
}

/** No seller of a model asks so many times what the middle one of so many asks. */
const ceilingTimes = 50
const sellersForCeiling = 4

/** Token prices far above the median of all sellers of the same model: a slip of a unit that no second source contradicts. */
export function ceilings(offers: readonly TokenOffer[]): Doubted<TokenOffer>[] {
  const standing = offers.filter(({ validUntil, model }) => validUntil === null && model !== null)
  return [...groupBy(standing, ({ model, serviceTier }) => `${model} ${serviceTier}`).values()].flatMap(
    (own) => guardedMeters.flatMap((meter) => aboveCeiling(own, meter)),
  )
}

function aboveCeiling(own: readonly TokenOffer[], meter: string): Doubted<TokenOffer>[] {
  const priced = own.flatMap((offer) => {
    const usd = base(offer, meter)
    return usd === null || usd === 0 ? [] : [{ offer, usd }]
  })
  const bySeller = [...groupBy(priced, ({ offer }) => offer.seller).values()].map((observations) =>
    Math.min(...observations.map(({ usd }) => usd)),
  )
  if (bySeller.length < sellersForCeiling) return []
  const median = bySeller.toSorted((a, b) => a - b)[Math.floor(bySeller.length / 2)] ?? 0
  return priced
    .filter(({ usd }) => usd > ceilingTimes * median)
    .map(({ offer, usd }) => ({
      offer,
      reason: `${meter}: ${usd} USD per million tokens is more than ${ceilingTimes} times the ${median} that is usual among ${bySeller.length} sellers of this model.`,
    }))
}

/** Spot prices above the on-demand price of the same instance in the same region: nobody would pay them. */
export function spotAboveOnDemand(offers: readonly GpuOffer[]): Doubted<GpuOffer>[] {
  const plain = (offer: GpuOffer): string => gpuListingKey({ ...offer, pricing: 'on-demand' })
  const onDemand = new Map(
    offers
      .filter(({ pricing, usdPerHour }) => pricing === 'on-demand' && usdPerHour !== null)
      .map((offer) => [`${offer.source.id} ${plain(offer)}`, offer.usdPerHour ?? 0]),
  )
  return offers.flatMap((offer) => {
    const most = onDemand.get(`${offer.source.id} ${plain(offer)}`)
    return offer.pricing === 'spot' &&
      offer.usdPerHour !== null &&
      most !== undefined &&
      offer.usdPerHour > most
      ? [{ offer, reason: `Spot at ${offer.usdPerHour} USD an hour is above the ${most} on demand.` }]
      : []
  })
}

/**
 * Of a publisher's new prices those that moved by more than 5 times since its last import, or fell to nothing: the old
 * ones stay until somebody releases the new.
 */
export function jumps(before: readonly TokenOffer[], now: readonly TokenOffer[]): Doubted<TokenOffer>[] {
  const last = new Map(before.map((offer) => [`${offer.source.id} ${listingKey(offer)}`, offer]))
  return now.flatMap((offer) => {
    const previous = last.get(`${offer.source.id} ${listingKey(offer)}`)
    if (!previous) return []
    return guardedMeters.flatMap((meter) => {
      const [was, is] = [base(previous, meter), base(offer, meter)]
      return was !== null && is !== null && was > 0 && times(was, is) > jumpAbove
        ? [{ offer, reason: `${meter}: from ${was} to ${is} USD per million tokens in one import.` }]
        : []
    })
  })
}

/** The same for the hour of an instance. */
export function gpuJumps(before: readonly GpuOffer[], now: readonly GpuOffer[]): Doubted<GpuOffer>[] {
  const keyOf = (offer: GpuOffer): string => `${offer.source.id} ${offer.instance} ${gpuListingKey(offer)}`
  const last = new Map(before.map((offer) => [keyOf(offer), offer.usdPerHour]))
  return now.flatMap((offer) => {
    const [was, is] = [last.get(keyOf(offer)) ?? null, offer.usdPerHour]
    return was !== null && is !== null && times(was, is) > jumpAbove
      ? [{ offer, reason: `From ${was} to ${is} USD an hour in one import.` }]
      : []
  })
}

/** A GPU that is offered at less than this share of what other sellers ask is a bid floor or a slip, not a price. */
const floorShare = 1 / 20

/** GPU prices far below the median of all sellers for the same GPU and way of paying. */
export function bidFloors(offers: readonly GpuOffer[]): Doubted<GpuOffer>[] {
  const priced = offers.filter(({ gpu, usdPerGpuHour }) => gpu !== null && usdPerGpuHour !== null)
  return [...groupBy(priced, ({ gpu, pricing }) => `${gpu} ${pricing}`).values()].flatMap((own) => {
    const sorted = own.map(({ usdPerGpuHour }) => usdPerGpuHour ?? 0).toSorted((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0
    return own
      .filter(({ usdPerGpuHour }) => usdPerGpuHour !== null && usdPerGpuHour < floorShare * median)
      .map((offer) => ({
        offer,
        reason: `Less than a twentieth of the ${median} USD a GPU hour that is usual: a bid floor or a slip.`,
      }))
  })
}
