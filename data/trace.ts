import { invalid, quote } from '../model/problem.ts'
import type { Trace } from '../model/workload/trace.ts'
import { type TraceTable, tableOf } from './trace-table.ts'
import { arrivals } from './trace-times.ts'

/** The names a column has in the logs of public traces, gateways and engines, without case and punctuation. */
const columnNames = {
  time: [
    'timestamp',
    'time',
    'arrivaltime',
    'arrivedat',
    'arrival',
    'starttime',
    'createdat',
    'created',
    'ts',
  ],
  inputTokens: [
    'contexttokens',
    'inputtokens',
    'prompttokens',
    'requesttokens',
    'numprefilltokens',
    'inputlength',
    'promptlength',
    'inputtoks',
  ],
  outputTokens: [
    'generatedtokens',
    'outputtokens',
    'completiontokens',
    'responsetokens',
    'numdecodetokens',
    'outputlength',
    'outputtoks',
  ],
  cachedInputTokens: ['cachedtokens', 'cachedinputtokens', 'cachedprompttokens', 'cachereadinputtokens'],
} as const

type Column = keyof typeof columnNames

const titles: Record<Column, string> = {
  time: 'the time',
  inputTokens: 'input tokens',
  outputTokens: 'output tokens',
  cachedInputTokens: 'cached input tokens',
}

const examples: Record<Column, string> = {
  time: 'TIMESTAMP, time, arrival_time',
  inputTokens: 'ContextTokens, input_tokens, prompt_tokens',
  outputTokens: 'GeneratedTokens, output_tokens, completion_tokens',
  cachedInputTokens: 'cached_tokens, cache_read_input_tokens',
}

/** Longer than any context window by far. */
const largestTokens = 1e9

/**
 * A request trace from CSV (a header and one request a line) or JSON lines (one object a line), in the order of arrival.
 * Columns are found by name, so their order and any others do not matter; lines may end in CR LF, and a byte order mark
 * is skipped.
 *
 * @throws InputProblem that names the line, the column and the value, for anything that is not a trace.
 */
export function parseTrace(text: string): Trace {
  const table = tableOf(text)
  const { header, rowCount, cell, lineOf } = table
  const places = {
    time: placeOf('time', header),
    inputTokens: placeOf('inputTokens', header),
    outputTokens: placeOf('outputTokens', header),
  }
  const cells = (column: Column, place: number) =>
    tokens(table, { place, column: `${header[place]} (${titles[column]})` })
  const cachedPlace = find('cachedInputTokens', header)
  return {
    ...arrivals(
      Array.from({ length: rowCount }, (_, row) => cell(row, places.time)),
      lineOf,
    ),
    inputTokens: cells('inputTokens', places.inputTokens),
    outputTokens: cells('outputTokens', places.outputTokens),
    cachedInputTokens: cachedPlace < 0 ? null : cells('cachedInputTokens', cachedPlace),
  }
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')

const find = (column: Column, header: readonly string[]): number => {
  const names: readonly string[] = columnNames[column]
  return header.findIndex((name) => names.includes(bare(name)))
}

function placeOf(column: Column, header: readonly string[]): number {
  const place = find(column, header)
  if (place >= 0) return place
  throw invalid(
    'trace',
    `trace: no column for ${titles[column]}; accepted are names such as ${examples[column]}; the trace has ${quote(header.join(','))}.`,
  )
}

function tokens(
  { rowCount, cell, lineOf }: TraceTable,
  { place, column }: { readonly place: number; readonly column: string },
): Uint32Array {
  const counts = new Uint32Array(rowCount)
  for (let row = 0; row < rowCount; row += 1) {
    const text = cell(row, place)
    const value = Number(text)
    if (text === '' || !Number.isInteger(value) || value < 0 || value > largestTokens) {
      throw invalid(
        'trace',
        `trace: line ${lineOf(row)}, column ${column}: ${quote(text)} must be a whole number from 0 to ${largestTokens}.`,
      )
    }
    counts[row] = value
  }
  return counts
}
