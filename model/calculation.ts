import type { z } from 'zod'
import type { Term } from './breakdown.ts'
import type { Facts } from './facts.ts'
import { type Field, type Fielded, fieldsOf, normalise } from './fields.ts'
import type { Unit } from './meta.ts'
import type { PriceQuery } from './offers.ts'
import { type Complaint, complaintsOf, InputProblem, invalid, quote } from './problem.ts'
import type { Source } from './source.ts'

/** A default or a fact that the answer rests on and the person asking did not give. */
export interface Assumption {
  readonly field: string
  readonly value: unknown
  readonly unit: Unit | null
  /** Why this value: "default", or a sentence. A null value always says what is missing. */
  readonly because: string
  readonly source?: Source
}

/** An estimate's band: one in ten measurements falls below `p10`, nine in ten below `p90`. */
export interface Interval {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

export type CellValue = number | string | boolean | null

/** What a calculation gives back, before it is put in its envelope. */
export interface Computed<Result> {
  readonly result: Result
  /** What a cell shows; null means unknown, and an assumption says why. */
  readonly value: CellValue
  readonly unit: Unit | null
  /** The terms that make `value`; empty where `value` is no number. */
  readonly breakdown: readonly Term[]
  readonly assumptions?: readonly Assumption[]
  readonly sources?: readonly Source[]
  readonly interval?: Interval | null
}

/** A documented call. Every example runs as a test, through the model and through each edge. */
export interface Example {
  readonly title?: string
  readonly input: Readonly<Record<string, unknown>>
  readonly value: CellValue
  /** Relative tolerance where the expected value is published rounded; 0 where it is exact. */
  readonly tolerance?: number
}

/**
 * One calculation: the only description of it. HTTP routes, OpenAPI, the reference page, the command line and the
 * sheet functions are loops over these records.
 *
 * The order of the input schema's keys is the order of a cell's arguments and part of the contract: add only at
 * the end, and only optional ones.
 */
export interface Calculation<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** Kebab-case; the sheet name is the id in capitals without hyphens. */
  readonly id: string
  readonly title: string
  readonly summary: string
  /** In the words of the fields, for a reader: `weightBytes = parameterCount × bitsPerWeight / 8`. */
  readonly formula: string
  readonly input: Input
  /** The shape of `result`. */
  readonly output: Output
  readonly sources: readonly Source[]
  readonly examples: readonly [Example, ...Example[]]
  /** False for a calculation that takes an object and so cannot be a cell function. */
  readonly sheet?: false
  /** The offers it needs from the price book, fetched before `compute` runs. */
  prices?(input: z.output<Input>): readonly PriceQuery[]
  compute(input: z.output<Input>, facts: Facts): Computed<z.output<Output>>
}

/** Checks nothing at run time; makes the types of one record agree with each other. */
export const calculation = <Input extends z.ZodObject, Output extends z.ZodType>(
  record: Calculation<Input, Output>,
): Calculation<Input, Output> => record

/** The one envelope of every answer. */
export interface Answer<Result = unknown> {
  readonly id: string
  readonly value: CellValue
  readonly unit: Unit | null
  readonly result: Result
  readonly breakdown: readonly Term[]
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
  readonly interval: Interval | null
  readonly dataset: { readonly version: string; readonly pricesAsOf: string | null }
}

/** An input that passed its schema, with what it needs from the price book. */
export interface Prepared<Input = Record<string, unknown>> {
  readonly input: Input
  readonly given: Readonly<Record<string, unknown>>
  readonly prices: readonly PriceQuery[]
}

/**
 * Checks an input and says which prices it needs.
 *
 * @throws InputProblem with one complaint for each wrong field.
 */
export function prepare<Input extends z.ZodObject, Output extends z.ZodType>(
  calculation: Calculation<Input, Output>,
  raw: unknown,
): Prepared<z.output<Input>> {
  const given = namedFields(calculation, raw)
  const input = parsed(calculation, given)
  return { input, given, prices: calculation.prices?.(input) ?? [] }
}

/**
 * An input as its schema gives it, defaults filled in.
 *
 * @throws InputProblem with one complaint for each wrong field.
 */
export const validInput = <Input extends z.ZodObject>(
  fielded: Fielded<Input>,
  raw: unknown,
): z.output<Input> => parsed(fielded, namedFields(fielded, raw))

function namedFields(fielded: Fielded, raw: unknown): Record<string, unknown> {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    throw new InputProblem([
      {
        pointer: '#',
        detail: `The input of ${fielded.id} must be an object of named fields, not ${quote(raw)}.`,
        kind: 'invalid',
      },
    ])
  }
  return normalise(fielded, raw as Record<string, unknown>)
}

function parsed<Input extends z.ZodObject>(
  fielded: Fielded<Input>,
  given: Readonly<Record<string, unknown>>,
): z.output<Input> {
  const fields = fieldsOf(fielded)
  const alternatives = fields.flatMap((field) => wrongAlternative(field, given))
  const result = fielded.input.safeParse(given)
  if (result.success && alternatives.length === 0) return result.data
  const names = fields.map(({ name }) => name)
  const issues = result.error?.issues ?? []
  throw new InputProblem([...alternatives, ...complaintsOf(issues, given, names)])
}

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)

/** Of a field and the one that may be given in its place, an input has exactly one. */
function wrongAlternative(
  { name, description, requiredUnless: other }: Field,
  given: Readonly<Record<string, unknown>>,
): readonly Complaint[] {
  if (other === undefined || (given[name] === undefined) !== (given[other] === undefined)) return []
  return given[name] === undefined
    ? invalid(name, `${name} is missing; accepted: ${lowerFirst(description)}; or ${other} in its place.`)
        .complaints
    : invalid(other, `${other}: give either ${name} or ${other}, not both.`).complaints
}

/**
 * Runs a prepared calculation and puts its result in the envelope. Defaults that were used become assumptions.
 *
 * @throws InputProblem for a name that no fact answers to.
 */
export function answer<Input extends z.ZodObject, Output extends z.ZodType>(
  calculation: Calculation<Input, Output>,
  { input, given }: Prepared<z.output<Input>>,
  facts: Facts,
): Answer<z.output<Output>> {
  const computed = calculation.compute(input, facts)
  return {
    id: calculation.id,
    value: computed.value,
    unit: computed.unit,
    result: computed.result,
    breakdown: computed.breakdown,
    assumptions: [...defaultsUsed(calculation, given, input), ...(computed.assumptions ?? [])],
    sources: [...calculation.sources, ...(computed.sources ?? [])],
    interval: computed.interval ?? null,
    dataset: { version: facts.version, pricesAsOf: facts.pricesAsOf },
  }
}

function defaultsUsed(
  calculation: Calculation,
  given: Readonly<Record<string, unknown>>,
  input: Readonly<Record<string, unknown>>,
): Assumption[] {
  return fieldsOf(calculation)
    .filter(({ name }) => given[name] === undefined && input[name] !== undefined)
    .map(({ name, unit }) => ({ field: name, value: input[name], unit: unit ?? null, because: 'default' }))
}
