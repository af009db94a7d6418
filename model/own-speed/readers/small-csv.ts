import { invalid, quote } from '../../problem.ts'
import { MILLISECONDS_PER_SECOND } from '../../units.ts'
import type { OwnRow } from '../own-row.ts'

type Field = Exclude<keyof OwnRow, 'path' | 'tool'>

/** Columns by name, with what turns their numbers into ours. */
const columns: Readonly<Record<string, { readonly field: Field; readonly factor: number }>> = {
  concurrency: { field: 'concurrency', factor: 1 },
  input_tokens: { field: 'inputTokens', factor: 1 },
  output_tokens: { field: 'outputTokens', factor: 1 },
  ttft_ms: { field: 'ttftSeconds', factor: 1 / MILLISECONDS_PER_SECOND },
  ttft_s: { field: 'ttftSeconds', factor: 1 },
  tpot_ms: { field: 'tpotSeconds', factor: 1 / MILLISECONDS_PER_SECOND },
  tpot_s: { field: 'tpotSeconds', factor: 1 },
  itl_ms: { field: 'tpotSeconds', factor: 1 / MILLISECONDS_PER_SECOND },
  output_tokens_per_second: { field: 'outputTokensPerSecond', factor: 1 },
}

/**
 * A small CSV with a header of the names above and one run in each line. Units stand in the names.
 *
 * @throws InputProblem for a column that is not known, one quantity in two units, or a cell that is no number.
 */
export function smallCsv(text: string, path: string): OwnRow[] {
  const [header = '', ...lines] = text
    .trim()
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
  const names = header.split(',').map((name) => name.trim().toLowerCase())
  const fields = names.map((name) => {
    const column = columns[name]
    if (column) return column
    throw invalid(
      path,
      `${path}: the column ${quote(name)} is not known; accepted are ${Object.keys(columns).join(', ')}, and the results of vLLM, GuideLLM, AIPerf and genai-perf.`,
    )
  })
  for (const [index, { field }] of fields.entries()) {
    const other = fields.findIndex((one) => one.field === field)
    if (other < index) {
      throw invalid(
        path,
        `${path}: the columns ${quote(names[other])} and ${quote(names[index])} are the same quantity; one of them is accepted, so that units do not mix.`,
      )
    }
  }
  return lines
    .filter((line) => line !== '')
    .map((line, index) => rowOf(line.split(','), fields, names, `${path}.${index}`))
}

function rowOf(
  cells: readonly string[],
  fields: readonly { readonly field: Field; readonly factor: number }[],
  names: readonly string[],
  path: string,
): OwnRow {
  const row: Record<Field, number | null> = {
    concurrency: null,
    inputTokens: null,
    outputTokens: null,
    ttftSeconds: null,
    tpotSeconds: null,
    outputTokensPerSecond: null,
  }
  for (const [index, { field, factor }] of fields.entries()) {
    const cell = cells[index]?.trim() ?? ''
    const number = Number(cell)
    if (cell === '') continue
    if (!Number.isFinite(number)) {
      throw invalid(
        path,
        `${path}: ${names[index]} is ${quote(cell)}; accepted is a number, its unit in the name of the column.`,
      )
    }
    row[field] = number * factor
  }
  return { path, tool: 'CSV', ...row }
}
