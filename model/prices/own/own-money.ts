import type { OfferSource } from '../../offers.ts'
import { holdsOn } from '../day.ts'
import type { ExchangeRate, PriceList, PriceListEntry } from './price-list.ts'

/** The entries of one kind that hold on a day; one without days always does. */
export const entriesOn = <Kind extends PriceListEntry['kind']>(
  { entries }: PriceList,
  kind: Kind,
  day: string,
): Extract<PriceListEntry, { kind: Kind }>[] =>
  entries.filter(
    (entry): entry is Extract<PriceListEntry, { kind: Kind }> =>
      entry.kind === kind &&
      holdsOn(
        {
          validFrom: entry.validFrom ?? day,
          validUntil: 'validUntil' in entry ? (entry.validUntil ?? null) : null,
        },
        day,
      ),
  )

/** The rate of a currency on a day: the newest by then, or else the first there is. Null for USD itself. */
function exchangeRateOn({ entries }: PriceList, currency: string, day: string): ExchangeRate | null {
  if (currency === 'USD') return null
  const rates = entries
    .filter((entry) => entry.kind === 'exchange-rate')
    .filter((rate) => rate.currency === currency)
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))
  const rate = rates.findLast(({ validFrom }) => validFrom <= day) ?? rates[0]
  if (!rate) throw new Error(`A price list was kept without a rate for ${currency}.`)
  return rate
}

/** An amount in USD, at the list's own rate of the day. */
export const inUsd = (list: PriceList, amount: number, currency: string, day: string): number =>
  amount * (exchangeRateOn(list, currency, day)?.usdPerUnit ?? 1)

/** A price after a discount. */
export const lessPercent = (price: number, percentOff: number): number => (price * (100 - percentOff)) / 100

/** Where a rate of one's own stands; what was not given in USD names its rate and the day of it. */
export function rateSource(list: PriceList, currencies: readonly string[], day: string): OfferSource {
  const rates = [...new Set(currencies)].flatMap((currency) => exchangeRateOn(list, currency, day) ?? [])
  const spoken = rates.map(
    ({ currency, usdPerUnit, validFrom }) => `, ${currency} at ${usdPerUnit} USD of ${validFrom}`,
  )
  return {
    id: 'user',
    path: `${list.name}${spoken.join('')}`,
    commit: null,
    observedAt: list.savedOn,
    checkedAt: null,
  }
}

/** Where a discounted price stands: it is as old as the public one that it is taken from. */
export const discountSource = (list: PriceList, percentOff: number, source: OfferSource): OfferSource => ({
  ...source,
  id: 'user-discount',
  path: `${list.name}, ${percentOff}% off ${source.id}: ${source.path}`,
})
