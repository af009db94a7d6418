import type { TokenOffer } from '../offers.ts'
import { checkedOn } from './age.ts'
import { holdsOn } from './day.ts'
import { groupBy } from './group-by.ts'
import { listingHistory, marketHistory, type Trend, trendOf } from './history.ts'
import { type Listing, listingKey } from './listing.ts'
import { mixCost } from './request-cost.ts'
import { tierAt } from './tier.ts'

/** A price between two days. */
export interface SeriesPoint {
  readonly from: string
  /** Exclusive; null where it still holds. */
  readonly until: string | null
  readonly usdPerMillionTokens: number
  /** Whose price it is; null for a median. */
  readonly seller: string | null
  /** How many sellers had a price. */
  readonly sellerCount: number
  /** The publisher whose word counted; null where the price is made of several. */
  readonly source: string | null
}

/** How one price went over time. */
export interface PriceSeries {
  readonly series: 'offer' | 'cheapest-host' | 'median-host'
  readonly seller: string | null
  readonly servedModel: string | null
  readonly region: string | null
  readonly points: readonly SeriesPoint[]
  /** Of the prices on the first of each month; null with fewer than three. A trend of the past, not a forecast. */
  readonly trend: Trend | null
}

/** The meter that stands for a mix: three input tokens for one of output. */
export const blendMeter = 'blend'
const inputShare = 0.75

/** What a listing asks for a short prompt's tokens of one meter, or for the mix. */
const usdOfMeter =
  (meter: string) =>
  ({ meters }: Listing): number | null => {
    if (meter !== blendMeter) return tierAt(meters, meter, 0)?.usdPerMillionTokens ?? null
    const cost = mixCost(meters, {
      inputTokens: inputShare * 1e6,
      outputTokens: (1 - inputShare) * 1e6,
      cachedInputTokens: 0,
      promptTokens: 0,
    })
    return 'usd' in cost ? cost.usd : null
  }

/** A day, the firsts of the months after it, and the last day. */
export function monthlyDays({ from, to }: { readonly from: string; readonly to: string }): string[] {
  const days = [from]
  for (let month = new Date(from); ; ) {
    month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1))
    const day = month.toISOString().slice(0, 10)
    if (day >= to) break
    days.push(day)
  }
  return to > from ? [...days, to] : days
}

/** The last day of which these observations know: nobody has looked since. */
export const lastSeen = (offers: readonly TokenOffer[]): string | null =>
  offers.reduce<string | null>((latest, { source, validFrom }) => {
    const day = validFrom > checkedOn(source) ? validFrom : checkedOn(source)
    return latest === null || day > latest ? day : latest
  }, null)

interface Span {
  readonly from: string
  readonly to: string
}

/** The series of each listing among some observations, from one day to another. */
export function offerSeries(offers: readonly TokenOffer[], meter: string, span: Span): PriceSeries[] {
  const days = monthlyDays(span)
  return [...groupBy(offers, listingKey).values()].flatMap((own) => {
    const [last] = own.toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))
    if (!last) return []
    const { seller, servedModel, region } = last
    const within = listingHistory(own, usdOfMeter(meter)).filter(
      ({ from, until }) => from <= span.to && (until ?? span.to) >= span.from,
    )
    if (within.length === 0) return []
    const sampled = days.flatMap((day) =>
      within.flatMap(({ from, until, usd }) =>
        usd > 0 && holdsOn({ validFrom: from, validUntil: until }, day) ? [{ day, usd }] : [],
      ),
    )
    return [
      {
        series: 'offer' as const,
        seller,
        servedModel,
        region,
        points: within.map(({ from, until, usd, source }) => ({
          from,
          until,
          usdPerMillionTokens: usd,
          seller,
          sellerCount: 1,
          source,
        })),
        trend: trendOf(sampled),
      },
    ]
  })
}

/** A model's cheapest and its median host on the first of each month, from one day to another. */
export function hostSeries(offers: readonly TokenOffer[], meter: string, span: Span): PriceSeries[] {
  const days = monthlyDays(span)
  const market = marketHistory(offers, days, usdOfMeter(meter))
  const following = new Map(days.map((day, index) => [day, days[index + 1] ?? null]))
  const series = (name: 'cheapest-host' | 'median-host'): PriceSeries => {
    const isCheapest = name === 'cheapest-host'
    const points = market.map(({ day, cheapestUsd, cheapestSeller, medianUsd, sellerCount }) => ({
      from: day,
      until: following.get(day) ?? null,
      usdPerMillionTokens: isCheapest ? cheapestUsd : medianUsd,
      seller: isCheapest ? cheapestSeller : null,
      sellerCount,
      source: null,
    }))
    const priced = points.map(({ from, usdPerMillionTokens }) => ({ day: from, usd: usdPerMillionTokens }))
    return { series: name, seller: null, servedModel: null, region: null, points, trend: trendOf(priced) }
  }
  return market.length === 0 ? [] : [series('cheapest-host'), series('median-host')]
}
