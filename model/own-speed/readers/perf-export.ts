import { invalid, quote } from '../../problem.ts'
import { MILLISECONDS_PER_SECOND } from '../../units.ts'
import type { OwnRow } from '../own-row.ts'
import { at, numberAt } from './json-path.ts'

/** Seconds in a unit, as both tools write it. */
const secondsOfUnit: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1 / MILLISECONDS_PER_SECOND,
  sec: 1,
  s: 1,
}

/**
 * The aggregated export of AIPerf (`profile_export_aiperf.json`) or genai-perf (`profile_export_genai_perf.json`): each
 * metric is `{ unit, avg, … }`, and the settings of the run stand beside them.
 *
 * @see ai-dynamo/aiperf docs/tutorials/working-with-profile-exports.md @13992dbd
 * @see triton-inference-server/perf_analyzer genai-perf/docs/files.md @05b09492
 * @throws InputProblem for a latency without a unit that is known.
 */
export function perfExport(value: unknown, path: string): OwnRow[] | null {
  if (at(value, 'time_to_first_token', 'avg') === undefined) return null
  const seconds = (name: string): number | null => {
    const amount = numberAt(value, name, 'avg')
    if (amount === null) return null
    const unit = at(value, name, 'unit')
    const factor = typeof unit === 'string' ? secondsOfUnit[unit.toLowerCase()] : undefined
    if (factor === undefined) {
      throw invalid(
        `${path}.${name}`,
        `${path}.${name}: the unit is ${quote(unit)}; accepted are ${Object.keys(secondsOfUnit).join(', ')}.`,
      )
    }
    return amount * factor
  }
  const older = at(value, 'input_config', 'perf_analyzer') !== undefined
  return [
    {
      path,
      tool: older ? 'genai-perf' : 'AIPerf',
      concurrency:
        numberAt(value, 'input_config', 'loadgen', 'concurrency') ??
        numberAt(value, 'input_config', 'perf_analyzer', 'stimulus', 'concurrency') ??
        numberAt(value, 'input_config', 'concurrency'),
      inputTokens: numberAt(value, 'input_sequence_length', 'avg'),
      outputTokens: numberAt(value, 'output_sequence_length', 'avg'),
      ttftSeconds: seconds('time_to_first_token'),
      tpotSeconds: seconds('inter_token_latency'),
      outputTokensPerSecond: numberAt(value, 'output_token_throughput', 'avg'),
    },
  ]
}
