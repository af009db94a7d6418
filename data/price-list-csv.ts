import { parse } from 'csv-parse/sync'
import type { z } from 'zod'
import { mostEntries, PriceListEntry } from '../model/prices/own/price-list.ts'
import { type Complaint, complaintsOf, didYouMean, InputProblem, invalid, quote } from '../model/problem.ts'

/** How a file writes its numbers. */
export const decimalMarks = ['point', 'comma'] as const
export type DecimalMark = (typeof decimalMarks)[number]

const kinds = PriceListEntry.options
/** Every field of an entry is a column. */
const columns = [...new Set(kinds.flatMap(({ shape }) => Object.keys(shape)))]
/** The columns that hold numbers, by the schema. */
const numeric = new Set(
  kinds.flatMap(({ shape }) =>
    Object.entries(shape).flatMap(([name, field]) => (isNumber(field) ? [name] : [])),
  ),
)

function isNumber(field: z.core.$ZodType): boolean {
  const { def } = field._zod
  return def.type === 'number' || ('innerType' in def && isNumber(def.innerType as z.core.$ZodType))
}

const mostComplaints = 100

/**
 * The entries of a price list from CSV: a header with the names of an entry's fields, and one entry a line. Separated by
 * commas or semicolons, as the header is; a byte order mark is skipped, and cells may stand in quotes.
 *
 * @throws InputProblem that names line, column and value of everything that is wrong; nothing is taken in part.
 */
export function parsePriceList(
  text: string,
  decimal: DecimalMark,
): { readonly entries: readonly unknown[]; readonly lines: readonly number[] } {
  const [header, ...rows] = records(text)
  if (!header) throw invalid('entries', 'entries: the file is empty; accepted is CSV with a header line.')
  if (rows.length === 0) throw invalid('entries', 'entries: there is no entry below the header line.')
  if (rows.length > mostEntries) {
    throw invalid('entries', `entries: there are more than ${mostEntries} lines; a price list holds no more.`)
  }
  expectColumns(header.cells)
  const read = rows.map(({ cells, line }, place) =>
    entryOf(cells, { header: header.cells, line, place, decimal }),
  )
  const complaints = read.flatMap((row) => row.complaints)
  if (complaints.length > 0) throw new InputProblem(shortened(complaints))
  return { entries: read.map(({ entry }) => entry), lines: rows.map(({ line }) => line) }
}

interface Row {
  readonly cells: readonly string[]
  /** As an editor counts, the header being the first. */
  readonly line: number
}

function records(text: string): Row[] {
  const [first = ''] = text.split(/\r\n|\n|\r/, 1)
  const rows: Row[] = []
  try {
    parse(text, {
      bom: true,
      delimiter: first.includes(';') ? ';' : ',',
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      // One more than fits tells that there are too many; the rest is not read.
      to: mostEntries + 2,
      on_record: (cells: string[], { lines }) => {
        rows.push({ cells, line: lines })
        return null
      },
    })
    return rows
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalid('entries', `entries: this is not CSV: ${reason}.`)
  }
}

function expectColumns(header: readonly string[]): void {
  const wrong = header.flatMap((name, place) => {
    if (!columns.includes(name))
      return [`column ${place + 1}: there is no column ${quote(name)}.${didYouMean(name, columns)}`]
    return header.indexOf(name) < place ? [`column ${place + 1}: ${name} stands there twice.`] : []
  })
  if (!header.includes('kind')) wrong.push('there is no column kind.')
  if (wrong.length > 0) {
    const detail = `entries: line 1, ${wrong.join(' ')} Accepted: ${columns.join(', ')}.`
    throw invalid('entries', detail)
  }
}

function entryOf(
  cells: readonly string[],
  {
    header,
    line,
    place,
    decimal,
  }: {
    readonly header: readonly string[]
    readonly line: number
    readonly place: number
    readonly decimal: DecimalMark
  },
): { readonly entry: unknown; readonly complaints: readonly Complaint[] } {
  const complaint = (column: string, sentence: string): Complaint => ({
    pointer: `#/entries/${place}/${column}`,
    detail: `line ${line}, column ${column}: ${sentence}`,
    kind: 'invalid',
  })
  if (cells.length !== header.length) {
    const sentence = `${cells.length} cells under ${header.length} columns; a cell that holds the separator stands in quotes.`
    return { entry: null, complaints: [{ ...complaint('kind', ''), detail: `line ${line}: ${sentence}` }] }
  }
  const bad: Complaint[] = []
  const entry: Record<string, unknown> = {}
  for (const [index, column] of header.entries()) {
    const cell = cells[index] ?? ''
    if (cell === '') continue
    const value = numeric.has(column) ? numberIn(cell, decimal) : cell
    if (typeof value === 'object') bad.push(complaint(column, value.wrong))
    else entry[column] = value
  }
  const parsed = PriceListEntry.safeParse(entry)
  const unread = new Set(bad.map(({ pointer }) => pointer))
  const issues = parsed.success ? [] : complaintsOf(parsed.error.issues, entry, columns)
  return {
    entry,
    complaints: [
      ...bad,
      ...issues
        .map(({ pointer, detail }) => {
          const column = pointer.slice(2) || 'kind'
          return complaint(column, detail.replace(`${column}: `, ''))
        })
        .filter(({ pointer }) => !unread.has(pointer)),
    ],
  }
}

const numerals = {
  point: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  comma: /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
}

function numberIn(cell: string, decimal: DecimalMark): number | { readonly wrong: string } {
  if (numerals[decimal].test(cell)) return Number(cell.replace(',', '.'))
  const other = decimal === 'point' ? 'comma' : 'point'
  const hint =
    decimal === 'point'
      ? 'has a decimal comma; write a point, or declare the file with ?decimal=comma.'
      : 'has a decimal point, but the file was declared with decimal commas.'
  return {
    wrong: `${quote(cell)} ${numerals[other].test(cell) ? hint : 'is not a number; thousands are not set apart.'}`,
  }
}

const shortened = (complaints: readonly Complaint[]): Complaint[] =>
  complaints.length <= mostComplaints
    ? [...complaints]
    : [
        ...complaints.slice(0, mostComplaints),
        {
          pointer: '#/entries',
          detail: `And ${complaints.length - mostComplaints} more.`,
          kind: 'invalid',
        },
      ]
