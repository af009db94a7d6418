import { sheetCalculations } from '../../addin/functions/calculation-argument.ts'
import { cellsOf } from '../../addin/functions/cells-of.ts'
import { type Answer, answer, type Calculation, type CellValue, prepare } from '../../model/calculation.ts'
import type { Facts } from '../../model/facts.ts'
import { excelName } from '../../model/fields.ts'

/** One documented call of the catalog that cells can make. */
export interface CellExample {
  readonly calculation: Calculation
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  readonly cells: readonly unknown[]
}

/** Every example that cells can make, as rows for `test.each`: the first column is the test's name. */
export const cellExamples: readonly (readonly [string, CellExample])[] = sheetCalculations.flatMap(
  (calculation) =>
    calculation.examples.flatMap(({ input }) => {
      const cells = cellsOf(calculation, input)
      if (!cells) return []
      const name = excelName(calculation.id)
      return [[`${name} ${JSON.stringify(input)}`, { calculation, name, input, cells }] as const]
    }),
)

/** What the model itself answers. */
export const answerOf = (calculation: Calculation, input: unknown, facts: Facts): Answer =>
  answer(calculation, prepare(calculation, input), facts)

export const modelValue = ({ calculation, input }: CellExample, facts: Facts): CellValue =>
  answerOf(calculation, input, facts).value
