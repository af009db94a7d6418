import type { Unit } from './meta.ts'

/** How a term joins what stands above it. The first term of a list joins nothing: its value is the start. */
type Operator =
  | 'add'
  | 'subtract'
  | 'times'
  | 'divide by'
  | 'larger of'
  | 'smaller of'
  | 'round up to a multiple of'
  | 'round down to a multiple of'

/** One term of a value: a number with a name and a unit, which may itself be made of terms. */
export interface Term {
  readonly name: string
  readonly operator: Operator
  readonly value: number
  readonly unit: Unit
  /** What the term itself is made of: `evaluate(terms)` equals `value`. */
  readonly terms?: readonly Term[]
  readonly note?: string
}

/**
 * The value that a breakdown's terms and operators give, from top to bottom, without precedence.
 *
 * @throws when the list is empty: a value that is nothing has no breakdown.
 */
export function evaluate(terms: readonly Term[]): number {
  const [first, ...rest] = terms
  if (!first) throw new Error('A breakdown needs at least one term.')
  return rest.reduce((value, term) => join(value, term), first.value)
}

function join(value: number, term: Term): number {
  switch (term.operator) {
    case 'add':
      return value + term.value
    case 'subtract':
      return value - term.value
    case 'times':
      return value * term.value
    case 'divide by':
      return value / term.value
    case 'larger of':
      return Math.max(value, term.value)
    case 'smaller of':
      return Math.min(value, term.value)
    case 'round up to a multiple of':
      return Math.ceil(value / term.value) * term.value
    case 'round down to a multiple of':
      return Math.floor(value / term.value) * term.value
  }
}

type NamedValue = Omit<Term, 'operator'>

/** Terms that are added. */
export const sum = (...terms: NamedValue[]): Term[] => terms.map((term) => ({ ...term, operator: 'add' }))

/** Terms that are multiplied. */
export const product = (...terms: NamedValue[]): Term[] =>
  terms.map((term, index) => ({ ...term, operator: index === 0 ? 'add' : 'times' }))

/** A term whose value is what its own terms give. */
export const group = (name: string, unit: Unit, terms: readonly Term[]): NamedValue => ({
  name,
  unit,
  value: evaluate(terms),
  terms,
})

export const divideBy = (term: NamedValue): Term => ({ ...term, operator: 'divide by' })
export const times = (term: NamedValue): Term => ({ ...term, operator: 'times' })
