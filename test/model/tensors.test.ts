import { expect, test } from 'vitest'
import { parameterCount } from '../../model/parameters.ts'
import { tensorsOf } from '../../model/tensors.ts'

const llama8b = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: 4096,
  intermediate_size: 14336,
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  tie_word_embeddings: false,
  vocab_size: 128256,
  max_position_embeddings: 131072,
}

test('Llama 3.1 8B has the parameters that its published files hold', () => {
  expect(parameterCount(llama8b)).toBe(8_030_261_248)
})

test('equal layers share one group, however many they are', () => {
  const groups = tensorsOf({ ...llama8b, num_hidden_layers: 10_000 })
  expect(groups.length).toBeLessThan(20)
  expect(groups.find(({ name }) => name === 'q_proj')?.layers).toHaveLength(10_000)
})

test('a searched architecture whose blocks are all Llama is Llama; what it leaves out is not counted', () => {
  const searched = (block: object) => ({
    ...llama8b,
    architectures: ['DeciLMForCausalLM'],
    model_type: 'nemotron-nas',
    intermediate_size: undefined,
    num_key_value_heads: undefined,
    block_configs: Array.from({ length: 32 }, () => block),
  })
  // 2 × 5.25 × 4096 / 3 = 14,336, a multiple of 256.
  const ffn = { ffn_mult: 5.25, no_op: false, replace_with_linear: false }
  const attention = { n_heads_in_group: 4, no_op: false, replace_with_linear: false }
  expect(parameterCount(searched({ attention, ffn }))).toBe(8_030_261_248)
  const attentionAndNorm = 4096 * (32 * 128 * 2 + 8 * 128 * 2) + 4096
  expect(parameterCount(searched({ attention: { no_op: true }, ffn }))).toBe(
    8_030_261_248 - 32 * attentionAndNorm,
  )
})
