import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { loadCurve } from '../../model/load-curve/load-curve.ts'
import { fastest } from './stopwatch.ts'

/** A load curve of 100 points, for a fleet alone and with the best fleet at each load. Bar: at most 20 ms. */
export async function loadCurveBench(): Promise<string> {
  const facts = withBook(bundledFacts('2026-11-25'))
  const input = {
    model: 'meta-llama/Llama-3.1-8B',
    gpu: 'a100-sxm-80gb',
    gpuCount: 1,
    usdPerHour: 2,
    requestsPerSecond: Array.from({ length: 100 }, (_, index) => (index + 1) / 4),
  }
  const searched = { ...input, gpus: ['h100-sxm-80gb', 'h200-sxm-141gb', 'a100-sxm-80gb', 'l40s-48gb'] }
  const { alone, best } = await fastest(20, {
    alone: async () => answer(loadCurve, prepare(loadCurve, input), facts),
    best: async () => answer(loadCurve, prepare(loadCurve, searched), facts),
  })
  return `load curve of 100 points: ${alone.toFixed(1)} ms (bar: at most 20); with the best of 4 GPUs at each ${best.toFixed(1)} ms`
}
