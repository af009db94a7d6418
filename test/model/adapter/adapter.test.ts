import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { adapter } from '../../../model/adapter/adapter.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import cases from '../../cases/adapters.json' with { type: 'json' }

const facts = bundledFacts('2026-11-25')
const run = (input: Record<string, unknown>) => answer(adapter, prepare(adapter, input), facts)
const trainable = (input: Record<string, unknown>): number => Number(run(input).value)
const resultOf = (input: Record<string, unknown>) => adapter.output.parse(run(input).result)

describe('adapters as published', () => {
  const known = cases.filter(({ input }) => input !== null)
  test.each(known.map((row) => [row.name, row] as const))('%s', (_name, { input, expected }) => {
    expect(trainable(input ?? {})).toBe(expected)
  })

  test('every row that is left out says why', () => {
    for (const row of cases) expect(row.input === null && row.reason === undefined).toBe(false)
  })
})

const models = [
  'meta-llama/Llama-3.1-8B',
  'Qwen/Qwen3-30B-A3B',
  'facebook/opt-6.7b',
  'deepseek-ai/DeepSeek-V3',
]
const model = fc.constantFrom(...models)
const rank = fc.integer({ min: 1, max: 512 })

describe('laws', () => {
  test('twice the rank, twice the parameters', () => {
    fc.assert(
      fc.property(model, rank, (asked, one) => {
        expect(trainable({ model: asked, rank: 2 * one })).toBe(2 * trainable({ model: asked, rank: one }))
      }),
    )
  })

  test('an adapter on two layers trains what two adapters train', () => {
    fc.assert(
      fc.property(rank, (one) => {
        const of = (targets: string) => trainable({ model: 'meta-llama/Llama-3.1-8B', rank: one, targets })
        expect(of('q_proj,down')).toBe(of('q_proj') + of('down_proj'))
      }),
    )
  })

  test('DoRA adds the outputs of each layer, whatever the rank', () => {
    fc.assert(
      fc.property(rank, (one) => {
        const asked = { model: 'meta-llama/Llama-2-7b-hf', rank: one, targets: 'q' }
        expect(trainable({ ...asked, method: 'dora' }) - trainable(asked)).toBe(32 * 4096)
      }),
    )
  })

  test('a base in NF4 takes less, and leaves room for more adapters', () => {
    for (const asked of models.slice(0, 3)) {
      const input = { model: asked, rank: 16, gpu: 'h100-sxm-80gb' }
      const [wide, narrow] = [resultOf(input), resultOf({ ...input, method: 'qlora' })]
      expect(narrow).toMatchObject({ trainableParameters: wide.trainableParameters })
      expect(narrow.baseBytes).toBeLessThan(wide.baseBytes)
      expect(Number(narrow.adaptersBesideBase)).toBeGreaterThanOrEqual(Number(wide.adaptersBesideBase))
    }
  })
})

describe('refusals', () => {
  test.each<[Record<string, unknown>, RegExp]>([
    [{ model: 'meta-llama/Llama-3.1-8B', rank: 8, targets: 'constructor' }, /is no linear layer/],
    [{ model: 'meta-llama/Llama-3.1-8B', rank: 8, targets: ' ' }, /is no linear layer/],
    [{ model: 70e9, rank: 8 }, /has no layers and heads/],
    [{ model: 'meta-llama/Llama-3.1-8B', rank: 8, targets: 'q_proj,wq' }, /"wq" is no linear layer.*q_proj/],
    [{ model: 'meta-llama/Llama-3.1-8B', rank: 0 }, /rank/],
    [{ model: 'meta-llama/Llama-3.1-8B', rank: 1.5 }, /rank/],
  ])('%j', (input, sentence) => {
    expect(() => run(input)).toThrow(sentence)
  })
})
