import type { Cell, CellStyle, SheetChart, WriteSheet } from 'hucre'
import { writeXlsx } from 'hucre/xlsx'
import {
  type Book,
  type BookCell,
  type BookChart,
  type BookSheet,
  type CellFormat,
  type CellRole,
  rangeAddress,
} from '../../model/workbook/book.ts'

/**
 * A book as an .xlsx file. Formulas carry the values that they have, so that a preview shows them and our own functions
 * show no #NAME? before an add-in is loaded; a spreadsheet computes them anew.
 */
export const xlsxOf = ({ asOf, sheets, names }: Book): Promise<Uint8Array> =>
  writeXlsx({
    sheets: sheets.map(sheetOf),
    namedRanges: [...names].map(([name, range]) => ({ name, range })),
    properties: { title: 'Rent the weights or own a copy?', creator: 'Weighbridge', ...dated(asOf) },
  })

/** The day of the prices, not that of the writing: the same question gives the same file. */
const dated = (asOf: string) => ({ created: new Date(asOf), modified: new Date(asOf) })

const formats: Readonly<Record<CellFormat, string>> = {
  usd: '#,##0;[Red]-#,##0',
  'usd-cents': '#,##0.00##;[Red]-#,##0.00##',
  number: '#,##0.######',
  whole: '#,##0',
  percent: '0.0%',
  text: '@',
}

const font = { name: 'Calibri', size: 11 }

const styles: Readonly<Record<CellRole, CellStyle>> = {
  title: { font: { ...font, bold: true, size: 14 } },
  heading: {
    font: { ...font, bold: true },
    border: { bottom: { style: 'thin', color: { rgb: '999999' } } },
    alignment: { wrapText: true, vertical: 'bottom' },
  },
  label: { font },
  input: { font, fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFF4CC' } } },
  figure: { font },
  result: { font: { ...font, bold: true } },
  note: { font: { ...font, color: { rgb: '5A646D' } } },
}

function sheetOf({ name, columnWidths, rows, chart }: BookSheet): WriteSheet {
  const cells = new Map<string, Partial<Cell>>()
  for (const [row, columns] of rows.entries()) {
    for (const [column, cell] of columns.entries()) if (cell) cells.set(`${row},${column}`, cellOf(cell))
  }
  return {
    name,
    columns: columnWidths.map((width) => ({ width })),
    rows: rows.map(() => []),
    cells,
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    ...(chart && { charts: [chartOf(chart)] }),
  }
}

function cellOf({ value, formula, format, role }: BookCell): Partial<Cell> {
  // The format of text would show a formula as it is written.
  const numFmt = format === 'text' ? undefined : formats[format]
  const style = { ...styles[role], ...(numFmt !== undefined && { numFmt }) }
  return formula === undefined ? { value, style } : { formula, formulaResult: value, style }
}

const chartOf = ({ title, kind, categories, series, row, column }: BookChart): SheetChart => ({
  type: kind,
  title,
  series: series.map(({ name, values }) => ({
    name,
    values: rangeAddress(values),
    categories: rangeAddress(categories),
  })),
  anchor: { from: { row, col: column }, to: { row: row + 20, col: column + 8 } },
})
