/**
 * A workbook as data: what stands in which cell, as a value and as the formula that makes it. It is written to a file
 * or into an open Excel by others.
 */
export type CellFormat = 'usd' | 'usd-cents' | 'number' | 'whole' | 'percent' | 'text'
export type CellRole = 'title' | 'heading' | 'label' | 'input' | 'figure' | 'result' | 'note'

export interface BookCell {
  readonly value: number | string
  /** Without the equals sign, in the names that the book defines; none for what a person may change. */
  readonly formula?: string
  readonly format: CellFormat
  readonly role: CellRole
}

export interface BookSheet {
  readonly name: string
  readonly columnWidths: readonly number[]
  readonly rows: readonly (readonly (BookCell | null)[])[]
  readonly chart?: BookChart
}

/** A chart beside the cells that it is drawn from, by their rows and columns from 0. */
export interface BookChart {
  readonly title: string
  readonly kind: 'bar' | 'line'
  readonly categories: CellRange
  readonly series: readonly { readonly name: string; readonly values: CellRange }[]
  readonly row: number
  readonly column: number
}

export interface CellRange {
  readonly sheet: string
  readonly fromRow: number
  readonly fromColumn: number
  readonly toRow: number
  readonly toColumn: number
}

export interface Book {
  /** The day of its prices. */
  readonly asOf: string
  readonly sheets: readonly BookSheet[]
  /** What a name stands for: `'Assumptions'!$B$4`. */
  readonly names: ReadonlyMap<string, string>
}

export const text = (value: string, role: CellRole = 'label'): BookCell => ({ value, format: 'text', role })

/** `0, 0` is `$A$1`. */
const absolute = (row: number, column: number): string => `$${columnName(column)}$${row + 1}`

export const addressOf = (sheet: string, row: number, column: number): string =>
  `'${sheet}'!${absolute(row, column)}`

export const rangeAddress = ({ sheet, fromRow, fromColumn, toRow, toColumn }: CellRange): string =>
  `'${sheet}'!${absolute(fromRow, fromColumn)}:${absolute(toRow, toColumn)}`

export function columnName(column: number): string {
  const letter = String.fromCharCode('A'.charCodeAt(0) + (column % 26))
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter
}
