import { bundledFacts } from '../../data/dataset.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { uncertainty } from '../../model/finance/uncertainty/uncertainty.ts'
import { fastest } from './stopwatch.ts'

/** Uncertain options, sensitivities included: 10,000 draws × 36 months × 4 options. Bar: at most 100 ms. */
export async function uncertaintyBench(): Promise<string> {
  const facts = bundledFacts('2026-11-25')
  const line = (name: string) => ({ name, factors: ['volume', name], changesPerYear: ['growth', 'decline'] })
  const input = {
    inputs: {
      volume: { kind: 'lognormal', p5: 2000, p95: 8000 },
      growth: { kind: 'normal', mean: 0.5, standardDeviation: 0.2 },
      decline: { kind: 'triangular', low: -0.3, mode: -0.1, high: 0 },
      ...Object.fromEntries(
        ['a', 'b', 'c', 'd'].map((name) => [name, { kind: 'lognormal', p5: 0.5, p95: 2 }]),
      ),
    },
    options: ['a', 'b', 'c', 'd'].map((name) => ({ name, lines: [line(name)] })),
    months: 36,
    discountRatePerYear: 0.1,
  }
  const { whole } = await fastest(20, {
    whole: async () => answer(uncertainty, prepare(uncertainty, input), facts),
  })
  return `uncertainty of 10,000 draws × 36 months × 4 options: ${whole.toFixed(1)} ms (bar: at most 100)`
}
