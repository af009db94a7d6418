import { type BookSheet, text } from './book.ts'
import { SheetWriter } from './sheet-writer.ts'
import type { Told } from './told.ts'

/** Where the figures are from, what was assumed, and what was left out. */
export function sourcesSheet(told: Told, names: Map<string, string>): BookSheet {
  const { sources, assumptions, result, asOf, version } = told
  const sheet = new SheetWriter('Sources', names)
  sheet.row(text('Sources and assumptions', 'title'))
  sheet.row(text(`Prices of ${asOf}; facts ${version}.`, 'note'))
  sheet.row()
  sheet.row(text('Source', 'heading'), text('Day', 'heading'), text('Address', 'heading'))
  for (const { title, date, url } of sources) {
    sheet.row(text(title), text(date ?? '', 'note'), text(url ?? '', 'note'))
  }
  sheet.row()
  sheet.row(text('Assumed', 'heading'), text('Value', 'heading'), text('Why', 'heading'))
  for (const { field, value, because } of assumptions) {
    sheet.row(text(field), text(String(value ?? 'unknown'), 'note'), text(because, 'note'))
  }
  if (result.excluded.length > 0) {
    sheet.row()
    sheet.row(text('Left out', 'heading'), null, text('Why', 'heading'))
    for (const { name, reason } of result.excluded) sheet.row(text(name), null, text(reason, 'note'))
  }
  return sheet.sheet([60, 16, 100])
}
