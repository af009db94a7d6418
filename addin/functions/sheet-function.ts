import type { Answer } from '../../model/calculation.ts'
import type { Facts } from '../../model/facts.ts'
import type { SheetError } from './sheet-error.ts'

/** The names that a sheet offers while an argument is typed. */
export interface Choices {
  readonly id: string
  readonly names: readonly string[]
}

/** One argument of a sheet function. */
export interface Parameter {
  readonly name: string
  readonly description: string
  readonly optional: boolean
  /** It takes a range as well as a single cell. */
  readonly range: boolean
  /** The last one may be given any number of times. */
  readonly repeating: boolean
  readonly choices?: Choices
}

export type Scalar = number | string | boolean
export interface EntityCard {
  readonly text: string
  readonly properties: Readonly<Record<string, Scalar>>
}
/** What one cell shows. */
export type CellContent = Scalar | SheetError
/** A function fills one cell, or the cells below and beside it. */
export type Filling = Scalar | EntityCard | readonly (readonly CellContent[])[]

/** A question for the server: a calculation's id and its input. */
export interface Call {
  readonly id: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a function can reach besides its arguments. */
export interface Surroundings {
  readonly facts: Facts
  /** Asks the server. Settles within 15 seconds, with a `SheetError` where there is no answer. */
  ask(call: Call): Promise<Answer>
}

/** One function of the namespace WEIGHTS: metadata, Excel, Calc and Sheets are loops over these records. */
export interface SheetFunction {
  readonly name: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly spills: boolean
  /** It may have to ask the server for prices. */
  readonly asks: boolean
  /** The arguments of a call that shows what it does. */
  readonly example: readonly unknown[]
  /** @throws SheetError */
  evaluate(cells: readonly unknown[], surroundings: Surroundings): Filling | Promise<Filling>
}
