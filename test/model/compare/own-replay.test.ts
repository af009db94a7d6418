import { expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { withBook } from '../../../data/price-book.ts'
import { sampleTrace } from '../../../data/sample-trace/sample-trace.ts'
import { planOf } from '../../../model/compare/plan.ts'
import { planWords } from '../../../model/compare/plan-words.ts'
import { profileOf } from '../../../model/workload/profile.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const model = 'meta-llama/Llama-3.3-70B-Instruct'
const profiled = { from: 'profile' as const, profile: profileOf(sampleTrace) }
const requests = (requestsPerMonth: number) => ({
  from: 'requests' as const,
  requestsPerMonth,
  inputTokensPerRequest: 1000,
  outputTokensPerRequest: 200,
})

test('the busiest minutes of a profile are replayed on the cheapest hardware of one’s own, and told', () => {
  const plan = planOf({ model, workload: profiled }, facts)
  const { replay, comparison } = plan.result
  const own = comparison.options.find(({ hardware }) => hardware !== null)
  expect(replay?.option).toBe(own?.name)
  expect(replay?.requests).toBeGreaterThan(400)
  expect(replay?.ttftMs.p50 ?? 0).toBeGreaterThan(10)
  expect(replay?.ttftMs.p90 ?? 0).toBeGreaterThan(replay?.ttftMs.p50 ?? 0)
  expect(planWords(plan).traffic.join(' ')).toContain('The busiest minutes replayed on')
  expect(planOf({ model, workload: profiled }, facts).result.replay).toEqual(replay)
})

test('without a profile requests come at the rate of the busiest minutes', () => {
  const { replay, comparison } = planOf({ model, workload: requests(1e7) }, facts).result
  const { requestsPerMonth, activeHoursPerMonth, peakToMean } = comparison.traffic
  const peak = (requestsPerMonth / (activeHoursPerMonth * 3600)) * peakToMean
  expect(Math.abs((replay?.requestsPerSecond ?? 0) / peak - 1)).toBeLessThan(0.1)
})

test('a speed of one’s own has no step times, and weights that nobody has no hardware', () => {
  const measured = { gpu: 'h100-sxm-80gb', outputTokensPerSecond: 1000, gpusPerReplica: 4 }
  expect(planOf({ model, workload: profiled, ...measured }, facts).result.replay).toBeNull()
  expect(planOf({ model: 'openai/gpt-4o', workload: profiled }, facts).result.replay).toBeNull()
})
