import { expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { capacity } from '../../../model/capacity/capacity.ts'
import type { Facts } from '../../../model/facts.ts'
import type { GpuOffer } from '../../../model/offers.ts'
import { gpuOffer } from '../prices/offer.ts'

const bundled = bundledFacts('2026-11-25')
const offer = (gpu: string, gpuCount: number, usdPerGpuHour: number): GpuOffer =>
  gpuOffer(usdPerGpuHour * gpuCount, {
    gpu,
    gpuCount,
    instance: `${gpu} x${gpuCount}`,
    usdPerGpuHour,
  })
const priced = (offers: readonly GpuOffer[]): Facts => ({
  ...bundled,
  gpuOffers: ({ gpu }) => offers.filter((one) => one.gpu === gpu),
})
const market = priced([
  offer('h100-sxm-80gb', 8, 2.5),
  offer('h100-sxm-80gb', 1, 3),
  offer('h200-sxm-141gb', 8, 3.5),
])
const ask = (input: Record<string, unknown>, facts = market) => {
  const answered = answer(
    capacity,
    prepare(capacity, {
      model: 'meta-llama/Llama-3.1-70B',
      ...input,
      options: { precisions: 'fp8', ...(input.options as object) },
    }),
    facts,
  )
  return { ...answered, result: capacity.output.parse(answered.result) }
}

test('law: a larger load never costs less', () => {
  const costs = [1, 2, 4, 8, 16, 32].map(
    (requestsPerSecond) => ask({ requestsPerSecond }).result.cheapest?.usdPerHour ?? 0,
  )
  expect(costs).toEqual(costs.toSorted((a, b) => a - b))
})

test('law: a tighter limit never costs less, and is kept', () => {
  const fleets = [15, 20, 30, 60].map(
    (tpotMs) => ask({ requestsPerSecond: 10, options: { tpotMs } }).result.cheapest,
  )
  const costs = fleets.map((fleet) => fleet?.usdPerHour ?? Number.POSITIVE_INFINITY)
  expect(costs).toEqual(costs.toSorted((a, b) => b - a))
  for (const [index, limit] of [15, 20, 30, 60].entries()) {
    expect(fleets[index]?.tpotMs ?? 0).toBeLessThanOrEqual(limit)
  }
})

test('instances are rented whole', () => {
  const { value, result } = ask({ requestsPerSecond: 0.1, options: { gpus: 'h200-sxm-141gb' } })
  expect(value).toBe(8)
  expect(result.cheapest).toMatchObject({ instances: 1, usdPerHour: 28 })
})

test('each step of the frontier costs more and answers faster', () => {
  const { frontier } = ask({ requestsPerSecond: 20 }).result
  expect(frontier.length).toBeGreaterThan(1)
  expect(frontier.map(({ usdPerHour }) => usdPerHour)).toEqual(
    frontier.map(({ usdPerHour }) => usdPerHour).toSorted((a, b) => a - b),
  )
  expect(frontier.map(({ tpotMs }) => tpotMs)).toEqual(
    frontier.map(({ tpotMs }) => tpotMs).toSorted((a, b) => b - a),
  )
})

test('what cannot carry the load says why', () => {
  const { excluded } = ask({ requestsPerSecond: 1, options: { tpotMs: 1 } }).result
  expect(excluded.find(({ gpu }) => gpu === 'h100-sxm-80gb')?.because).toContain('time per output token')
  expect(excluded.find(({ gpu }) => gpu === 'l4-24gb')?.because).toContain('No on-demand price')
  const none = ask({ requestsPerSecond: 1 }, priced([]))
  expect(none.value).toBeNull()
  expect(none.assumptions.some(({ field, value }) => field === 'capacity' && value === null)).toBe(true)
})
