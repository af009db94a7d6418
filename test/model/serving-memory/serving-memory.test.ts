import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, type Calculation, prepare } from '../../../model/calculation.ts'
import { sequenceBytesPerGpu } from '../../../model/serving-memory/cache-room.ts'
import { fits } from '../../../model/serving-memory/fits.ts'
import { servingMinimum } from '../../../model/serving-memory/serving-minimum.ts'
import { GiB } from '../../../model/units.ts'
import pools from '../../cases/cache-pool.json' with { type: 'json' }
import minima from '../../cases/serving-minimum.json' with { type: 'json' }
import { llama70 } from '../throughput/figures.ts'

const facts = bundledFacts('2026-11-25')
const ask = (calculation: Calculation, input: Record<string, unknown>) =>
  answer(calculation, prepare(calculation, input), facts)
const roomOf = (input: Record<string, unknown>) => fits.output.parse(ask(fits, input).result)

describe('published minima', () => {
  test.each(minima)('$source', ({ input, expected, tolerance }) => {
    expect(Math.abs(Number(ask(servingMinimum, input).value) / expected - 1)).toBeLessThan(tolerance)
  })
})

describe('published cache pools', () => {
  test.each(pools)('$source', ({ input, expected, tolerance }) => {
    expect(Math.abs(roomOf(input).cacheBytes / GiB / expected - 1)).toBeLessThan(tolerance)
  })
})

describe('layouts', () => {
  test('three GPUs for 64 heads: no tensor parallelism of 3, so stages', () => {
    expect(
      roomOf({ model: 'meta-llama/Llama-3.1-70B', precision: 'fp8', gpu: 'h100-sxm-80gb', gpuCount: 3 })
        .layout,
    ).toBe('TP1 × PP3')
    expect(() =>
      roomOf({
        model: 'meta-llama/Llama-3.1-70B',
        precision: 'fp8',
        gpu: 'h100-sxm-80gb',
        gpuCount: 3,
        tensorParallel: 3,
      }),
    ).toThrow('tensorParallel: 3 does not divide 64 query heads')
  })

  test('more stages than layers are refused', () => {
    expect(() =>
      roomOf({
        model: 'meta-llama/Llama-3.1-8B',
        precision: 'bf16',
        gpu: 'h100-sxm-80gb',
        gpuCount: 64,
        pipelineParallel: 64,
      }),
    ).toThrow('64 stages are more than the 32 layers')
  })

  test('beyond the key-value heads there is nothing left to divide: 8 heads on 16 GPUs are copied', () => {
    const at = (tensorParallel: number) =>
      sequenceBytesPerGpu({
        model: llama70,
        layout: { tensorParallel, pipelineParallel: 1, dataParallel: 1, replicas: 1 },
        cacheBytesPerElement: 2,
        contextTokens: 4096,
        limits: { sequences: 256, tokensPerStep: 2048, memoryShare: 0.9 },
      })
    expect(at(8)).toBe(at(1) / 8)
    expect(at(16)).toBe(at(8))
  })

  test('an unknown GPU is refused, with the nearest name', () => {
    expect(() =>
      roomOf({ model: 'meta-llama/Llama-3.1-8B', precision: 'bf16', gpu: 'h100-sxm-81gb' }),
    ).toThrow('Did you mean "h100-sxm-80gb"?')
  })
})

const question = fc.record({
  model: fc.constantFrom('meta-llama/Llama-3.1-8B', 'meta-llama/Llama-3.1-70B'),
  precision: fc.constantFrom('bf16', 'fp8', 'int4', 'awq-g128'),
  gpu: fc.constantFrom('h100-sxm-80gb', 'h200-sxm-141gb', 'a100-pcie-80gb', 'l4-24gb'),
  gpuCount: fc.constantFrom(1, 2, 4, 8),
  contextTokens: fc.integer({ min: 1, max: 131072 }),
  sequences: fc.integer({ min: 1, max: 2000 }),
})

test('nothing runs at a context beyond the model', () => {
  const model = { model: 'meta-llama/Llama-3.1-8B', precision: 'bf16', gpu: 'h100-sxm-80gb' }
  expect(roomOf({ ...model, contextTokens: 131_072 }).largestConcurrency).toBeGreaterThan(0)
  expect(roomOf({ ...model, contextTokens: 131_073 })).toMatchObject({ fits: false, largestConcurrency: 0 })
})

test('law: the largest concurrency fits, and one more sequence does not', () => {
  fc.assert(
    fc.property(question, (input) => {
      const { largestConcurrency } = roomOf(input)
      if (largestConcurrency > 0) expect(roomOf({ ...input, sequences: largestConcurrency }).fits).toBe(true)
      expect(roomOf({ ...input, sequences: largestConcurrency + 1 }).fits).toBe(false)
    }),
  )
})

test('law: the largest context fits, and one token more does not', () => {
  fc.assert(
    fc.property(question, (input) => {
      const { largestContextTokens: most } = roomOf(input)
      if (most > 0) expect(roomOf({ ...input, contextTokens: most }).fits).toBe(true)
      expect(roomOf({ ...input, contextTokens: most + 1 }).fits).toBe(false)
    }),
  )
})

test('law: what fills a GPU, and what is left or lacks, make its budget; one of the two is 0', () => {
  fc.assert(
    fc.property(question, (input) => {
      const room = roomOf(input)
      const filled = room.weightBytes + room.activationBytes + room.graphBytes + room.nonTorchBytes
      expect(filled + room.cacheBytes - room.shortfallBytes).toBeCloseTo(room.budgetBytes, 0)
      expect(Math.min(room.cacheBytes, room.shortfallBytes)).toBe(0)
    }),
  )
})
