import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** One published measurement, as the calibration file has it. Null is "the source does not say". */
export interface Measurement {
  readonly id: string
  readonly source: string
  readonly model: string
  readonly engine: string
  readonly engineVersion: string
  /** Of the measurement or of its publication, as precisely as the source has it. */
  readonly sourceDate: string
  readonly gpu: string
  readonly gpuCount: number | null
  readonly tensorParallel: number | null
  readonly pipelineParallel: number | null
  readonly dataParallel: number | null
  readonly precision: string
  readonly cachePrecision: string
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly concurrency: number | null
  readonly scenario: string
  readonly outputTokensPerSecond: number | null
  readonly ttftMs: number | null
  readonly tpotMs: number | null
  readonly notes: string
  /** All that rows of one sweep share: everything but concurrency and the measurements. */
  readonly series: string
  /** The same without the lengths. */
  readonly deployment: string
}

const seriesColumns = [
  'source_repo',
  'model',
  'framework',
  'framework_version',
  'gpu',
  'gpu_count',
  'tp',
  'pp',
  'ep',
  'dp',
  'weight_precision',
  'kv_precision',
  'isl',
  'osl',
  'scenario',
]
const lengthColumns = ['isl', 'osl']

const numberOrNull = (text: string | undefined): number | null =>
  text === undefined || text === '' ? null : Number(text)

/** @throws Error for a file without the columns that identify a series. */
export function readMeasurements(path: string): readonly Measurement[] {
  const records: Record<string, string>[] = parse(readFileSync(path, 'utf8'), { columns: true })
  const missing = [...seriesColumns, 'id', 'concurrency', 'ttft_ms', 'tpot_ms', 'notes'].filter(
    (column) => records[0]?.[column] === undefined,
  )
  if (missing.length > 0) throw new Error(`${path}: no column ${missing.join(', ')}.`)
  return records.map(toMeasurement)
}

function toMeasurement(record: Record<string, string>): Measurement {
  const text = (column: string) => record[column] ?? ''
  const key = (columns: readonly string[]) => columns.map(text).join('|')
  const number = (column: string) => numberOrNull(record[column])
  return {
    id: text('id'),
    source: text('source_repo'),
    model: text('model'),
    engine: text('framework'),
    engineVersion: text('framework_version'),
    sourceDate: text('source_date'),
    gpu: text('gpu'),
    gpuCount: number('gpu_count'),
    tensorParallel: number('tp'),
    pipelineParallel: number('pp'),
    dataParallel: number('dp'),
    precision: text('weight_precision'),
    cachePrecision: text('kv_precision'),
    inputTokens: number('isl'),
    outputTokens: number('osl'),
    concurrency: number('concurrency'),
    scenario: text('scenario'),
    outputTokensPerSecond: number('output_tok_s_total'),
    ttftMs: number('ttft_ms'),
    tpotMs: number('tpot_ms'),
    notes: text('notes'),
    series: key(seriesColumns),
    deployment: key(seriesColumns.filter((column) => !lengthColumns.includes(column))),
  }
}

/** The fold of a key: the first 32 bits of its SHA-256 modulo the number of folds. */
export const foldOf = (key: string, folds: number): number =>
  Number.parseInt(createHash('sha256').update(key).digest('hex').slice(0, 8), 16) % folds
