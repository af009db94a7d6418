import type { CaseInput } from '../business-case-fields.ts'
import { fieldOf, isFixed } from './case-inputs.ts'
import { caseModel } from './case-model.ts'
import { type CaseState, copyOf, dialAt, numberPaths } from './case-state.ts'
import type { FlipValue } from './case-uncertainty-fields.ts'
import type { Bounds } from './field-bounds.ts'
import { type CostsAt, flipOf } from './flip.ts'
import { namedFlip } from './named-flip.ts'

/** A number of a case, and the value at which it would change the verdict. */
export interface NumberFlip {
  readonly field: string
  readonly title: string
  readonly value: number
  readonly searchedLow: number
  readonly searchedHigh: number
  readonly flip: FlipValue | null
}

/** For every number of a case that any cost hangs on, the nearest value that changes the verdict. The nearest flips come first. */
export function flipsOfCase(input: CaseInput, original: CaseState): NumberFlip[] {
  const names = original.options.map(({ name }) => name)
  return numberPaths(original)
    .filter((path) => !isFixed(path) && !path.startsWith('uncertainty.'))
    .flatMap((field): NumberFlip[] => {
      const state = copyOf(original)
      const dial = dialAt(state, field)
      if (!dial) return []
      const value = dial.value()
      const costsNow = caseModel(state, [field])
      const costsAt: CostsAt = (turned) => {
        dial.turn(turned)
        return [...costsNow()]
      }
      const { title, ...bounds } = fieldOf(input, field)
      const range = rangeOf(value, bounds)
      if (!movesCosts(costsAt, value, range)) return []
      const flip = flipOf({ from: value, ...range, whole: bounds.whole }, costsAt)
      return [
        {
          field,
          title: title ?? field.slice(field.lastIndexOf('.') + 1),
          value,
          searchedLow: range.low,
          searchedHigh: range.high,
          flip: flip && namedFlip(flip, names),
        },
      ]
    })
    .toSorted((a, b) => farness(a) - farness(b) || (a.field < b.field ? -1 : 1))
}

/** A search ends at a tenth and at ten times the value; at 1 to either side of a rate and of what stands at 0. */
const searchedFactor = 10

function rangeOf(
  value: number,
  { low, high, whole }: Bounds,
): { readonly low: number; readonly high: number } {
  const isRate = low < 0 || value <= 0
  const least = isRate ? value - 1 : value / searchedFactor
  const most = isRate ? value + 1 : value * searchedFactor
  return {
    low: Math.max(low, whole ? Math.ceil(least) : least),
    high: Math.min(high, whole ? Math.floor(most) : most),
  }
}

function movesCosts(costsAt: CostsAt, value: number, { low, high }: { low: number; high: number }): boolean {
  const here = costsAt(value)
  return [low, high].some((end) => costsAt(end).some((cost, at) => cost !== here[at]))
}

/** How far the flip is, in relation to the number; those without one come last. */
const farness = ({ value, flip }: NumberFlip): number =>
  flip === null ? Number.POSITIVE_INFINITY : Math.abs(flip.value - value) / Math.max(Math.abs(value), 1e-9)
