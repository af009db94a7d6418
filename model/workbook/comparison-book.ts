import { type ComparisonInput, candidatesOf, comparisonOf } from '../compare/comparison.ts'
import type { Facts } from '../facts.ts'
import { assumptionsSheet } from './assumptions-sheet.ts'
import type { Book } from './book.ts'
import { cashSheet } from './cash-sheet.ts'
import { checksSheet } from './checks-sheet.ts'
import type { Dialect } from './dialect.ts'
import { linesSheet } from './lines-sheet.ts'
import { sourcesSheet } from './sources-sheet.ts'
import { summarySheet } from './summary-sheet.ts'
import type { Told } from './told.ts'

/**
 * A comparison as a workbook whose formulas are live: assumptions that may be changed, the lines that follow from them,
 * monthly cash, sources and checks. With nothing changed, each cell has the figure of the comparison.
 */
export function comparisonBook(input: ComparisonInput, facts: Facts, dialect: Dialect): Book {
  const { candidates, month } = candidatesOf(input, facts)
  const { result, assumptions, sources } = comparisonOf(input, facts)
  const told: Told = {
    options: result.options.flatMap((answered) => {
      const candidate = candidates.find(({ place }) => place === answered.place)
      return candidate
        ? [{ candidate, answered, name: (field) => `option${answered.place + 1}_${field}` }]
        : []
    }),
    traffic: month.traffic,
    settings: input.settings,
    result,
    assumptions,
    sources,
    dialect,
    asOf: input.asOf ?? facts.asOf,
    version: facts.version,
  }
  const names = new Map<string, string>()
  // The checks read what the others name, and the summary reads the checks.
  const inputs = assumptionsSheet(told, names)
  const lines = linesSheet(told, names)
  const cash = cashSheet(told, names)
  const checks = checksSheet(told, names)
  return {
    asOf: told.asOf,
    sheets: [summarySheet(told, names), inputs, lines, cash, sourcesSheet(told, names), checks],
    names,
  }
}
