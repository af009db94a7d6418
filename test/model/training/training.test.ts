import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { withBook } from '../../../data/price-book.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { utilisationSpread } from '../../../model/training/mfu-spread.ts'
import { replacementCost } from '../../../model/training/replacement-cost.ts'
import { training } from '../../../model/training/training.ts'
import { attendedTokens } from '../../../model/training/training-flop.ts'

const bare = bundledFacts('2026-11-25')
const facts = withBook(bare)
const train = (input: Record<string, unknown>) => answer(training, prepare(training, input), facts)
const memoryOf = (input: Record<string, unknown>) => {
  const { memory } = training.output.parse(train({ tokens: 1e12, ...input }).result)
  if (!memory) throw new Error('no memory')
  return memory
}
const replace = (input: Record<string, unknown>, from = facts) =>
  answer(replacementCost, prepare(replacementCost, input), from)

const llama = 'meta-llama/Llama-3.1-8B'

describe('laws of a training run', () => {
  test('twice the tokens, twice the hours', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(70e9, llama, 'Qwen/Qwen3-30B-A3B'),
        fc.double({ min: 1e9, max: 1e14, noNaN: true }),
        (model, tokens) => {
          const [one, two] = [train({ model, tokens }).value, train({ model, tokens: 2 * tokens }).value]
          expect(Number(two) / Number(one)).toBeCloseTo(2, 12)
        },
      ),
    )
  })

  test('a mixture of experts is counted by what one token runs through', () => {
    const hours = (model: string) => Number(train({ model, tokens: 1e12 }).value)
    expect(hours('Qwen/Qwen3-30B-A3B')).toBeLessThan(hours(llama))
  })

  test('attention grows with the sequence, and stops at the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (sequence, window) => {
        expect(attendedTokens(sequence, window)).toBeLessThanOrEqual(attendedTokens(sequence, null))
        expect(attendedTokens(sequence, window)).toBeLessThanOrEqual(window)
        expect(attendedTokens(sequence, sequence)).toBeCloseTo(attendedTokens(sequence, null), 9)
      }),
    )
  })

  test('the spread of utilisation is that of fifteen published runs', () => {
    expect(utilisationSpread.p50).toBe(0.41)
    expect(utilisationSpread.p10).toBeCloseTo(0.2793, 4)
    expect(utilisationSpread.p90).toBeCloseTo(0.536, 4)
    const { value, interval } = train({ model: 70e9, tokens: 1e12 })
    expect(interval?.p10).toBeLessThan(Number(value))
    expect(interval?.p90).toBeGreaterThan(Number(value))
    expect(train({ model: 70e9, tokens: 1e12, mfu: 0.4 }).interval).toBeNull()
  })
})

describe('laws of training memory', () => {
  test('Adam in mixed precision takes 16 bytes for each parameter, and ZeRO divides 12, 14, 16 of them', () => {
    const states = (zeroStage: number) => {
      const { weightBytes, gradientBytes, optimiserBytes } = memoryOf({
        model: llama,
        gpuCount: 8,
        zeroStage,
      })
      return (weightBytes + gradientBytes + optimiserBytes) / 8_030_261_248
    }
    expect([0, 1, 2, 3].map(states)).toEqual([16, 4 + 12 / 8, 2 + 14 / 8, 16 / 8])
  })

  test('more recomputation never takes more memory', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(llama, 'Qwen/Qwen3-30B-A3B', 'facebook/opt-6.7b', 'deepseek-ai/DeepSeek-V3'),
        fc.integer({ min: 1, max: 16_384 }),
        (model, sequenceTokens) => {
          const of = (recompute: string) => memoryOf({ model, sequenceTokens, recompute }).activationBytes
          expect(of('selective')).toBeLessThanOrEqual(of('none'))
          expect(of('full')).toBeLessThanOrEqual(of('selective'))
        },
      ),
    )
  })

  test("for GPT's shapes, activations are near the 34 × hidden of a layer (2022, section 4.1)", () => {
    const { activationBytes } = memoryOf({ model: 'facebook/opt-6.7b', sequenceTokens: 2048 })
    const published = 34 * 2048 * 4096 * 32
    expect(Math.abs(activationBytes / published - 1)).toBeLessThan(0.15)
  })

  test('an adapter over a base in NF4 takes less than training all weights', () => {
    const full = memoryOf({ model: llama })
    const adapter = memoryOf({ model: llama, method: 'lora', baseFormat: 'nf4-dq' })
    expect(adapter.totalBytes).toBeLessThan(full.totalBytes)
    expect(adapter.trainedParameters).toBe(41_943_040)
  })
})

describe('replacement cost', () => {
  const asked = { model: llama, tokens: 15e12 }

  test('twice the price, twice the cost', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (usdPerGpuHour) => {
        const of = (price: number) => Number(replace({ ...asked, usdPerGpuHour: price }).value)
        expect(of(2 * usdPerGpuHour) / of(usdPerGpuHour)).toBeCloseTo(2, 12)
      }),
    )
  })

  test('price and utilisation that were not given are cited, and spread the interval', () => {
    const wide = replace(asked)
    const narrow = replace({ ...asked, mfu: utilisationSpread.p50 })
    expect(wide.interval?.p50).toBe(wide.value)
    const width = ({ interval }: typeof wide) => Number(interval?.p90) - Number(interval?.p10)
    expect(width(wide)).toBeGreaterThan(width(narrow))
    expect(width(narrow)).toBeGreaterThan(0)
    expect(replace({ ...asked, mfu: 0.4, usdPerGpuHour: 2 }).interval).toBeNull()
  })

  test('without a price book it is unknown, with the reason', () => {
    const unpriced = replace(asked, bare)
    expect(unpriced.value).toBeNull()
    expect(unpriced.assumptions.map(({ because }) => because).join(' ')).toMatch(
      /No seller's on-demand price/,
    )
    expect(replacementCost.output.parse(unpriced.result).gpuHours).toBeGreaterThan(0)
  })
})

describe('refusals', () => {
  test.each([
    ['tokens that nobody gave', { model: llama }, /tokens is missing: give how many tokens/],
    [
      'a peak that nobody states',
      { model: llama, tokens: 1e12, gpu: 'a100-sxm-80gb', arithmetic: 'fp8' },
      /no source states a peak.*Accepted for it: /,
    ],
    ['an unknown GPU', { model: llama, tokens: 1e12, gpu: 'h100-sxn' }, /no GPU "h100-sxn"/],
    ['a utilisation above 1', { model: llama, tokens: 1e12, mfu: 40 }, /mfu: 40/],
  ])('%s', (_name, input, sentence) => {
    expect(() => train(input)).toThrow(sentence)
    expect(() => replace({ usdPerGpuHour: 2, ...input })).toThrow(sentence)
  })
})
