import { gatedFused } from '../blocks/feed-forward.ts'
import type { ConfigReader } from '../config-reader.ts'
import { decoder, type Shape } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import { biasWhere } from './llama-like.ts'

const gateUp = (config: ConfigReader, { hiddenSize }: Shape) => {
  const block = gatedFused({ hiddenSize, width: config.whole(fields.feedForwardWidth) })
  return () => block
}

/** ChatGLM and the dense GLM-4 models: gate and up stored as one matrix. */
export const glm: readonly Family[] = [
  {
    modelTypes: ['chatglm'],
    classes: ['ChatGLM'],
    describe: (config, task) =>
      decoder({
        attention: (_, { heads }) => ({
          bias: config.flag('add_qkv_bias', true) ? 'qkv' : 'none',
          fused: 'query_key_value',
          names: ['q', 'k', 'v', 'dense'],
          // Without multi-query attention the group number says nothing.
          ...(!config.flag('multi_query_attention', config.has('multi_query_group_num')) && {
            kvHeads: heads,
          }),
        }),
        feedForward: (_, { hiddenSize }) => {
          const width = config.whole(fields.feedForwardWidth)
          const block = gatedFused({ hiddenSize, width, names: ['dense_h_to_4h', 'dense_4h_to_h'] })
          return () => block
        },
        // `AutoModel` is how these are loaded, yet the class has its head.
      })(config, task === 'embed' ? 'generate' : task),
  },
  {
    modelTypes: ['glm'],
    classes: ['Glm'],
    describe: decoder({ attention: biasWhere('attention_bias', 'qkv'), feedForward: gateUp }),
  },
  {
    modelTypes: ['glm4'],
    classes: ['Glm4'],
    describe: decoder({
      norms: [
        'input_layernorm',
        'post_self_attn_layernorm',
        'post_attention_layernorm',
        'post_mlp_layernorm',
      ],
      attention: biasWhere('attention_bias', 'qkv'),
      feedForward: gateUp,
    }),
  },
]
