import { type BookCell, type BookSheet, text } from './book.ts'
import { cashInAllUsd } from './cash-sheet.ts'
import { SheetWriter } from './sheet-writer.ts'
import type { Told } from './told.ts'

const sheetName = 'Summary'

/** The verdict, the options and whether every check holds. */
export function summarySheet(told: Told, names: Map<string, string>): BookSheet {
  const { options, result, asOf, version } = told
  const sheet = new SheetWriter(sheetName, names)
  const [cheapest] = options
  sheet.row(text('Rent the weights behind an API, or own a copy?', 'title'))
  sheet.row(text(`Prices of ${asOf}; facts ${version}. Change the shaded cells of Assumptions.`, 'note'))
  sheet.row()
  const firstOption = 8
  const range = (column: string) => `$${column}$${firstOption + 1}:$${column}$${firstOption + options.length}`
  if (cheapest) {
    sheet.row(text('Cheapest', 'result'), {
      value: cheapest.answered.name,
      formula: `INDEX(${range('A')},MATCH(MIN(${range('B')}),${range('B')},0))`,
      format: 'text',
      role: 'result',
    })
    sheet.named('cheapestUsdPerMonth', 1, text('USD a month', 'result'), {
      value: cheapest.answered.usdPerMonth,
      formula: `MIN(${range('B')})`,
      format: 'usd-cents',
      role: 'result',
    })
  } else {
    sheet.row(text(`No verdict: none of ${result.excluded.length} options can take part.`, 'result'))
    sheet.row()
  }
  sheet.row(text('Checks', 'result'), {
    value: 'All OK',
    formula: 'IF(COUNTIF(checks,"OK")=ROWS(checks),"All OK","Look at the sheet Checks")',
    format: 'text',
    role: 'result',
  })
  sheet.row()
  sheet.row(
    ...['Option', 'USD a month', 'USD per million tokens', 'GPUs', 'Cash over the horizon'].map((word) =>
      text(word, 'heading'),
    ),
  )
  if (sheet.nextRow !== firstOption)
    throw new Error('The options of the summary are not where its formulas look.')
  for (const option of options) {
    const { answered, candidate, name } = option
    const own = (field: string, value: number, format: BookCell['format']): BookCell => ({
      value,
      formula: name(field),
      format,
      role: 'figure',
    })
    sheet.row(
      text(answered.name),
      own('usdPerMonth', answered.usdPerMonth, 'usd-cents'),
      own('usdPerMillionTokens', answered.usdPerMillionTokens, 'usd-cents'),
      candidate.option.kind === 'token-api'
        ? null
        : own('gpuCount', answered.hardware?.gpuCount ?? 0, 'whole'),
      own('cashInAll', cashInAllUsd(option, told), 'usd'),
    )
  }
  const cells = (column: number) => ({
    sheet: sheetName,
    fromRow: firstOption,
    fromColumn: column,
    toRow: firstOption + options.length - 1,
    toColumn: column,
  })
  return sheet.sheet([52, 34, 24, 12, 24], {
    title: 'USD a month',
    kind: 'bar',
    categories: cells(0),
    series: [{ name: 'USD a month', values: cells(1) }],
    row: firstOption + options.length + 2,
    column: 0,
  })
}
