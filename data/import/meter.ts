import { type KnownMeter, knownMeters, type MeterPrice } from '../../model/offers.ts'
import { usdPerMillionTokens } from '../../model/prices/amount.ts'

interface Printed {
  readonly meter: string
  readonly amount: string
  /** For how many units the amount is; where nobody knows the meter, for how many the publisher's others are. */
  readonly unitSize: number
  readonly currency?: string
  readonly tierFrom?: number
  readonly tierTo?: number | null
}

const isKnown = (meter: string): meter is KnownMeter => meter in knownMeters

/** One printed price in the book's form. A zero is no price before an offer says that it is free. */
export function meterPrice({ meter, amount, unitSize, currency = 'USD', ...tier }: Printed): MeterPrice {
  const unit = isKnown(meter) ? knownMeters[meter] : 'unstated'
  return {
    meter,
    amount,
    unit,
    unitSize,
    usdPerMillionTokens:
      Number(amount) === 0 ? null : usdPerMillionTokens({ amount, unit, unitSize, currency }),
    tierDimension: 'prompt-tokens',
    tierFrom: tier.tierFrom ?? 0,
    tierFromInclusive: false,
    tierTo: tier.tierTo ?? null,
    tierMode: 'whole-request',
    listAmount: null,
  }
}
