import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts, weights } from '../../data/dataset.ts'
import { architectureOf } from '../../model/architecture/architecture-of.ts'
import { evaluate } from '../../model/breakdown.ts'
import { cacheGroups, stateElements } from '../../model/cache-size.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { kvCache } from '../../model/kv-cache.ts'
import { InputProblem } from '../../model/problem.ts'
import { GiB } from '../../model/units.ts'
import elements from '../cases/kv-elements.json' with { type: 'json' }
import truth from '../cases/kv-truth.json' with { type: 'json' }

const facts = bundledFacts('2026-11-25')
const ask = (input: Record<string, unknown>) => {
  const answered = answer(kvCache, prepare(kvCache, input), facts)
  return { ...answered, result: kvCache.output.parse(answered.result) }
}
const configOf = (id: string) => facts.weights(id)?.config ?? {}

type Row = (typeof truth.rows)[number] & { tensorParallel?: number; memoryGib?: number; decimals?: number }

/** The published figure, and how far rounding may have moved it. */
function compare(row: Row): void {
  const { model, precision, tensorParallel = 1, memoryGib = 0, decimals = 0, expected } = row
  const contextTokens = row.contextTokens ?? 1
  const { result, value } = ask({
    model: row.recordOf ?? model,
    contextTokens,
    precision,
    tensorParallel,
    ...(row.unit && { unit: row.unit }),
  })
  const printed = 0.5 * 10 ** -decimals + 1e-9
  switch (row.figure) {
    case 'one sequence':
      expect(Math.abs(Number(value) - expected)).toBeLessThanOrEqual(printed)
      break
    case 'one sequence, without windows':
      expect(result.withoutWindowsBytes / 2 ** 20).toBe(expected)
      expect(result.lowerBoundBytes / 2 ** 20).toBeLessThan(expected)
      break
    case 'bytes for each token':
      expect(result.bytesPerToken).toBe(expected)
      break
    case 'bytes for each token on each GPU':
      expect(result.lowerBoundBytesPerGpu / contextTokens).toBe(expected)
      break
    case 'blocks of 16 tokens':
      // The memory is printed to two decimals.
      expect(((memoryGib - 0.005) * GiB) / (16 * result.bytesPerToken)).toBeLessThanOrEqual(expected)
      expect(((memoryGib + 0.005) * GiB) / (16 * result.bytesPerToken)).toBeGreaterThanOrEqual(expected)
      break
    default: {
      const tokens = (bytes: number) => (memoryGib * GiB * contextTokens) / bytes
      expect(expected).toBeLessThanOrEqual(tokens(result.lowerBoundBytesPerGpu))
      expect(Math.abs(expected / tokens(result.engineReservedBytesPerGpu) - 1)).toBeLessThan(0.005)
    }
  }
}

describe('published cache sizes', () => {
  test.each(
    truth.rows.map(
      (row) => [`${row.model}, ${row.contextTokens} tokens, ${row.precision}, ${row.source}`, row] as const,
    ),
  )('%s', (_, row) => compare(row as Row))

  test('rows that state too little say what they lack', () => {
    for (const { lacks } of truth.listed) expect(lacks.length).toBeGreaterThan(15)
  })
})

describe('elements for each token, by kind of layer', () => {
  test.each(elements.rows.map((row) => [row.model, row] as const))('%s', (_, row) => {
    const architecture = architectureOf(configOf(row.model))
    const caches = cacheGroups(architecture).filter(
      ({ entry }) => entry.tokens === 'sequence' && entry.what !== 'index keys',
    )
    const total = (windowed: boolean) =>
      caches
        .filter(({ entry }) => (entry.window !== null) === windowed)
        .reduce((sum, { entry, count }) => sum + count * entry.elements, 0)
    expect(total(false)).toBe(row.full)
    expect(total(true)).toBe(row.sliding)
    expect(stateElements(architecture)).toBe(row.state)
    if (row.window !== null) {
      expect(new Set(caches.flatMap(({ entry }) => entry.window ?? []))).toEqual(new Set([row.window]))
    }
  })
})

describe('laws', () => {
  const anyModel = fc.constantFrom(...weights.map(({ id }) => id))
  const tokens = fc.integer({ min: 1, max: 200_000 })

  test('twice the context never needs less, and never more than twice as much', () => {
    fc.assert(
      fc.property(anyModel, tokens, (model, contextTokens) => {
        const one = ask({ model, contextTokens }).result
        const two = ask({ model, contextTokens: 2 * contextTokens }).result
        for (const bound of ['lowerBoundBytes', 'engineReservedBytes', 'withoutWindowsBytes'] as const) {
          expect(two[bound]).toBeGreaterThanOrEqual(one[bound])
        }
      }),
    )
  })

  test('the lower bound is never above what an engine reserves, nor above an engine without windows', () => {
    fc.assert(
      fc.property(anyModel, tokens, (model, contextTokens) => {
        const { result } = ask({ model, contextTokens })
        expect(result.lowerBoundBytes).toBeLessThanOrEqual(result.engineReservedBytes)
        expect(result.lowerBoundBytes).toBeLessThanOrEqual(result.withoutWindowsBytes)
      }),
    )
  })

  test('twice the sequences, twice the cache; the breakdown gives the value', () => {
    fc.assert(
      fc.property(anyModel, tokens, fc.integer({ min: 1, max: 500 }), (model, contextTokens, sequences) => {
        const one = ask({ model, contextTokens, sequences })
        const two = ask({ model, contextTokens, sequences: 2 * sequences })
        expect(two.value).toBe(2 * Number(one.value))
        expect(evaluate(one.breakdown)).toBeCloseTo(Number(one.value), 9)
      }),
    )
  })

  test('more tensor parallelism never holds fewer bytes in all, and never more on each GPU', () => {
    fc.assert(
      fc.property(anyModel, tokens, (model, contextTokens) => {
        const results = [1, 2, 4, 8].flatMap((tensorParallel) => {
          try {
            return [{ tensorParallel, ...ask({ model, contextTokens, tensorParallel }).result }]
          } catch (problem) {
            expect(problem).toBeInstanceOf(InputProblem)
            return []
          }
        })
        for (const { lowerBoundBytesPerGpu, lowerBoundBytes, tensorParallel } of results) {
          expect(lowerBoundBytesPerGpu * tensorParallel).toBeGreaterThanOrEqual(lowerBoundBytes)
          expect(lowerBoundBytesPerGpu).toBeLessThanOrEqual(lowerBoundBytes)
        }
      }),
    )
  })
})

describe('what tensor parallelism copies', () => {
  test('a latent cache is held once on every GPU', () => {
    expect(
      ask({ model: 'deepseek-ai/DeepSeek-V3', contextTokens: 1000, tensorParallel: 8 }).result.copies,
    ).toBe(8)
  })

  test('8 key-value heads on 16 GPUs are held twice', () => {
    const model = 'meta-llama/Llama-3.3-70B-Instruct'
    expect(ask({ model, contextTokens: 1000, tensorParallel: 8 }).result.copies).toBe(1)
    expect(ask({ model, contextTokens: 1000, tensorParallel: 16 }).result.copies).toBe(2)
  })

  test('3 GPUs cannot share 64 heads', () => {
    expect(() =>
      ask({ model: 'meta-llama/Llama-3.3-70B-Instruct', contextTokens: 1, tensorParallel: 3 }),
    ).toThrow(/tensorParallel: 3 GPUs cannot share 64 attention heads/)
  })
})

test('a bare count has no cache that can be told', () => {
  expect(() => ask({ model: 70e9, contextTokens: 1 })).toThrow(
    'must be a model id; a count alone has no layers and heads.',
  )
})

test('cross-attention layers keep image tokens, and none of the text', () => {
  const model = 'meta-llama/Llama-3.2-11B-Vision-Instruct'
  const text = ask({ model, contextTokens: 1000 }).result
  const image = ask({ model, contextTokens: 1000, crossTokens: 1601 }).result
  expect(image.bytesPerToken).toBe(text.bytesPerToken)
  expect(image.lowerBoundBytes - text.lowerBoundBytes).toBe(8 * 2 * 8 * 128 * 2 * 1601)
})
