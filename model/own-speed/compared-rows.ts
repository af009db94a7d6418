import type { Facts } from '../facts.ts'
import { invalid } from '../problem.ts'
import { type Serving, servingOf } from '../throughput/serving.ts'
import type { ServingInput } from '../throughput/serving-input.ts'
import { speedOf } from '../throughput/speed.ts'
import { MILLISECONDS_PER_SECOND } from '../units.ts'
import type { OwnRow } from './own-row.ts'

/** The load of one run, whole. */
export interface RunLoad {
  readonly concurrency: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** A run beside what the model predicts for it. */
export interface ComparedRow extends RunLoad {
  readonly path: string
  readonly tool: string
  readonly measured: { readonly ttftMs: number | null; readonly tpotMs: number | null }
  readonly predicted: { readonly ttftMs: number; readonly tpotMs: number }
}

/** What a fleet is, without its load. */
export type FleetQuestion = Omit<ServingInput, keyof RunLoad>

/** @throws InputProblem where a request of that load does not fit. */
export function predictedSpeed(fleet: FleetQuestion, load: RunLoad, facts: Facts) {
  const input = { ...fleet, ...load, lengths: 'uniform' as const, load: 'closed-loop' as const }
  const serving: Serving = servingOf(input, facts)
  const speed = speedOf(serving, input)
  if (!speed?.ttftMs) {
    throw invalid(
      'gpuCount',
      `gpuCount: ${serving.model.id ?? 'the model'} with requests of ${load.inputTokens} + ${load.outputTokens} tokens does not fit on these GPUs.`,
    )
  }
  return { serving, ttftMs: speed.ttftMs, tpotMs: speed.tpotMs }
}

/** Further off than this, the unit is another and not the speed. */
const mostRatio = 50
/** How near two figures of one run must be to be the same. */
const sameWithin = 0.3

/**
 * Puts the model's prediction beside a run.
 *
 * @throws InputProblem where the run has no load, where its unit can only be another, and where tokens a second are those
 *   of one GPU.
 */
export function comparedRow(
  row: OwnRow,
  fleet: FleetQuestion,
  lengths: Pick<RunLoad, 'inputTokens' | 'outputTokens'>,
  facts: Facts,
): ComparedRow {
  const inputTokens = row.inputTokens ?? lengths.inputTokens
  const outputTokens = row.outputTokens ?? lengths.outputTokens
  const concurrency = row.concurrency ?? inFlight(row, outputTokens)
  if (concurrency === null) {
    throw invalid(
      row.path,
      `${row.path}: the run does not say how many requests were in flight; accepted is a concurrency, or output tokens a second with both latencies.`,
    )
  }
  const load = { concurrency: Math.max(1, concurrency), inputTokens, outputTokens }
  const { ttftMs, tpotMs } = predictedSpeed(fleet, load, facts)
  refuseOneGpusRate(row, load, fleet.gpuCount ?? 1)
  const measured = {
    ttftMs: milliseconds(row, 'time to the first token', row.ttftSeconds, ttftMs.p50),
    tpotMs: milliseconds(row, 'time per output token', row.tpotSeconds, tpotMs.p50),
  }
  return {
    path: row.path,
    tool: row.tool,
    ...load,
    measured,
    predicted: { ttftMs: ttftMs.p50, tpotMs: tpotMs.p50 },
  }
}

/** Little's law: what was in flight is the rate times the time of a request. */
function inFlight({ outputTokensPerSecond, ttftSeconds, tpotSeconds }: OwnRow, outputTokens: number) {
  if (outputTokensPerSecond === null || ttftSeconds === null || tpotSeconds === null) return null
  return (outputTokensPerSecond / outputTokens) * requestSeconds(ttftSeconds, tpotSeconds, outputTokens)
}

const requestSeconds = (ttftSeconds: number, tpotSeconds: number, outputTokens: number): number =>
  ttftSeconds + Math.max(0, outputTokens - 1) * tpotSeconds

function milliseconds(row: OwnRow, what: string, seconds: number | null, predictedMs: number): number | null {
  if (seconds === null) return null
  const given = seconds * MILLISECONDS_PER_SECOND
  const ratio = Math.max(given / predictedMs, predictedMs / given)
  if (ratio <= mostRatio) return given
  throw invalid(
    row.path,
    `${row.path}: the ${what} is ${given} ms where about ${predictedMs.toPrecision(2)} ms is expected; accepted is up to ${mostRatio} times more or less, so give it in the unit that its name says.`,
  )
}

/** Requests in flight and both latencies say what the whole fleet makes. */
function refuseOneGpusRate(row: OwnRow, load: RunLoad, gpuCount: number): void {
  const { outputTokensPerSecond: rate, ttftSeconds, tpotSeconds } = row
  if (rate === null || ttftSeconds === null || tpotSeconds === null || gpuCount === 1) return
  const whole =
    (load.concurrency * load.outputTokens) / requestSeconds(ttftSeconds, tpotSeconds, load.outputTokens)
  const same = (one: number, other: number) => Math.abs(one / other - 1) < sameWithin
  if (row.concurrency === null || same(rate, whole) || !same(rate * gpuCount, whole)) return
  throw invalid(
    row.path,
    `${row.path}: ${rate} output tokens a second are those of one of ${gpuCount} GPUs, for ${load.concurrency} requests in flight make ${whole.toPrecision(3)}; accepted are those of the whole fleet.`,
  )
}
