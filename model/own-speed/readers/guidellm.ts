import { MILLISECONDS_PER_SECOND } from '../../units.ts'
import type { OwnRow } from '../own-row.ts'
import { at, numberAt } from './json-path.ts'

/**
 * A report of GuideLLM: a list of benchmarks, one for each rate. Its `time_per_output_token_ms` counts the first token in,
 * so the inter-token latency is the time per output token here.
 *
 * @see vllm-project/guidellm src/guidellm/schemas/benchmark: GenerativeMetrics, StatusDistributionSummary
 */
export function guidellm(value: unknown, path: string): OwnRow[] | null {
  const benchmarks = at(value, 'benchmarks')
  if (!Array.isArray(benchmarks)) return null
  return benchmarks.map((benchmark: unknown, index): OwnRow => {
    const mean = (name: string) => numberAt(benchmark, 'metrics', name, 'successful', 'mean')
    const seconds = (name: string) => {
      const milliseconds = mean(name)
      return milliseconds === null ? null : milliseconds / MILLISECONDS_PER_SECOND
    }
    return {
      path: `${path}.benchmarks.${index}`,
      tool: 'GuideLLM',
      concurrency: mean('request_concurrency'),
      inputTokens: mean('prompt_token_count'),
      outputTokens: mean('output_token_count'),
      ttftSeconds: seconds('time_to_first_token_ms'),
      tpotSeconds: seconds('inter_token_latency_ms'),
      outputTokensPerSecond: mean('output_tokens_per_second'),
    }
  })
}
