import type { Calculation } from '../../model/calculation.ts'
import { type Field, positionalFields } from '../../model/fields.ts'
import { didYouMean, quote } from '../../model/problem.ts'
import { answerTo, cellValueOf, fieldNamed } from './calculate.ts'
import { calculationArgument, repeatedArguments } from './calculation-argument.ts'
import { fieldValue, isBlank, plainOf, rowsOf } from './cells.ts'
import { inputOf } from './input.ts'
import { SheetError, sheetErrorOf } from './sheet-error.ts'
import type { CellContent, SheetFunction, Surroundings } from './sheet-function.ts'

/**
 * `=WEIGHTS.SENSITIVITY("memory","precision",A1:A3,70e9)`: one row for each value of one argument. It stands in for
 * Excel's What-If Data Tables, which cannot run custom functions (OfficeDev/Excel-Custom-Functions#151).
 */
export const sensitivity: SheetFunction = {
  name: 'SENSITIVITY',
  description: 'One row for each value of one argument, all other arguments held',
  parameters: [
    calculationArgument,
    {
      name: 'argument',
      description: 'Name of the argument that varies, such as precision',
      optional: false,
      range: false,
      repeating: false,
    },
    {
      name: 'values',
      description: 'The values it takes: a range, or one value',
      optional: false,
      range: true,
      repeating: false,
    },
    {
      ...repeatedArguments,
      description: 'The arguments of that calculation; what stands for the varied one is replaced',
    },
  ],
  spills: true,
  asks: true,
  example: ['memory', 'precision', [['int4'], ['fp8'], ['bf16']], 70e9],
  async evaluate([name, argument, values, ...cells], surroundings) {
    const calculation = calculationArgument.calculation(name)
    const field = varied(calculation, plainOf(argument, 'argument'))
    const held = inputOf(calculation, cells.map(repeatedArguments.cell))
    const given = rowsOf(values, 'values')
      .flat()
      .filter((one) => !isBlank(one))
    if (given.length === 0)
      throw new SheetError('#VALUE!', `values: give at least one value of ${field.name}.`)
    const rows = given.map((cell) => row({ calculation, field, held, cell, surroundings }))
    return [[titled(field), calculation.title], ...(await Promise.all(rows))]
  },
}

function varied(calculation: Calculation, name: unknown): Field {
  const names = positionalFields(calculation).map((field) => field.name)
  const field = name === undefined ? undefined : fieldNamed(calculation, String(name))
  if (field && names.includes(field.name)) return field
  const given =
    name === undefined ? 'argument is missing.' : `argument: ${calculation.id} has no ${quote(name)}.`
  throw new SheetError(
    '#VALUE!',
    `${given}${didYouMean(String(name ?? ''), names)} Accepted: ${names.join(', ')}.`,
  )
}

const titled = ({ title, unit }: Field): string => (unit === undefined ? title : `${title} (${unit})`)

interface RowParts {
  readonly calculation: Calculation
  readonly field: Field
  readonly held: Readonly<Record<string, unknown>>
  readonly cell: unknown
  readonly surroundings: Surroundings
}

/** A value that cannot be computed is an error in its own row; the others stand. */
async function row({ calculation, field, held, cell, surroundings }: RowParts): Promise<CellContent[]> {
  try {
    const value = fieldValue(field, cell)
    const input = { ...held, [field.name]: value }
    return [plainOf(cell, field.name) ?? '', cellValueOf(await answerTo(calculation, input, surroundings))]
  } catch (thrown) {
    const error = sheetErrorOf(thrown)
    return [typeof cell === 'object' ? error : (cell as string | number | boolean), error]
  }
}
