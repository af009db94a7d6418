import { gated } from '../blocks/feed-forward.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { windowedIfUsed } from '../windows.ts'
import { biasWhere } from './llama-like.ts'

/** Dense Qwen decoders, from the first to the third generation. */
export const qwen: readonly Family[] = [
  {
    modelTypes: ['qwen'],
    classes: ['QWen', 'Qwen'],
    describe: decoder({
      norms: ['ln_1', 'ln_2'],
      attention: () => ({ bias: 'qkv', fused: 'c_attn', names: ['q', 'k', 'v', 'c_proj'] }),
      // This generation's `intermediate_size` counts gate and up together.
      feedForward: (config, { hiddenSize }) => {
        const both = config.whole(['intermediate_size', 'ffn_hidden_size'], { least: 2 })
        if (both % 2 !== 0)
          throw config.problem('intermediate_size', `: ${both} is odd; it is twice the width.`)
        const block = gated({ hiddenSize, width: both / 2, names: ['w2', 'w1', 'c_proj'] })
        return () => block
      },
    }),
  },
  {
    modelTypes: ['qwen2', 'qwen2_vl_text', 'qwen2_5_vl_text'],
    classes: ['Qwen2'],
    describe: decoder({ attention: () => ({ bias: 'qkv' }), windows: windowedIfUsed }),
  },
  {
    modelTypes: ['qwen3', 'qwen3_vl_text'],
    classes: ['Qwen3'],
    describe: decoder({
      attention: (config) => ({ ...biasWhere('attention_bias')(config), qkNorm: 'per-head' }),
      windows: windowedIfUsed,
    }),
  },
]
