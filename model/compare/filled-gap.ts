import type { Assumption } from '../calculation.ts'
import type { Unit } from '../meta.ts'

/** What stands in for something that was not given, and why. */
export const filledGap = (
  field: string,
  value: number | string,
  unit: Unit | null,
  because: string,
): Assumption => ({ field, value, unit, because })
