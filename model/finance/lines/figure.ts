import { z } from 'zod'
import type { Assumption } from '../../calculation.ts'
import { type CostInput, type Facts, sourceOf } from '../../facts.ts'
import type { Unit } from '../../meta.ts'
import type { Complaint } from '../../problem.ts'
import type { Source } from '../../source.ts'

/** One number that a line of cost needs, and where it comes from when nobody gives it. */
export interface Figure {
  /** The lines that cannot be reckoned without it. */
  readonly lines: readonly string[]
  readonly title: string
  readonly description: string
  readonly unit: Unit
  readonly least?: number
  readonly most: number
  /** The cost input that stands in for it, or else what to ask for: nobody publishes it. */
  readonly from: { readonly cited: string } | { readonly derived: true } | { readonly asked: string }
}

/** A figure that follows from facts, with its range where they give one. */
export interface Stated {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly because: string
  readonly facts: readonly CostInput[]
  /** Where it is from, where that is no cost input. */
  readonly source?: Source
}

/** The fields of figures: each may be left out, and its description says what then happens. */
export const figureFields = <Name extends string>(figures: Readonly<Record<Name, Figure>>) =>
  Object.fromEntries(
    Object.entries<Figure>(figures).map(([name, { title, description, unit, least = 0, most, from }]) => [
      name,
      z
        .number()
        .min(least)
        .max(most)
        .optional()
        .meta({
          title,
          description: `${description}; ${'asked' in from ? `needed: ${from.asked}` : 'without it, from cited figures'}`,
          'x-unit': unit,
        }),
    ]),
  ) as Record<Name, z.ZodOptional<z.ZodNumber>>

/** What a range of a default says: the cited figure is the likeliest value between its ends. */
export interface CitedRange {
  readonly field: string
  readonly low: number
  readonly mode: number
  readonly high: number
}

export interface Filled<Name extends string> {
  /** Every figure by name; those that no line needs are 0 and not used. */
  readonly values: Readonly<Record<Name, number>>
  readonly assumptions: readonly Assumption[]
  readonly ranges: readonly CitedRange[]
  /** One for each figure that is neither given nor published. */
  readonly complaints: readonly Complaint[]
}

/** A cost input as a figure. */
export function statedCost(facts: Facts, name: string): Stated {
  const input = facts.costInput(name)
  if (input?.value == null) throw new Error(`The facts have no cost input ${name}.`)
  return {
    value: input.value,
    low: input.low,
    high: input.high,
    because: input.note === null ? '' : `${input.note}; `,
    facts: [input],
  }
}

/** Fills in what was not given, and says of each figure where it comes from and how far it may be off. */
export function fillFigures<Name extends string>({
  figures,
  given,
  isNeeded,
  path,
  facts,
  derived,
}: {
  readonly figures: Readonly<Record<Name, Figure>>
  readonly given: Readonly<Partial<Record<Name, number | undefined>>>
  readonly isNeeded: (name: Name, lines: readonly string[]) => boolean
  /** Where the fields stand: `options.0.owning`. */
  readonly path: string
  readonly facts: Facts
  /** Figures that follow from more than one fact, or from a price list; null where neither says. */
  readonly derived: (name: Name) => Stated | null
}): Filled<Name> {
  const assumptions: Assumption[] = []
  const ranges: CitedRange[] = []
  const complaints: Complaint[] = []
  const filledIn = (name: Name, { lines, unit, from }: Figure): number => {
    if (!isNeeded(name, lines)) return 0
    const own = given[name]
    if (own !== undefined) return own
    const field = `${path}.${name}`
    const stated = 'cited' in from ? statedCost(facts, from.cited) : derived(name)
    if (stated === null) {
      complaints.push(missing(field, lines, 'asked' in from ? from.asked : 'no source states it'))
      return 0
    }
    assumptions.push(assumptionOf(field, unit, stated))
    const { low, value, high } = stated
    if (low !== null && high !== null && low < high) ranges.push({ field, low, mode: value, high })
    return value
  }
  const entries = Object.entries<Figure>(figures).map(([name, figure]) => [
    name,
    filledIn(name as Name, figure),
  ])
  return { values: Object.fromEntries(entries) as Record<Name, number>, assumptions, ranges, complaints }
}

function assumptionOf(
  field: string,
  unit: Unit,
  { value, low, high, because, facts, source }: Stated,
): Assumption {
  const range = low === null || high === null ? 'no range is published' : `between ${low} and ${high}`
  const [first] = facts
  const from = source ?? (first && sourceOf(first))
  const sources = facts.map(
    (fact) => `${fact.source}${fact.sourceDate === null ? '' : `, ${fact.sourceDate}`}`,
  )
  return {
    field,
    value,
    unit,
    because: `${because}${range}${sources.length > 0 ? `; source: ${sources.join('; ')}` : ''}.`,
    ...(from && { source: from }),
  }
}

const missing = (field: string, lines: readonly string[], hint: string): Complaint => ({
  pointer: `#/${field.replaceAll('.', '/')}`,
  detail: `${field} is missing: ${hint}. Give it, or put ${lines.map((line) => `"${line}"`).join(', ')} into switchedOff.`,
  kind: 'invalid',
})
