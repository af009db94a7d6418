import type { MeterPrice } from '../offers.ts'

const reaches = (price: MeterPrice, tokens: number): boolean =>
  tokens > price.tierFrom || (tokens === price.tierFrom && (price.tierFromInclusive || price.tierFrom === 0))

/** The prices of one meter, the base first. */
const pricesOf = <Price extends MeterPrice>(meters: readonly Price[], meter: string): Price[] =>
  meters.filter((price) => price.meter === meter).toSorted((a, b) => a.tierFrom - b.tierFrom)

/**
 * The tier of a meter that a prompt of this length reaches, the cached part of the prompt included. Null where
 * the offer has no such meter.
 */
export const tierAt = <Price extends MeterPrice>(
  meters: readonly Price[],
  meter: string,
  promptTokens: number,
): Price | null => pricesOf(meters, meter).findLast((price) => reaches(price, promptTokens)) ?? null

/** A number of tokens of a request at one price. */
export interface PricedTokens<Price extends MeterPrice> {
  readonly price: Price
  readonly tokens: number
}

/**
 * How many of a request's tokens pay which price. In `whole-request` mode the tier that the prompt reaches prices
 * all of them. In `marginal` mode each tier prices what lies above its boundary and below the next: the shares
 * of the prompt apply to the meter's tokens alike.
 */
export function tokensByTier<Price extends MeterPrice>(
  meters: readonly Price[],
  meter: string,
  { tokens, promptTokens }: { tokens: number; promptTokens: number },
): PricedTokens<Price>[] {
  const top = tierAt(meters, meter, promptTokens)
  if (!top) return []
  if (top.tierMode === 'whole-request' || promptTokens === 0) return [{ price: top, tokens }]
  const reached = pricesOf(meters, meter).filter((price) => reaches(price, promptTokens))
  return reached.map((price, index) => {
    const end = reached[index + 1]?.tierFrom ?? promptTokens
    return { price, tokens: (tokens * (end - price.tierFrom)) / promptTokens }
  })
}
