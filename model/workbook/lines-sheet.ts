import { capacityUnitOf, gpuCountOf } from '../compare/cost.ts'
import { TOKENS_PER_MILLION } from '../units.ts'
import { type BookCell, type BookSheet, text } from './book.ts'
import { capacityRows, lineRows } from './option-rows.ts'
import { SheetWriter } from './sheet-writer.ts'
import type { Told, ToldOption } from './told.ts'

const usdColumn = 4
const headings = ['Line', 'Quantity', 'Unit', 'USD each', 'USD a month'].map((word) => text(word, 'heading'))
const figure = (value: number, formula: string, format: BookCell['format'] = 'number'): BookCell => ({
  value,
  formula,
  format,
  role: 'figure',
})

/** What each option's month is made of: quantity times price, line by line. */
export function linesSheet(told: Told, names: Map<string, string>): BookSheet {
  const sheet = new SheetWriter('Lines', names)
  sheet.row(text('Lines: what each month is made of', 'title'))
  for (const option of told.options) {
    sheet.row()
    sheet.row(text(option.answered.name, 'heading'))
    writeCapacity(sheet, option, told)
    sheet.row(...headings)
    writeLines(sheet, option, told)
  }
  return sheet.sheet([64, 20, 18, 18, 20])
}

function writeCapacity(
  sheet: SheetWriter,
  { candidate: { option }, name }: ToldOption,
  { traffic, settings }: Told,
): void {
  if (option.kind === 'token-api') return
  const unit = capacityUnitOf({ option, traffic, settings })
  const values: Readonly<Record<string, number>> = {
    replicasPerUnit: unit.replicas,
    gpusPerUnit: unit.gpus,
    unitTokens: unit.tokensPerMonth,
    gpuCount: gpuCountOf({ option, traffic, settings }),
  }
  for (const [field, title, formula] of capacityRows(name)) {
    sheet.named(name(field), 1, text(title), figure(values[field] ?? 0, formula, 'whole'))
  }
}

function writeLines(sheet: SheetWriter, { candidate, answered, name }: ToldOption, told: Told): void {
  const { option } = candidate
  const gpuCount =
    option.kind === 'token-api' ? 0 : gpuCountOf({ option, traffic: told.traffic, settings: told.settings })
  const rows = lineRows(candidate, { own: name, dialect: told.dialect })
  const usdNames = rows.map((row) => name(`${bare(row.name)}Usd`))
  for (const [place, row] of rows.entries()) {
    const line = answered.lines.find((one) => one.name === row.name) ?? missing(row, option, gpuCount)
    sheet.named(
      usdNames[place] ?? '',
      usdColumn,
      text(row.name),
      figure(line.quantity, row.quantity),
      text(row.unit, 'note'),
      figure(line.usdPerUnit, row.price, 'usd-cents'),
      figure(line.usd, row.usd ?? `(${row.quantity})*(${row.price})`, 'usd-cents'),
    )
  }
  sheet.named(name('usdPerMonth'), usdColumn, text('Total', 'result'), null, null, null, {
    value: answered.usdPerMonth,
    formula: usdNames.join('+'),
    format: 'usd-cents',
    role: 'result',
  })
  const perMillion = `${name('usdPerMonth')}/tokensPerMonth*${TOKENS_PER_MILLION}`
  sheet.named(
    name('usdPerMillionTokens'),
    usdColumn,
    text('USD per million tokens', 'result'),
    null,
    null,
    null,
    {
      value: answered.usdPerMillionTokens,
      formula: perMillion,
      format: 'usd-cents',
      role: 'result',
    },
  )
}

/** `cached input tokens` is `cachedInputTokens`. */
export const bare = (name: string): string =>
  name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())

/** A line that the comparison leaves out because it costs nothing has its quantity and price all the same. */
function missing(
  { name, unit }: { readonly name: string; readonly unit: string },
  option: ToldOption['candidate']['option'],
  gpuCount: number,
): { readonly quantity: number; readonly usdPerUnit: number; readonly usd: number } {
  const quantity = unit === 'GPU' ? gpuCount : unit === 'month' ? 1 : 0
  const cachedPrice =
    option.kind === 'token-api' ? (option.usdPerMillionCachedInput ?? option.usdPerMillionInput) : 0
  return { quantity, usdPerUnit: name === 'cached input tokens' ? cachedPrice : 0, usd: 0 }
}
