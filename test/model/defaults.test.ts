import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { readingOf } from '../../model/architecture/architecture-of.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { fieldsOf } from '../../model/fields.ts'

const facts = withBook(bundledFacts('2026-11-25'))

/** A Llama of which the config leaves to the model's class what it can. */
const bare = {
  model_type: 'llama',
  hidden_size: 4096,
  intermediate_size: 11008,
  num_attention_heads: 32,
  num_hidden_layers: 32,
  vocab_size: 32000,
}
const defaultsOf = (config: Record<string, unknown>) => Object.fromEntries(readingOf(config).defaults)

describe('what stands in for a field that a pasted config leaves out is named', () => {
  const takers = catalog.filter((calculation) => fieldsOf(calculation).some(({ name }) => name === 'config'))

  test('by a dozen calculations', () => expect(takers.length).toBeGreaterThanOrEqual(12))

  test.each(takers.map((calculation) => [calculation.id, calculation] as const))(
    'by %s',
    (_, calculation) => {
      const [{ input }] = calculation.examples
      const { model: __, ...rest } = input
      const { assumptions } = answer(
        calculation,
        prepare(calculation, { ...rest, config: { ...bare } }),
        facts,
      )
      for (const [field, value] of [
        ['config.num_key_value_heads', 32],
        ['config.head_dim', 128],
        ['config.tie_word_embeddings', false],
      ] as const) {
        expect(assumptions).toContainEqual({
          field,
          value,
          unit: null,
          because: 'default: the config does not state it',
        })
      }
    },
  )
})

describe('a default is', () => {
  test('only what the config leaves out', () => {
    const stated = { num_key_value_heads: 8, head_dim: 128, tie_word_embeddings: true }
    expect(defaultsOf({ ...bare, ...stated })).toEqual({
      'config.attention_bias': false,
      'config.mlp_bias': false,
      'config.max_position_embeddings': null,
    })
  })

  test('not what a config says by a null', () => {
    expect(defaultsOf({ ...bare, num_key_value_heads: null })).not.toHaveProperty([
      'config.num_key_value_heads',
    ])
  })

  test('named by its path in a nested config, and not what the outer level states', () => {
    const { text_config, ...outer } = facts.weights('google/gemma-3-27b-it')?.config ?? {}
    const { max_position_embeddings: _, ...text } = text_config as Record<string, unknown>
    const defaults = defaultsOf({ ...outer, tie_word_embeddings: true, text_config: text })
    expect(defaults).toMatchObject({ 'config.text_config.max_position_embeddings': 131_072 })
    expect(defaults).not.toHaveProperty(['config.text_config.tie_word_embeddings'])
  })

  test('none for a model that is known by its id', () => {
    const memory = catalog.find(({ id }) => id === 'memory')
    if (!memory) throw new Error('No memory.')
    const { assumptions } = answer(
      memory,
      prepare(memory, { model: 'openai-community/gpt2', precision: 'bf16' }),
      facts,
    )
    expect(assumptions.map(({ field }) => field)).toEqual(['unit', 'precision'])
  })
})
