import { groupBy } from '../../model/prices/group-by.ts'
import { jumpAbove } from '../../model/prices/guard.ts'
import { listingKey } from '../../model/prices/listing.ts'
import type { FoundTokenOffer, Quarantined } from './importer.ts'

/** A price list as it stood for a time, and how it ended. */
interface Period {
  readonly from: string
  /** Exclusive; null where it still stood when the history ends. */
  readonly until: string | null
  /** Base prices by meter, as printed. */
  readonly prices: Readonly<Record<string, string>>
}

const same = (a: Period, b: Period): boolean => JSON.stringify(a.prices) === JSON.stringify(b.prices)

/** Periods in order, with those joined that say the same without a gap. */
export const joined = (periods: readonly Period[]): Period[] =>
  periods.reduce<Period[]>((done, period) => {
    const last = done.at(-1)
    if (last && last.until === period.from && same(last, period)) {
      done[done.length - 1] = { ...last, until: period.until }
    } else done.push(period)
    return done
  }, [])

/** A period that is not believed, with the price that followed. */
interface Doubted {
  readonly period: Period
  readonly meter: string
  readonly followedBy: string
}

/**
 * Splits a series where a price is more than 5 times off the one that followed and was believed: a slip of a unit
 * that the publisher corrected, or a change so large that somebody should look.
 */
export function withoutSlips(periods: readonly Period[]): { kept: Period[]; slips: Doubted[] } {
  const kept: Period[] = []
  const slips: Doubted[] = []
  for (const period of periods.toReversed()) {
    const next = kept[0]
    const meter = ['input', 'output'].find((name) => isFar(period.prices[name], next?.prices[name]))
    if (meter === undefined) kept.unshift(period)
    else slips.unshift({ period, meter, followedBy: next?.prices[meter] ?? '' })
  }
  return { kept, slips }
}

function isFar(printed: string | undefined, standing: string | undefined): boolean {
  const [a, b] = [Number(printed), Number(standing)]
  return a > 0 && b > 0 && Math.max(a, b) > jumpAbove * Math.min(a, b)
}

/** A slip as a refused row. */
export const slipRow = (
  source: { id: string; path: string },
  record: string,
  { period, meter, followedBy }: Doubted,
): Quarantined => ({
  source: source.id,
  path: source.path,
  record: `${record} from ${period.from}: ${meter} ${period.prices[meter]}, then ${followedBy}`,
  reason: `More than ${jumpAbove} times off the price that followed: most likely a slip that the publisher corrected.`,
})

/**
 * Joins a source's history to what it prints now: a price that did not change since holds from its first sight, one
 * that did ends where the new one begins, and one that is printed no more ends with the day of the new list.
 */
export function continued(
  current: readonly FoundTokenOffer[],
  history: readonly FoundTokenOffer[],
): FoundTokenOffer[] {
  const keyOf = (offer: FoundTokenOffer): string => `${offer.source.id} ${listingKey(offer)}`
  const past = groupBy(history, keyOf)
  const present = groupBy(current, keyOf)
  const days = new Map(current.map(({ source }) => [source.id, source.observedAt]))

  const standing = current.map((offer) => {
    const open = past.get(keyOf(offer))?.find(({ validUntil }) => validUntil === null)
    return open && isUnchanged(open, offer) ? { ...offer, validFrom: open.validFrom } : offer
  })
  const ended = history.flatMap((offer) => {
    if (offer.validUntil !== null) return [offer]
    const now = present.get(keyOf(offer))
    if (now?.some((next) => isUnchanged(offer, next))) return []
    const until = now?.[0]?.validFrom ?? days.get(offer.source.id)
    return until === undefined || until <= offer.validFrom ? [] : [{ ...offer, validUntil: until }]
  })
  return [...standing, ...ended]
}

/** Whether a later list has the same base price on each meter that the history follows. */
const isUnchanged = (before: FoundTokenOffer, after: FoundTokenOffer): boolean =>
  before.meters.every(({ meter, usdPerMillionTokens }) => {
    const now = after.meters.find((price) => price.meter === meter && price.tierFrom === 0)
    return now !== undefined && now.usdPerMillionTokens === usdPerMillionTokens
  })
