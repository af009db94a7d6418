import { plain } from '../blocks/feed-forward.ts'
import { decoder, llamaNorms } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import { alternating, windowed } from '../windows.ts'
import { biasWhere } from './llama-like.ts'

/** Families with LayerNorm, some of which run attention and feed-forward in parallel behind one norm. */
export const parallel: readonly Family[] = [
  {
    // Their LayerNorm has no bias, which is an RMSNorm's count.
    modelTypes: ['cohere', 'cohere2'],
    classes: ['Cohere', 'Cohere2'],
    describe: (config, task) =>
      decoder({
        tied: true,
        norms: ['input_layernorm'],
        attention: () => ({
          ...biasWhere('attention_bias')(config),
          qkNorm: config.flag('use_qk_norm', false) ? 'full' : 'none',
        }),
        windows: alternating(4),
      })(config, task),
  },
  {
    modelTypes: ['stablelm'],
    classes: ['StableLm', 'StableLM'],
    describe: (config, task) =>
      decoder({
        norm: 'layer',
        norms: config.flag('use_parallel_residual', false) ? ['input_layernorm'] : llamaNorms,
        attention: () => ({
          ...biasWhere('use_qkv_bias', 'qkv')(config),
          qkNorm: config.flag('qk_layernorm', false) ? 'full' : 'none',
        }),
      })(config, task),
  },
  {
    modelTypes: ['starcoder2'],
    classes: ['Starcoder2'],
    describe: decoder({
      tied: true,
      norm: 'layer',
      attention: (config) => ({ bias: config.flag('use_bias', true) ? 'all' : 'none' }),
      feedForward: (config, { hiddenSize }) => {
        const width = config.whole(fields.feedForwardWidth)
        const bias = config.flag('use_bias', true)
        const block = plain({ hiddenSize, width, bias, names: ['c_fc', 'c_proj'] })
        return () => block
      },
      windows: windowed,
    }),
  },
  {
    modelTypes: ['phi'],
    classes: ['Phi'],
    describe: decoder({
      norm: 'layer',
      norms: ['input_layernorm'],
      headBias: () => true,
      attention: () => ({ bias: 'all', names: ['q_proj', 'k_proj', 'v_proj', 'dense'] }),
      feedForward: (config, { hiddenSize }) => {
        const width = config.wholeOr(fields.feedForwardWidth, 4 * hiddenSize)
        const block = plain({ hiddenSize, width, bias: true, names: ['fc1', 'fc2'] })
        return () => block
      },
    }),
  },
]
