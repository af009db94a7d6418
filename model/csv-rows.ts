import { invalid } from './problem.ts'

/** A table of text: the names of its columns, and the cells of each row with the line that it begins on. */
export interface CsvTable {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

/**
 * Comma-separated values as RFC 4180 has them: a header, then rows of as many cells; a quoted cell may hold commas, line ends
 * and doubled quotes. Blank lines and a byte-order mark are passed over.
 *
 * @throws InputProblem for a row of another length, an open quote, or no header.
 */
export function csvTable(text: string, field: string): CsvTable {
  const [header, ...rows] = recordsOf(text.replace(/^\uFEFF/, ''), field)
  if (!header) throw invalid(field, `${field}: it is empty; a header and at least one row are needed.`)
  const columns = header.cells.map((name) => name.trim())
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      throw invalid(
        field,
        `${field}: line ${line} has ${cells.length} cells; the header has ${columns.length}.`,
      )
    }
  }
  return { columns, rows }
}

function recordsOf(text: string, field: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = []
  const unquoted = /[^,\r\n]*/y
  let cells: string[] = []
  let [at, line, first] = [0, 1, 1]
  const close = (): void => {
    if (cells.length > 1 || cells[0] !== '') records.push({ line: first, cells })
    cells = []
    first = line
  }
  while (at < text.length) {
    let cell: string
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1)
      if (end < 0) throw invalid(field, `${field}: the quote that opens on line ${line} is never closed.`)
      cell = text.slice(at + 1, end).replaceAll('""', '"')
      line += cell.split('\n').length - 1
      at = end + 1
    } else {
      unquoted.lastIndex = at
      cell = unquoted.exec(text)?.[0] ?? ''
      at += cell.length
    }
    cells.push(cell)
    if (text[at] === ',') {
      at++
      if (at === text.length) cells.push('')
      continue
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    else if (at < text.length && text[at - 1] !== '\r') {
      throw invalid(field, `${field}: on line ${line}, a comma or a line end must follow a closing quote.`)
    }
    line++
    close()
  }
  if (cells.length > 0) close()
  return records
}

/** The quote that ends a cell: the first that is not doubled; -1 where there is none. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return -1
}
