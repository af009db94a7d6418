import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts, weights } from '../../data/dataset.ts'
import { evaluate } from '../../model/breakdown.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { parameterCount, parameterFigures } from '../../model/parameters.ts'
import { parameters } from '../../model/parameters-by-component.ts'
import { storedElements, storedExtras } from '../../model/stored-elements.ts'
import { elementsOf, shareOf, tensorCountOf, tensorsOf } from '../../model/tensors.ts'
import truth from '../cases/param-truth.json' with { type: 'json' }
import componentRows from '../cases/parameter-components.json' with { type: 'json' }

const facts = bundledFacts('2026-11-25')
const recordOf = (id: string) => {
  const record = facts.weights(id)
  if (!record) throw new Error(`No record of ${id}.`)
  return record
}

/** The published number, by the count that its publisher states. */
function figure(id: string, name: string): number {
  const { config, alsoStored } = recordOf(id)
  const { unique, multiTokenPrediction } = parameterFigures(config)
  switch (name) {
    case 'unique':
      return unique
    case 'unique-with-prediction':
      return unique + multiTokenPrediction
    case 'unique-and-tied-head-again': {
      const head = tensorsOf(config).find((group) => group.component === 'head' && !group.learned)
      return unique + (head ? elementsOf(head) : 0)
    }
    default:
      return evaluate(storedElements(config, alsoStored))
  }
}

describe('published exact counts', () => {
  test.each(truth.exact.map((row) => [`${row.model}, ${row.figure}, ${row.source}`, row] as const))(
    '%s',
    (_, row) => {
      expect(figure(row.model, row.figure)).toBe(row.expected)
    },
  )

  test('at least 95 of 100 rows whose architecture is known are exact; the others have their reason', () => {
    const known = truth.listed.filter(({ model }) => facts.weights(model) !== undefined)
    expect(truth.exact.length / (truth.exact.length + known.length)).toBeGreaterThanOrEqual(0.95)
    for (const { reason } of truth.listed) expect(reason.length).toBeGreaterThan(20)
  })
})

describe('counts by component', () => {
  test.each(componentRows.rows.map((row) => [row.model, row] as const))('%s', (_, row) => {
    const { config } = recordOf(row.model)
    const figures = parameterFigures(config)
    // Gemma 4's scalars and statistics are buffers: the independent counter took them for parameters.
    const { buffers = 0, activeBuffers = 0 } = row
    expect(figures.unique).toBe(row.total - buffers)
    expect(figures.active).toBe(row.active - activeBuffers)
    const counted = Object.fromEntries([...figures.byComponent].map(([name, { all }]) => [name, all]))
    const { vision = 0, ...others } = counted
    const { vision: expectedVision = 0, ...expected } = row.components as Record<string, number>
    expect(others).toEqual(expected)
    expect(expectedVision - vision).toBe(buffers - activeBuffers)
  })
})

describe('laws, for every model', () => {
  test.each(weights.map((record) => [record.id, record] as const))('%s', (_, { config, alsoStored }) => {
    const figures = parameterFigures(config)
    const parts = [...figures.byComponent.values()]
    expect(parts.reduce((sum, { all }) => sum + all, 0)).toBe(figures.unique + figures.multiTokenPrediction)
    expect(figures.active).toBeLessThanOrEqual(figures.unique)
    expect(figures.activeEmbedding).toBeLessThanOrEqual(figures.active)
    expect(evaluate(storedElements(config, alsoStored))).toBeGreaterThanOrEqual(figures.unique)
    for (const name of alsoStored) expect(storedExtras).toHaveProperty([name])
    for (const group of tensorsOf(config)) {
      expect(elementsOf(group) * tensorCountOf(group)).toBeGreaterThan(0)
      expect(group.activeCopies).toBeLessThanOrEqual(group.copies)
      expect(shareOf(group)).not.toBe('')
    }
  })

  test('one more layer never has fewer parameters, and each adds the same', () => {
    const { config } = recordOf('meta-llama/Llama-3.1-8B')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (layers) => {
        const count = (num_hidden_layers: number) => parameterCount({ ...config, num_hidden_layers })
        const first = count(layers + 1) - count(layers)
        expect(first).toBeGreaterThan(0)
        expect(count(layers + 2) - count(layers + 1)).toBe(first)
      }),
    )
  })
})

describe('the calculation', () => {
  const ask = (input: Record<string, unknown>) => answer(parameters, prepare(parameters, input), facts)

  test('shares add up to one', () => {
    const { result } = ask({ model: 'deepseek-ai/DeepSeek-V3' })
    const { components } = parameters.output.parse(result)
    expect(components.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  test('a component that the model does not have is 0, and says so', () => {
    const answered = ask({ model: 'meta-llama/Llama-3.1-8B', which: 'experts' })
    expect(answered.value).toBe(0)
    expect(answered.breakdown[0]?.name).toContain('none')
  })

  test('of a bare count only the count is known', () => {
    const answered = ask({ model: 70e9, which: 'active' })
    expect(answered.value).toBeNull()
    expect(
      answered.assumptions.find(({ field, value }) => field === 'which' && value === null)?.because,
    ).toContain('bare count')
  })

  test('a pasted config answers as its id does', () => {
    const { config } = recordOf('Qwen/Qwen3-30B-A3B')
    expect(ask({ config }).value).toBe(ask({ model: 'qwen/qwen3-30b-a3b' }).value)
  })

  test.each(['unique', 'stored', 'active', 'active-without-embedding', 'mtp', 'norms', 'vision'])(
    'the breakdown of %s gives the value',
    (which) => {
      for (const model of ['deepseek-ai/DeepSeek-V3', 'google/gemma-3-27b-it', 'Qwen/Qwen3.5-35B-A3B']) {
        const answered = ask({ model, which })
        expect(evaluate(answered.breakdown)).toBe(answered.value)
      }
    },
  )
})
