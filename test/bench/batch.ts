import { localApp } from '../api/local-app.ts'
import { fastest } from './stopwatch.ts'

/**
 * 10,000 memory calls through `POST /v1/batch`, against what any server must do for them: parse the body, and print
 * the answer as JSON. Bar: at most 3 times.
 */
export async function batch(): Promise<string> {
  const app = localApp()
  const calls = Array.from({ length: 10_000 }, (_, index) => ({
    id: 'memory',
    input: { model: 1e9 + index * 1e6, precision: 'int4' },
  }))
  const body = JSON.stringify({ calls })
  const ask = () =>
    app.request('/v1/batch', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const text = await (await ask()).text()
  const answer = JSON.parse(text)
  const { whole, bare } = await fastest(40, {
    whole: async () => ask(),
    bare: async () => [JSON.parse(body), JSON.stringify(answer)],
  })
  return [
    `batch of 10,000 memory calls: ${whole.toFixed(1)} ms (${(text.length / 1e6).toFixed(1)} MB of answers)`,
    `  parsing the body and printing the answer alone: ${bare.toFixed(1)} ms`,
    `  ratio ${(whole / bare).toFixed(2)} (bar: at most 3)`,
  ].join('\n')
}
