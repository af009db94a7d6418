import { MILLISECONDS_PER_SECOND } from '../../units.ts'
import type { OwnRow } from '../own-row.ts'
import { at, numberAt } from './json-path.ts'

/**
 * The result file of `vllm bench serve` (formerly `benchmark_serving.py`): one object for each run.
 *
 * @see vllm-project/vllm vllm/benchmarks/serve.py @def9ce85: BenchmarkMetrics and `result_json`
 */
export function vllmBench(value: unknown, path: string): OwnRow[] | null {
  const perToken = numberAt(value, 'mean_tpot_ms')
  const first = numberAt(value, 'mean_ttft_ms')
  if (at(value, 'completed') === undefined || (perToken === null && first === null)) return null
  const completed = numberAt(value, 'completed')
  const perRequest = (tokens: number | null) =>
    tokens === null || completed === null || completed === 0 ? null : tokens / completed
  return [
    {
      path,
      tool: 'vLLM bench serve',
      concurrency: numberAt(value, 'max_concurrency'),
      inputTokens: perRequest(numberAt(value, 'total_input_tokens')),
      outputTokens: perRequest(numberAt(value, 'total_output_tokens')),
      ttftSeconds: first === null ? null : first / MILLISECONDS_PER_SECOND,
      tpotSeconds: perToken === null ? null : perToken / MILLISECONDS_PER_SECOND,
      outputTokensPerSecond: numberAt(value, 'output_throughput'),
    },
  ]
}
