import { invalid } from '../problem.ts'

/** One measured run of a fleet. Null is "the file does not say". */
export interface OwnRow {
  /** Where in what was given it stands, for sentences. */
  readonly path: string
  readonly tool: string
  /** Requests in flight in the whole deployment, on average. */
  readonly concurrency: number | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly ttftSeconds: number | null
  /** Mean time between output tokens after the first. */
  readonly tpotSeconds: number | null
  /** Of the whole deployment. */
  readonly outputTokensPerSecond: number | null
}

const names = {
  concurrency: 'concurrency',
  inputTokens: 'input tokens',
  outputTokens: 'output tokens',
  ttftSeconds: 'time to the first token',
  tpotSeconds: 'time per output token',
  outputTokensPerSecond: 'output tokens a second',
} as const

/** Longer than any run lasts. */
const mostSeconds = 86_400

/** @throws InputProblem for what no run can have: nothing at all, below zero, or longer than a day. */
export function checkedRow(row: OwnRow): OwnRow {
  for (const [field, name] of Object.entries(names)) {
    const value = row[field as keyof typeof names]
    const most = field.endsWith('Seconds') ? mostSeconds : Number.POSITIVE_INFINITY
    if (value === null || (value > 0 && value <= most)) continue
    throw invalid(
      row.path,
      `${row.path}: ${name} is ${value}; accepted is a number above 0${most === mostSeconds ? ` and at most ${most} seconds` : ''}.`,
    )
  }
  return row
}
