import { bundledFacts } from '../../data/dataset.ts'
import { sampleTrace } from '../../data/sample-trace/sample-trace.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { replay } from '../../model/replay/fleet.ts'
import { steadyFleet } from '../../model/replay/fleet-rules.ts'
import { servingFleet } from '../../model/replay/serving-fleet.ts'
import { simulate } from '../../model/replay/simulate.ts'
import { poissonSource } from '../../model/replay/sources.ts'
import { fastest } from './stopwatch.ts'

const hour = 3600

/**
 * The sample trace again and again for an hour; then a tenth of a million
 * requests and a million, streamed. Bars: half a second; time in proportion, and memory that does not grow.
 */
export async function simulateBench(): Promise<string> {
  const facts = bundledFacts('2026-11-25')
  const fleet = {
    model: 'meta-llama/Llama-3.1-70B',
    gpu: 'h100-sxm-80gb',
    gpuCount: 8,
    tensorParallel: 4,
    precision: 'fp8',
  }
  const span = (sampleTrace.seconds[sampleTrace.seconds.length - 1] ?? 0) + 1
  const times = Math.floor(hour / span)
  const repeated = (column: ArrayLike<number>, shift = 0) =>
    Array.from({ length: times }, (_, turn) => Array.from(column, (value) => value + turn * shift)).flat()
  const trace = {
    seconds: repeated(sampleTrace.seconds, span),
    inputTokens: repeated(sampleTrace.inputTokens),
    outputTokens: repeated(sampleTrace.outputTokens),
  }
  const { whole } = await fastest(5, {
    whole: async () => answer(simulate, prepare(simulate, { ...fleet, trace }), facts),
  })
  const { engine } = servingFleet(
    {
      ...fleet,
      precision: 'fp8',
      kvPrecision: 'bf16',
      engine: 'vllm',
      tpotFactor: 1,
      ttftFactor: 1,
      inputTokens: 1024,
      outputTokens: 256,
    },
    facts,
  )
  const streamed = (requests: number) => {
    const start = performance.now()
    const { mostInFlight } = replay(
      engine,
      { ...steadyFleet, replicas: 2 },
      poissonSource({
        requestsPerSecond: 10,
        requests,
        inputTokens: 1024,
        outputTokens: 256,
        cachedInputRatio: 0,
        lengths: 'exponential',
        seed: 1,
      }),
    )
    return { seconds: (performance.now() - start) / 1000, mostInFlight }
  }
  const [tenth, million] = [streamed(100_000), streamed(1_000_000)]
  return [
    `simulation of ${trace.seconds.length} requests of an hour on 2 × TP4: ${whole.toFixed(0)} ms (bar: at most 500)`,
    `  100,000 requests streamed: ${tenth.seconds.toFixed(2)} s, ${tenth.mostInFlight} held at once; 1,000,000: ${million.seconds.toFixed(2)} s (${(million.seconds / tenth.seconds).toFixed(1)} times), ${million.mostInFlight} held at once`,
  ].join('\n')
}
