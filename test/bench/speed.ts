import { bundledFacts } from '../../data/dataset.ts'
import { predictServing } from '../../model/throughput/closed-loop.ts'
import { estimatedDeployment } from '../../model/throughput/estimated-deployment.ts'
import { gpuFigures } from '../../model/throughput/gpu-figures.ts'
import { modelFigures } from '../../model/throughput/model-figures.ts'
import { fastest } from './stopwatch.ts'

const facts = bundledFacts('2026-11-25')
const id = 'Qwen/Qwen3-32B'
const config = facts.weights(id)?.config
if (!config) throw new Error(`The facts do not know ${id}.`)
const model = modelFigures(id, config)
const gpus = facts
  .gpus()
  .filter(({ memoryBytesPerSecond, peakFlopPerSecond }) => memoryBytesPerSecond && peakFlopPerSecond.bf16)
  .map(gpuFigures)
const degrees = [1, 2, 4, 8]
const precisions = ['bf16', 'fp8', 'nvfp4'] as const
const configurations = 5000

const deploymentsOf = (gpu: (typeof gpus)[number]) =>
  degrees.flatMap((tensorParallel) =>
    precisions.map(
      (precision) =>
        estimatedDeployment({
          fit: facts.throughput.dense,
          facts,
          model,
          gpu,
          layout: { tensorParallel, pipelineParallel: 1, dataParallel: 1, replicas: 1 },
          precision,
          cachePrecision: 'bf16',
          engine: 'vllm',
          lengths: 'uniform',
        }).deployment,
    ),
  )

const load = { inputTokens: 1000, outputTokens: 250, batchLimit: 256 }

/** One prediction, and a search over GPU × layout × precision × concurrency. Bars: 20 µs and 50 ms. */
export async function speed(): Promise<string> {
  const [ready] = gpus.slice(0, 1).flatMap(deploymentsOf)
  if (!ready) throw new Error('No GPU has a bandwidth and a peak.')
  const perDeployment = Math.ceil(configurations / (gpus.length * degrees.length * precisions.length))
  const { predictions, search } = await fastest(20, {
    predictions: async () => {
      for (let concurrency = 1; concurrency <= configurations; concurrency += 1) {
        predictServing(ready, { ...load, concurrency })
      }
    },
    search: async () => {
      let best = 0
      for (const deployment of gpus.flatMap(deploymentsOf)) {
        for (let step = 1; step <= perDeployment; step += 1) {
          const { outputTokensPerSecond } = predictServing(deployment, { ...load, concurrency: step * 16 })
          best = Math.max(best, outputTokensPerSecond)
        }
      }
      return best
    },
  })
  const microseconds = (predictions / configurations) * 1000
  return [
    `one prediction of speed: ${microseconds.toFixed(2)} µs (bar: at most 20)`,
    `search of ${gpus.length * degrees.length * precisions.length * perDeployment} configurations: ${search.toFixed(1)} ms (bar: at most 50 for 5,000)`,
  ].join('\n')
}
