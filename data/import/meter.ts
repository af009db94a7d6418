import { type KnownMeter, knownMeters, type MeterPrice } from '../../model/offers.ts'
import { usdPerMillionTokens } from '../../model/prices/amount.ts'

interface Printed {
  readonly meter: string
  readonly amount: string
  /** For how many units the amount is; a meter that nobody knows has no unit, and its amount stands as printed. */
  readonly unitSize: number
  readonly currency?: string
  readonly tierFrom?: number
  readonly tierTo?: number | null
  /** False where the publisher says nothing of zero: then a zero is no price. */
  readonly zeroIsPrice?: boolean
}

const isKnown = (meter: string): meter is KnownMeter => meter in knownMeters

/** One printed price in the book's form. */
export function meterPrice({ meter, amount, unitSize, currency = 'USD', ...tier }: Printed): MeterPrice {
  const unit = isKnown(meter) ? knownMeters[meter] : 'unstated'
  const size = unit === 'unstated' ? 1 : unitSize
  const unbelieved = Number(amount) === 0 && tier.zeroIsPrice !== true
  return {
    meter,
    amount,
    unit,
    unitSize: size,
    usdPerMillionTokens: unbelieved ? null : usdPerMillionTokens({ amount, unit, unitSize: size, currency }),
    tierDimension: 'prompt-tokens',
    tierFrom: tier.tierFrom ?? 0,
    tierFromInclusive: false,
    tierTo: tier.tierTo ?? null,
    tierMode: 'whole-request',
    listAmount: null,
  }
}
