import { HOURS_PER_MONTH, TOKENS_PER_MILLION } from '../units.ts'

/**
 * A printed decimal times a factor. A power of ten moves the exponent in the text, so that `1.5e-07` USD per token
 * is exactly the double nearest to 0.15 USD per million.
 */
export function scaleDecimal(amount: string, factor: number): number {
  const exponent = Math.log10(factor)
  if (!Number.isInteger(exponent)) return Number(amount) * factor
  const [mantissa, printedExponent] = amount.toLowerCase().split('e')
  return Number(`${mantissa}e${Number(printedExponent ?? 0) + exponent}`)
}

/** USD for a million tokens; null where the meter counts no tokens or no rate for the currency is known. */
export function usdPerMillionTokens(price: {
  amount: string
  unit: string
  unitSize: number
  currency: string
}): number | null {
  if (price.unit !== 'token' || price.currency !== 'USD') return null
  return scaleDecimal(price.amount, TOKENS_PER_MILLION / price.unitSize)
}

/**
 * USD for an instance's hour: the printed hourly price, else the monthly one over 730 hours; an upfront payment is
 * spread over the term. Null for a currency without a rate.
 */
export function usdPerHour(price: {
  amountPerHour: string | null
  amountPerMonth: string | null
  amountUpfront: string | null
  termMonths: number | null
  currency: string
}): number | null {
  if (price.currency !== 'USD') return null
  const running =
    price.amountPerHour !== null
      ? Number(price.amountPerHour)
      : price.amountPerMonth !== null
        ? Number(price.amountPerMonth) / HOURS_PER_MONTH
        : null
  if (running === null) return null
  const upfront =
    price.amountUpfront !== null && price.termMonths !== null
      ? Number(price.amountUpfront) / (price.termMonths * HOURS_PER_MONTH)
      : 0
  return running + upfront
}
