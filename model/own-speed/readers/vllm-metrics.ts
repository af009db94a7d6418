import { invalid } from '../../problem.ts'
import type { OwnRow } from '../own-row.ts'

const sample = /^(vllm:[a-z_]+)(?:\{[^}]*\})?\s+(\S+)/

/**
 * A scrape of vLLM's `/metrics`: means since the server started, and the requests that run at the moment of the scrape.
 * Samples of several engines are added.
 *
 * @see vllm-project/vllm docs/source/design/v1/metrics.md; newer servers say `inter_token_latency_seconds` where older ones
 *   said `time_per_output_token_seconds`
 * @throws InputProblem for a scrape of a server that has answered nothing.
 */
export function vllmMetrics(text: string, path: string): OwnRow[] | null {
  if (!/^vllm:/m.test(text)) return null
  const sums = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, name, value] = sample.exec(line) ?? []
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(value))
  }
  const mean = (name: string): number | null => {
    const count = sums.get(`${name}_count`) ?? 0
    return count > 0 ? (sums.get(`${name}_sum`) ?? 0) / count : null
  }
  const first = mean('vllm:time_to_first_token_seconds')
  if (first === null) {
    throw invalid(
      path,
      `${path}: the server of this scrape has answered no request yet; scrape it under the load that matters.`,
    )
  }
  const running = sums.get('vllm:num_requests_running') ?? 0
  return [
    {
      path,
      tool: 'vLLM /metrics',
      concurrency: running > 0 ? running + (sums.get('vllm:num_requests_waiting') ?? 0) : null,
      inputTokens: mean('vllm:request_prompt_tokens'),
      outputTokens: mean('vllm:request_generation_tokens'),
      ttftSeconds: first,
      tpotSeconds: mean('vllm:inter_token_latency_seconds') ?? mean('vllm:time_per_output_token_seconds'),
      outputTokensPerSecond: null,
    },
  ]
}
