import type { FlipValue } from './case-uncertainty-fields.ts'
import type { Flip } from './flip.ts'

/** A flip with its options by name. */
export function namedFlip({ value, isStep, below, above }: Flip, names: readonly string[]): FlipValue {
  const side = ({ cheapest, costsUsd }: Flip['below']) => ({
    cheapest: names[cheapest] ?? '',
    costsUsd: [...costsUsd],
  })
  return { value, isStep, below: side(below), above: side(above) }
}
