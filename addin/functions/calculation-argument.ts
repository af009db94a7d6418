import type { Calculation } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { didYouMean, quote } from '../../model/problem.ts'
import { plainOf } from './cells.ts'
import { SheetError } from './sheet-error.ts'
import type { Choices, Parameter } from './sheet-function.ts'

/** Every calculation that a sheet has a function for. */
export const sheetCalculations: readonly Calculation[] = catalog.filter(({ sheet }) => sheet !== false)

const choices: Choices = { id: 'CALCULATION', names: sheetCalculations.map(({ id }) => id) }
const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** The name of a calculation: its id or its sheet name, in any case, with or without hyphens. */
export const calculationArgument: Parameter & { calculation(cell: unknown): Calculation } = {
  name: 'calculation',
  description: 'Name of a calculation, such as memory',
  optional: false,
  range: false,
  repeating: false,
  choices,
  calculation(cell) {
    const name = plainOf(cell, 'calculation')
    if (name === undefined) {
      throw new SheetError('#VALUE!', `calculation is missing; accepted: ${choices.names.join(', ')}.`)
    }
    const asked = bare(String(name).replace(/^=?weights\./i, ''))
    const found = sheetCalculations.find(({ id }) => bare(id) === asked)
    if (found) return found
    throw new SheetError(
      '#N/A',
      `calculation: there is no calculation ${quote(name)}.${didYouMean(asked, choices.names)} Accepted: ${choices.names.join(', ')}.`,
    )
  },
}

/** The arguments of that calculation, in its own order. */
export const repeatedArguments: Parameter & { cell(argument: unknown): unknown } = {
  name: 'arguments',
  description: 'The arguments of that calculation, in its own order',
  optional: true,
  range: true,
  repeating: true,
  /** A repeated argument arrives as a range even where it is a single cell. */
  cell: (argument) =>
    Array.isArray(argument) && argument.length === 1 && Array.isArray(argument[0]) && argument[0].length === 1
      ? argument[0][0]
      : argument,
}
