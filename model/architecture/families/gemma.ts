import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { alternating } from '../windows.ts'

export const fourNorms = [
  'input_layernorm',
  'post_attention_layernorm',
  'pre_feedforward_layernorm',
  'post_feedforward_layernorm',
] as const

const gemma3Defaults = {
  vocab_size: 262_208,
  num_attention_heads: 8,
  num_key_value_heads: 4,
  head_dim: 256,
  max_position_embeddings: 131_072,
}

/** Gemma 1 to 3: tied heads, and from the second generation on four norms a layer and windows in some layers. */
export const gemma: readonly Family[] = [
  { modelTypes: ['gemma'], classes: ['Gemma'], describe: decoder({ tied: true }) },
  {
    modelTypes: ['gemma2'],
    classes: ['Gemma2'],
    describe: decoder({ tied: true, norms: fourNorms, windows: alternating(2) }),
  },
  {
    modelTypes: ['gemma3_text'],
    classes: ['Gemma3'],
    // Published configs leave out what equals the defaults of Gemma3TextConfig.
    describe: (config, task) =>
      decoder({
        tied: true,
        norms: fourNorms,
        attention: () => ({ qkNorm: 'per-head' }),
        windows: alternating(6),
      })(config.orDefaults(gemma3Defaults), task),
  },
]
