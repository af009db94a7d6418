import { exp, log } from '../elementary.ts'
import type { TokenOffer } from '../offers.ts'
import { daysBetween } from './age.ts'
import { groupBy } from './group-by.ts'
import { type Listing, listingKey, listingsOn } from './listing.ts'

/** A price that held from one day, inclusive, to another, exclusive. */
export interface PricePeriod {
  readonly from: string
  /** Null where it still holds. */
  readonly until: string | null
  readonly usd: number
  /** The source whose word counted. */
  readonly source: string
}

type UsdOf = (listing: Listing) => number | null

/** Every day on which an observation begins or ends, in order. */
const changeDays = (offers: readonly TokenOffer[]): string[] =>
  [
    ...new Set(
      offers.flatMap(({ validFrom, validUntil }) => [
        validFrom,
        ...(validUntil === null ? [] : [validUntil]),
      ]),
    ),
  ].toSorted()

/**
 * The prices of one listing over time: on each day the price that the rules of trust pick, periods of one price
 * joined. A day for which no source speaks is a gap.
 */
export function listingHistory(offers: readonly TokenOffer[], usdOf: UsdOf): PricePeriod[] {
  const days = changeDays(offers)
  return days.reduce<PricePeriod[]>((periods, day, index) => {
    const [listing] = listingsOn(offers, day)
    const usd = listing === undefined ? null : usdOf(listing)
    if (listing === undefined || usd === null) return periods
    const until = days[index + 1] ?? null
    const last = periods.at(-1)
    if (last?.until === day && last.usd === usd) periods[periods.length - 1] = { ...last, until }
    else periods.push({ from: day, until, usd, source: listing.offer.source.id })
    return periods
  }, [])
}

/** The histories of the listings among some observations, by what makes a listing. */
export const listingHistories = (
  offers: readonly TokenOffer[],
  usdOf: UsdOf,
): ReadonlyMap<string, PricePeriod[]> =>
  new Map([...groupBy(offers, listingKey)].map(([key, own]) => [key, listingHistory(own, usdOf)]))

/** What a model cost on a day across its sellers. */
export interface MarketPoint {
  readonly day: string
  readonly cheapestUsd: number
  readonly cheapestSeller: string
  readonly medianUsd: number
  readonly sellerCount: number
}

/**
 * The cheapest and the median seller on each of some days. Each seller counts once, with its cheapest listing;
 * days for which nobody has a price are left out.
 */
export function marketHistory(
  offers: readonly TokenOffer[],
  days: readonly string[],
  usdOf: UsdOf,
): MarketPoint[] {
  return days.flatMap((day) => {
    const priced = listingsOn(offers, day).flatMap((listing) => {
      const usd = usdOf(listing)
      return usd === null || usd <= 0 ? [] : [{ seller: listing.offer.seller, usd }]
    })
    const bySeller = [...groupBy(priced, ({ seller }) => seller).values()].flatMap((own) =>
      own.toSorted((a, b) => a.usd - b.usd).slice(0, 1),
    )
    const sorted = bySeller.toSorted((a, b) => a.usd - b.usd || (a.seller < b.seller ? -1 : 1))
    const [cheapest] = sorted
    if (!cheapest) return []
    const upper = sorted[Math.floor(sorted.length / 2)]?.usd ?? cheapest.usd
    const lower = sorted[Math.floor((sorted.length - 1) / 2)]?.usd ?? cheapest.usd
    return [
      {
        day,
        cheapestUsd: cheapest.usd,
        cheapestSeller: cheapest.seller,
        medianUsd: (lower + upper) / 2,
        sellerCount: sorted.length,
      },
    ]
  })
}

/** How a series changes in a year, as a share: −0.2 is a fall of a fifth. */
export interface Trend {
  readonly changePerYear: number
  /** Where one in ten and nine in ten of such trends lie, by the scatter of the points about the line. */
  readonly p10: number
  readonly p90: number
  readonly points: number
}

const daysPerYear = 365.25
/** The 90th percentile of the standard normal distribution. */
const z90 = 1.2815515655446004

/**
 * The trend of dated prices: least squares on the logarithm of the price.
 *
 *   ln usd = a + slope × years;  changePerYear = e^slope − 1
 *
 * The spread takes the standard error of the slope as normal. Null with fewer than three points, or on one day:
 * two points make a line, not a trend. A trend of the past, not a forecast.
 */
export function trendOf(points: readonly { readonly day: string; readonly usd: number }[]): Trend | null {
  const [first] = points
  if (!first || points.length < 3) return null
  const xs = points.map(({ day }) => daysBetween(first.day, day) / daysPerYear)
  const ys = points.map(({ usd }) => log(usd))
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanX, meanY] = [mean(xs), mean(ys)]
  const squares = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0)
  if (squares === 0) return null
  const slope = xs.reduce((sum, x, index) => sum + (x - meanX) * ((ys[index] ?? 0) - meanY), 0) / squares
  const residual = xs.reduce(
    (sum, x, index) => sum + ((ys[index] ?? 0) - meanY - slope * (x - meanX)) ** 2,
    0,
  )
  const error = Math.sqrt(residual / (points.length - 2) / squares)
  const share = (value: number) => exp(value) - 1
  return {
    changePerYear: share(slope),
    p10: share(slope - z90 * error),
    p90: share(slope + z90 * error),
    points: points.length,
  }
}
