import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { weights } from '../../data/weights/index.ts'
import { parameterFigures } from '../../model/parameters.ts'
import { InputProblem } from '../../model/problem.ts'

const llama = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: 4096,
  intermediate_size: 14336,
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  vocab_size: 128256,
}
const mixtral = { ...llama, architectures: ['MixtralForCausalLM'], model_type: 'mixtral' }

const configOf = (id: string): Record<string, unknown> => weights.find((one) => one.id === id)?.config ?? {}
const gemma3 = configOf('google/gemma-3-27b-it') as { text_config: object }
const gemma4 = configOf('google/gemma-4-31B-it')
const gpt2 = configOf('openai-community/gpt2')
const deepseek = configOf('deepseek-ai/DeepSeek-V3')
const qwenMoe = configOf('Qwen/Qwen3-30B-A3B')
const qwen2 = configOf('Qwen/Qwen2.5-7B-Instruct')
const everySixth = Array.from({ length: 62 }, (_, layer) =>
  (layer + 1) % 6 === 0 ? 'full_attention' : 'sliding_attention',
)

/** The sentence that refuses a config. */
function refusal(config: Record<string, unknown>): string {
  try {
    parameterFigures(config)
  } catch (problem) {
    if (problem instanceof InputProblem) return problem.message
    throw problem
  }
  throw new Error('The config was accepted.')
}

let deep: unknown = []
for (let depth = 0; depth < 10_000; depth++) deep = [deep]

describe('a config is refused with the field, its value and what is accepted', () => {
  const cases: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['no family', { hidden_size: 1 }, /config\.model_type and config\.architectures are missing/],
    ['an unknown family', { ...llama, architectures: [], model_type: 'llamma' }, /config\.architectures/],
    [
      'an unknown family by type',
      { model_type: 'llamma' },
      /the family "llamma" is not known here.*no other family's rule.*"llama"/,
    ],
    [
      'an unknown class',
      { architectures: ['FooForCausalLM'] },
      /config\.architectures: the family "Foo" is not known/,
    ],
    [
      'a head nobody knows',
      { ...llama, architectures: ['LlamaForSequenceClassification'] },
      /a head that is not known/,
    ],
    [
      'type and class of two families',
      { ...llama, architectures: ['Qwen3ForCausalLM'] },
      /contradicts config\.model_type "llama"/,
    ],
    [
      'a missing width',
      { ...llama, hidden_size: undefined },
      /config\.hidden_size is missing \(also known as n_embd/,
    ],
    ['a null width', { ...llama, hidden_size: null }, /config\.hidden_size is missing/],
    [
      'a missing feed-forward width',
      { ...llama, intermediate_size: undefined },
      /config\.intermediate_size is missing/,
    ],
    [
      'a string for a number',
      { ...llama, hidden_size: '4096' },
      /config\.hidden_size: "4096" is not accepted; it must be a whole number from 1/,
    ],
    ['a fraction', { ...llama, num_hidden_layers: 1.5 }, /config\.num_hidden_layers: 1\.5 is not accepted/],
    ['a negative number', { ...llama, vocab_size: -1 }, /config\.vocab_size: -1 is not accepted/],
    [
      'no layers',
      { ...llama, num_hidden_layers: 0 },
      /num_hidden_layers: 0 is not accepted; it must be a whole number from 1 to 10000/,
    ],
    [
      '10^12 layers',
      { ...llama, num_hidden_layers: 1e12 },
      /num_hidden_layers: 1000000000000 is not accepted/,
    ],
    ['Infinity', { ...llama, vocab_size: Number.POSITIVE_INFINITY }, /vocab_size: Infinity is not accepted/],
    ['NaN', { ...llama, vocab_size: Number.NaN }, /vocab_size: NaN is not accepted/],
    [
      'more key-value heads than heads',
      { ...llama, num_key_value_heads: 64 },
      /num_key_value_heads: 64 key-value heads do not divide 32 attention heads/,
    ],
    [
      'key-value heads that do not divide',
      { ...llama, num_key_value_heads: 5 },
      /5 key-value heads do not divide 32/,
    ],
    [
      'heads that do not divide the width',
      { ...llama, num_attention_heads: 31, num_key_value_heads: 31 },
      /31 heads do not divide the hidden size 4096/,
    ],
    [
      'two names, two numbers',
      { ...llama, n_embd: 2048 },
      /config\.n_embd: 2048 contradicts hidden_size 4096/,
    ],
    [
      'a text for a flag',
      { ...llama, tie_word_embeddings: 'yes' },
      /tie_word_embeddings: "yes" is not accepted; it must be true or false/,
    ],
    ['experts without their number', mixtral, /config\.num_experts is missing/],
    [
      'experts without a top-k',
      { ...mixtral, num_local_experts: 8 },
      /config\.num_experts_per_tok is missing/,
    ],
    [
      'a top-k above the experts',
      { ...mixtral, num_local_experts: 8, num_experts_per_tok: 9 },
      /a token cannot run through 9 of 8 experts/,
    ],
    [
      'too few layer types',
      { ...mixtral, layer_types: ['full_attention'], num_local_experts: 8, num_experts_per_tok: 2 },
      /layer_types has 1 entries, but the model has 32 layers/,
    ],
    [
      'a count past what a double holds',
      {
        ...llama,
        hidden_size: 2 ** 24,
        num_attention_heads: 2 ** 24,
        num_key_value_heads: 2 ** 24,
        intermediate_size: 1e9,
        num_hidden_layers: 10_000,
      },
      /parameters; at most 9007199254740991 can be counted/,
    ],
    [
      'a list where an object is nested',
      { architectures: ['Gemma3ForConditionalGeneration'], model_type: 'gemma3', text_config: [] },
      /config\.text_config: \[\] is not an object/,
    ],
    [
      'a field missing deep inside',
      { architectures: ['Gemma3ForConditionalGeneration'], model_type: 'gemma3', text_config: {} },
      /config\.text_config\.hidden_size is missing/,
    ],
    ['values nested 10,000 deep', { ...llama, hidden_size: deep }, /config\.hidden_size/],
    [
      'a text of 10 MB',
      { ...llama, hidden_size: 'x'.repeat(1e7) },
      /config\.hidden_size: "x{80}"… \(10000000 characters\) is not accepted/,
    ],
    ['a family of 10 MB', { model_type: 'x'.repeat(1e7) }, /config\.model_type/],
    [
      'global heads of no stated width',
      { ...gemma4, text_config: { ...(gemma4.text_config as object), global_head_dim: undefined } },
      /config\.text_config\.global_head_dim is missing/,
    ],
    [
      'layer types of another model, though the family needs none',
      { ...llama, layer_types: ['full_attention', 'full_attention', 'full_attention'] },
      /config\.layer_types has 3 entries, but the model has 32 layers; one for each is accepted/,
    ],
    [
      'layers that slide in a family where none does',
      { ...llama, layer_types: [...new Array(31).fill('full_attention'), 'sliding_attention'] },
      /layer_types\.31: "sliding_attention" contradicts the family "llama".*full_attention is accepted/,
    ],
    [
      'experts in a family that has none',
      { ...llama, num_local_experts: 8 },
      /config\.num_local_experts: 8 contradicts the family "llama", whose layers have no such part; leave the field out, or name the family/,
    ],
    [
      'a width of experts in a dense model',
      { ...llama, moe_intermediate_size: 768 },
      /config\.moe_intermediate_size: 768 contradicts the family "llama"/,
    ],
    [
      'a width of experts without their number',
      { ...mixtral, moe_intermediate_size: 768 },
      /config\.num_experts is missing/,
    ],
    [
      'a latent in a family without one',
      { ...llama, kv_lora_rank: 512 },
      /config\.kv_lora_rank: 512 contradicts the family "llama"/,
    ],
    [
      'layers of delta attention in a family without one',
      { ...llama, linear_attn_config: { num_heads: 8 } },
      /config\.linear_attn_config: \{"num_heads":8\} contradicts the family "llama"/,
    ],
    [
      'a size stated twice, on two levels',
      { ...gemma3, hidden_size: 1024 },
      /config\.hidden_size: 1024 contradicts config\.text_config\.hidden_size 5376; the two name one quantity, give one of them/,
    ],
    [
      'a size stated twice, on two levels and under two names',
      { ...gemma3, n_layer: 12 },
      /config\.n_layer: 12 contradicts config\.text_config\.num_hidden_layers 62/,
    ],
    [
      'a tied head on one level alone',
      {
        ...gemma3,
        tie_word_embeddings: true,
        text_config: { ...gemma3.text_config, tie_word_embeddings: false },
      },
      /config\.tie_word_embeddings: true contradicts config\.text_config\.tie_word_embeddings false/,
    ],
    [
      'heads of another width in a family of equal ones',
      { ...gpt2, head_dim: 128 },
      /config\.head_dim: 128 contradicts the hidden size 768 over 12 heads; in this family heads are 64 wide/,
    ],
    [
      'fewer keys than queries in a family of equal heads',
      { ...gpt2, num_key_value_heads: 4 },
      /config\.num_key_value_heads: 4 contradicts 12 attention heads.*12 is accepted/,
    ],
    [
      'more dense layers than layers',
      { ...deepseek, first_k_dense_replace: 99 },
      /first_k_dense_replace: 99 is not accepted; it must be a whole number from 0 to 61, since the model has 61 layers/,
    ],
    [
      'a dense layer beyond the last',
      { ...qwenMoe, mlp_only_layers: [48] },
      /config\.mlp_only_layers\.0: 48 is not accepted; it must be a whole number from 0 to 47, since the model has 48 layers/,
    ],
    [
      'a period of windows beside layers that have another',
      {
        ...gemma3,
        text_config: { ...gemma3.text_config, layer_types: everySixth, sliding_window_pattern: 4 },
      },
      /text_config\.sliding_window_pattern: 4 contradicts layer_types\.3 "sliding_attention"; leave one of the two out/,
    ],
    [
      'windows that are used but have no width',
      { ...qwen2, use_sliding_window: true, sliding_window: undefined },
      /config\.sliding_window is missing/,
    ],
    ['a prototype field', { model_type: 'constructor' }, /the family "constructor" is not known/],
  ]

  test.each(cases)('%s', (_, config, sentence) => {
    const message = refusal(config)
    expect(message).toMatch(sentence)
    expect(message.length).toBeLessThan(1000)
  })
})

test('any change of any field gives a count or a sentence, quickly', () => {
  const strange = fc.oneof(
    fc.constant(null),
    fc.constant(Number.POSITIVE_INFINITY),
    fc.integer(),
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.array(fc.anything(), { maxLength: 3 }),
    fc.object({ maxDepth: 2 }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...weights), fc.nat(), strange, ({ config }, at, value) => {
      const names = Object.keys(config)
      const changed = { ...config, [names[at % names.length] ?? 'hidden_size']: value }
      try {
        expect(parameterFigures(changed).unique).toBeGreaterThan(0)
      } catch (problem) {
        expect(problem).toBeInstanceOf(InputProblem)
      }
    }),
    { numRuns: 1000 },
  )
})
