import type { CaseInput } from '../business-case-fields.ts'
import type { PlannedOption } from '../lines/option-lines.ts'

/** A case in which every number is known. */
export type CaseState = Omit<CaseInput, 'options'> & { readonly options: readonly PlannedOption[] }

type Owner = Record<string, unknown>
const isOwner = (value: unknown): value is Owner => value !== null && typeof value === 'object'

/** One number of a case that can be turned. */
export interface Dial {
  value(): number
  turn(value: number): void
}

/** The number that stands at a path such as `options.0.lines.1.usdPerGpuHour`, or null where none does. */
export function dialAt(state: CaseState, path: string): Dial | null {
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  const owner = steps.reduce<unknown>((at, step) => (isOwner(at) ? at[step] : undefined), state)
  if (!isOwner(owner) || typeof owner[last] !== 'number') return null
  return {
    value: () => Number(owner[last]),
    turn: (value) => {
      owner[last] = value
    },
  }
}

/** The path of every number of a case. */
export const numberPaths = (value: unknown, path = ''): string[] =>
  typeof value === 'number'
    ? [path]
    : isOwner(value)
      ? Object.entries(value).flatMap(([key, inner]) =>
          numberPaths(inner, path === '' ? key : `${path}.${key}`),
        )
      : []

/** A copy whose numbers can be turned without turning those of the original. */
export function copyOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf) as Value
  if (!isOwner(value) || value instanceof Set) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as Value
}
