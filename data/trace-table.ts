import { parse } from 'csv-parse/sync'
import { invalid, quote } from '../model/problem.ts'

/** A trace as texts under names, whichever way it was written. */
export interface TraceTable {
  readonly header: readonly string[]
  readonly rowCount: number
  /** The text of a row under the name at a place of the header; empty where there is none. */
  cell(row: number, place: number): string
  /** The line of a row, as an editor counts. */
  lineOf(row: number): number
}

/** Room for a log line that holds prompt and answer; what is longer is no line. */
const longestRecord = 1e6

/** @throws InputProblem for what is neither CSV nor JSON lines, and where there is no request in it. */
export function tableOf(text: string): TraceTable {
  const bare = text.replace(/^\uFEFF/, '')
  if (bare.trim() === '') {
    throw invalid('trace', 'trace: the file is empty; accepted are CSV with a header line, and JSON lines.')
  }
  refuseLongLines(bare)
  return /^\s*[{[]/.test(bare) ? fromJsonLines(bare) : fromCsv(bare)
}

function refuseLongLines(text: string): void {
  let line = 1
  for (let start = 0; start < text.length; line += 1) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    if (end - start > longestRecord) {
      throw invalid(
        'trace',
        `trace: line ${line} has ${end - start} characters; at most ${longestRecord} are accepted.`,
      )
    }
    start = end + 1
  }
}

function fromCsv(text: string): TraceTable {
  const [header, ...rows] = csvRecords(text)
  if (!header || rows.length === 0) {
    throw invalid('trace', 'trace: there is no request below the header line.')
  }
  return {
    header,
    rowCount: rows.length,
    cell: (row, place) => rows[row]?.[place] ?? '',
    lineOf: (row) => row + 2,
  }
}

function csvRecords(text: string): string[][] {
  try {
    // Blank lines within are kept, so that lines are counted as an editor does.
    return parse(text.trimEnd(), {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: longestRecord,
      trim: true,
    })
  } catch (error) {
    throw invalid(
      'trace',
      `trace: this is not CSV: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
}

/** The names are those of the first object: what others have beside them is not read, as a further column is not. */
function fromJsonLines(text: string): TraceTable {
  const objects = text
    .trimEnd()
    .split(/\r\n|\n|\r/)
    .map((line, row) => objectIn(line, row + 1))
  const header = Object.keys(objects[0] ?? {})
  return {
    header,
    rowCount: objects.length,
    cell: (row, place) => textOf(objects[row]?.[header[place] ?? '']),
    lineOf: (row) => row + 1,
  }
}

function objectIn(line: string, number: number): Readonly<Record<string, unknown>> {
  const value = parsed(line)
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw invalid(
    'trace',
    `trace: line ${number}: ${quote(line)} is no JSON object; in JSON lines each line is one request, such as {"time":0,"input_tokens":900,"output_tokens":120}.`,
  )
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** As a cell has it; what is no single value is told as it stands, and refused by whoever reads the column. */
const textOf = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
