import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { answer, prepare } from '../../../../model/calculation.ts'
import { packing } from '../../../../model/finance/mix/packing.ts'
import { fewestGpus, type Item, mostSteps } from '../../../../model/finance/mix/packing-search.ts'

const ask = (input: unknown) => answer(packing, prepare(packing, input), bundledFacts('2026-11-25'))
const run = (input: unknown) => packing.output.parse(ask(input).result)

/** Whole numbers, so that no rounding decides: memory in GB of 80, load in twentieths. */
const item: fc.Arbitrary<Item> = fc
  .tuple(fc.integer({ min: 5, max: 50 }), fc.integer({ min: 1, max: 12 }))
  .map(([memoryGb, twentieths]) => ({ name: 'it', memoryGb, loadRatio: twentieths / 20 }))

/** Every way to share the items out over GPUs: each joins one of those before it, or begins another. */
function bruteForce(items: readonly Item[], memoryGb: number): number {
  const place = (index: number, gpus: readonly (readonly Item[])[]): number => {
    const next = items[index]
    if (!next) return gpus.length
    const ways = [...gpus.map((_, at) => at), gpus.length].map((at) => {
      const joined = [...(gpus[at] ?? []), next]
      const fits =
        joined.reduce((total, each) => total + each.memoryGb, 0) <= memoryGb &&
        Math.round(joined.reduce((total, each) => total + each.loadRatio, 0) * 20) <= 20
      return fits
        ? place(index + 1, [...gpus.slice(0, at), joined, ...gpus.slice(at + 1)])
        : Number.POSITIVE_INFINITY
    })
    return Math.min(...ways)
  }
  return place(0, [])
}

describe('packing', () => {
  test('equal to brute force on 500 random small fleets', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), (items) => {
        const found = fewestGpus(items, 80)
        expect(found.isComplete).toBe(true)
        expect(found.gpus).toHaveLength(bruteForce(items, 80))
        expect(found.gpus.flat().toSorted((a, b) => a - b)).toEqual(items.map((_, index) => index))
      }),
      { numRuns: 500 },
    )
  })

  test('one more model never takes fewer GPUs, and together never more than apart', () => {
    const model = fc.record({
      name: fc.constant('it'),
      weightsGb: fc.integer({ min: 1, max: 60 }),
      cacheGb: fc.integer({ min: 0, max: 20 }),
      loadRatio: fc.integer({ min: 0, max: 40 }).map((part) => part / 20),
    })
    fc.assert(
      fc.property(fc.array(model, { minLength: 2, maxLength: 7 }), (models) => {
        const of = (some: typeof models) => run({ models: some, usableGbPerGpu: 80, usdPerGpuHour: 2 })
        const all = of(models)
        expect(all.gpuCount).toBeLessThanOrEqual(all.apartGpuCount)
        expect(all.gpuCount).toBeGreaterThanOrEqual(of(models.slice(1)).gpuCount)
        expect(all.gpuCount).toBeGreaterThanOrEqual(all.atLeastGpus)
      }),
      { numRuns: 100 },
    )
  })

  test('ten adapters share one base where ten copies would take ten GPUs', () => {
    const adapters = Array.from({ length: 10 }, (_, index) => ({
      name: `a${index}`,
      gb: 0.2,
      loadRatio: 0.08,
    }))
    const found = run({
      models: [{ name: 'base', weightsGb: 16, cacheGb: 20, loadRatio: 0, adapters }],
      usableGbPerGpu: 72,
      usdPerGpuHour: 3,
    })
    expect(found).toMatchObject({ gpuCount: 1, copiedGpuCount: 10 })
  })

  test('a load above one GPU takes copies, each with the weights', () => {
    const found = run({
      models: [{ name: 'busy', weightsGb: 30, cacheGb: 5, loadRatio: 2.5 }],
      usableGbPerGpu: 72,
      usdPerGpuHour: 3,
    })
    expect(found.gpus).toEqual([['busy (1 of 3)'], ['busy (2 of 3)'], ['busy (3 of 3)']])
  })

  test('a model that no GPU holds is refused with where it is sized', () => {
    const input = {
      models: [{ name: 'big', weightsGb: 140, cacheGb: 5, loadRatio: 1 }],
      usableGbPerGpu: 72,
      usdPerGpuHour: 3,
    }
    expect(() => run(input)).toThrow(/"big" takes 145 GB.*at most 72 fit on one GPU.*capacity sizes it/)
  })

  test('a search over too many ways is cut, and says so', () => {
    const models = Array.from({ length: 50 }, (_, index) => ({
      name: `${index}`,
      weightsGb: 20 + ((index * 37) % 23),
      cacheGb: 3,
      loadRatio: 0.2 + ((index * 17) % 29) / 100,
    }))
    const { result, assumptions } = ask({ models, usableGbPerGpu: 80, usdPerGpuHour: 3 })
    expect(packing.output.parse(result).isComplete).toBe(false)
    const items = models.map(({ name, weightsGb, cacheGb, loadRatio }) => ({
      name,
      memoryGb: weightsGb + cacheGb,
      loadRatio,
    }))
    expect(fewestGpus(items, 80).steps).toBeLessThanOrEqual(mostSteps + models.length)
    expect(assumptions.at(-1)?.because).toMatch(/never fewer than \d+/)
  })
})
