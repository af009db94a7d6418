import type { GpuOffer, TokenOffer } from '../offers.ts'
import { groupBy } from './group-by.ts'
import { listingKey } from './listing.ts'

type Observation = Pick<TokenOffer, 'validFrom' | 'validFromBasis' | 'validUntil' | 'source'>

/** How two observations are told apart: whether they speak of one price, and whether they say the same of it. */
export interface Comparison<Offer> {
  keyOf(offer: Offer): string
  saidBy(offer: Offer): string
}

/** What a source said before and says now, as one history. */
export interface Renewal<Offer> {
  readonly offers: readonly Offer[]
  /** Offers of a price that nobody listed before. */
  readonly added: number
  /** Offers of a listed price that say something else than before. */
  readonly changed: number
  /** Offers that are printed no more, and that no other follows. */
  readonly ended: number
  readonly unchanged: number
}

export const tokenComparison: Comparison<TokenOffer> = {
  keyOf: listingKey,
  saidBy: ({ kind, currency, meters }) =>
    JSON.stringify([
      kind,
      currency,
      ...meters
        .map((price) => [
          price.meter,
          price.tierFrom,
          price.tierFromInclusive,
          price.tierMode,
          Number(price.amount),
          price.unitSize,
        ])
        .toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    ]),
}

export const gpuComparison: Comparison<GpuOffer> = {
  keyOf: ({ seller, instance, gpuCount, region, zone, pricing, termMonths, operatingSystem, interconnect }) =>
    [seller, instance, gpuCount, region, zone, pricing, termMonths, operatingSystem, interconnect].join('|'),
  saidBy: ({ amountPerHour, amountPerMonth, amountUpfront, currency }) =>
    [amountPerHour, amountPerMonth, amountUpfront].map((amount) => amount && Number(amount)).join('|') +
    currency,
}

/**
 * What one source said before, continued by what it says on a day. A price that is still printed keeps its first day
 * and takes the new observation; one that moved ends where the new one begins, and that is the day it was seen unless
 * the publisher states another; one that is printed no more ends on the day. Nothing that held for a day is lost.
 *
 * A price in `doubted` is not believed: what its source said of it before stays.
 */
export function renewal<Offer extends Observation>(
  before: readonly Offer[],
  now: readonly Offer[],
  { day, doubted, keyOf, saidBy }: Comparison<Offer> & { day: string; doubted: ReadonlySet<Offer> },
): Renewal<Offer> {
  const isPast = ({ validUntil }: Offer): boolean => validUntil !== null && validUntil <= day
  const past = before.filter(isPast)
  const standing = groupBy(
    before.filter((offer) => !isPast(offer)),
    keyOf,
  )
  const said = groupBy(now, keyOf)
  const doubtedKeys = new Set([...doubted].map(keyOf))
  const parts = [...new Set([...standing.keys(), ...said.keys()])].map((key) => {
    const known = standing.get(key) ?? []
    return doubtedKeys.has(key)
      ? { offers: known, added: 0, changed: 0, ended: 0, unchanged: 0 }
      : renewedListing(known, said.get(key) ?? [], day, saidBy)
  })
  const sum = (count: (part: Renewal<Offer>) => number) =>
    parts.reduce((total, part) => total + count(part), 0)
  return {
    offers: [...past, ...parts.flatMap(({ offers }) => offers)],
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    ended: sum(({ ended }) => ended),
    unchanged: sum(({ unchanged }) => unchanged),
  }
}

function renewedListing<Offer extends Observation>(
  known: readonly Offer[],
  now: readonly Offer[],
  day: string,
  saidBy: (offer: Offer) => string,
): Renewal<Offer> {
  const left = new Set(known)
  const kept: Offer[] = []
  const fresh: Offer[] = []
  for (const offer of now) {
    const same = [...left].find((old) => isSame(old, offer, saidBy))
    if (same) {
      left.delete(same)
      kept.push({ ...offer, validFrom: same.validFrom, validFromBasis: same.validFromBasis })
      continue
    }
    const begins = { ...offer, validFrom: offer.validFromBasis === 'stated' ? offer.validFrom : day }
    // A period that is over when it is first seen belongs to a history that nobody observed.
    if (begins.validUntil === null || begins.validUntil > begins.validFrom) fresh.push(begins)
  }
  const ended = [...left].flatMap((old) => {
    const next = fresh.map(({ validFrom }) => validFrom).filter((from) => from > old.validFrom)
    const until = next.toSorted()[0] ?? day
    // What was announced and withdrawn, or seen and replaced on one day, held on no day.
    return until <= old.validFrom ? [] : [{ ...old, validUntil: until }]
  })
  return {
    offers: [...ended, ...kept, ...fresh],
    added: known.length === 0 ? fresh.length : 0,
    changed: known.length === 0 ? 0 : fresh.length,
    ended: fresh.length === 0 ? left.size : 0,
    unchanged: kept.length,
  }
}

/** The same price, and where its publisher states the day, from the same day on. */
const isSame = <Offer extends Observation>(
  old: Offer,
  now: Offer,
  saidBy: (offer: Offer) => string,
): boolean =>
  saidBy(old) === saidBy(now) && (now.validFromBasis !== 'stated' || now.validFrom === old.validFrom)
