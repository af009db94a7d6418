import { bundledFacts } from '../../data/dataset.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { businessCase } from '../../model/finance/business-case.ts'
import { fastest } from './stopwatch.ts'

/** A business case with its draws, tornado and flips: 10,000 draws × 36 months × 4 options. Bar: at most 100 ms. */
export async function caseSimulation(): Promise<string> {
  const facts = bundledFacts('2026-11-25')
  const api = (name: string, usdPerMillionTokens: number) => ({
    name,
    lines: [{ kind: 'tokens', name: 'tokens', usdPerMillionTokens }],
  })
  const lognormal = (p5: number, p95: number) => ({ value: { kind: 'lognormal', p5, p95 } })
  const input = {
    discountRatePerYear: 0.1,
    months: 36,
    volume: { millionTokensPerMonth: 4000, growthPerYear: 0.5 },
    options: [
      api('frontier API', 6),
      api('open-weight API', 1.2),
      {
        name: 'rent',
        lines: [
          { kind: 'gpu-rent', name: 'GPUs', gpuCount: 4, usdPerGpuHour: 3 },
          { kind: 'staff', name: 'staff', fullTimeEquivalents: 0.5, usdPerYear: 300_000 },
        ],
      },
      {
        name: 'buy',
        lines: [
          { kind: 'purchase', name: 'server', usd: 285_000, resaleUsd: 57_000, lifeYears: 4 },
          { kind: 'recurring', name: 'running it', usdPerMonth: 5000 },
          { kind: 'staff', name: 'staff', fullTimeEquivalents: 0.5, usdPerYear: 300_000 },
        ],
      },
    ],
    uncertainty: {
      inputs: {
        'volume.millionTokensPerMonth': lognormal(2000, 8000),
        'volume.growthPerYear': { value: { kind: 'normal', mean: 0.5, standardDeviation: 0.2 } },
        'options.0.lines.0.usdPerMillionTokens': lognormal(4, 9),
        'options.1.lines.0.usdPerMillionTokens': lognormal(0.6, 2.4),
        'options.2.lines.0.usdPerGpuHour': lognormal(2, 4),
        staff: {
          fields: ['options.2.lines.1.fullTimeEquivalents', 'options.3.lines.2.fullTimeEquivalents'],
          value: { kind: 'triangular', low: 0.1, mode: 0.5, high: 2 },
        },
      },
    },
  }
  const { whole, alone } = await fastest(20, {
    whole: async () => answer(businessCase, prepare(businessCase, input), facts),
    alone: async () =>
      answer(businessCase, prepare(businessCase, { ...input, uncertainty: undefined }), facts),
  })
  return `business case of 10,000 draws × 36 months × 4 options: ${whole.toFixed(1)} ms (bar: at most 100); without draws ${alone.toFixed(2)} ms (bar: at most 10)`
}
