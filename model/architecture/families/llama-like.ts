import type { Attention } from '../blocks/attention.ts'
import { gated, plain } from '../blocks/feed-forward.ts'
import { vector } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { decoder, type Shape } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import { alternating, windowed } from '../windows.ts'

/** Biases on q, k, v and o where the flag is set. */
export const biasWhere =
  (name: string, bias: 'qkv' | 'all' = 'all') =>
  (config: ConfigReader): Partial<Attention> => ({ bias: config.flag(name, false) ? bias : 'none' })

const gatedWithBias = (config: ConfigReader, { hiddenSize }: Shape) => {
  const width = config.whole(fields.feedForwardWidth)
  const block = gated({ hiddenSize, width, bias: config.flag('mlp_bias', false) })
  return () => block
}

/** Two matrices and no gate. */
const ungated = (config: ConfigReader, { hiddenSize }: Shape) => {
  const block = plain({ hiddenSize, width: config.whole(fields.feedForwardWidth) })
  return () => block
}

/** Norms behind each block in place of before it. */
const postNorms = ['post_attention_layernorm', 'post_feedforward_layernorm'] as const

/** Families of plain decoders that differ from Llama in a few flags. */
export const llamaLike: readonly Family[] = [
  {
    modelTypes: ['llama', 'Yi', 'granite', 'smollm3', 'helium'],
    classes: ['Llama', 'LLaMA', 'Yi', 'Granite', 'SmolLM3', 'Helium'],
    describe: decoder({ attention: biasWhere('attention_bias'), feedForward: gatedWithBias }),
  },
  {
    modelTypes: ['mistral', 'ministral3', 'ministral'],
    classes: ['Mistral', 'Ministral3', 'Ministral'],
    describe: decoder({ windows: windowed }),
  },
  {
    modelTypes: ['baichuan'],
    classes: ['Baichuan', 'BaiChuan'],
    describe: decoder({ attention: () => ({ fused: 'W_pack' }) }),
  },
  {
    modelTypes: ['exaone'],
    classes: ['Exaone'],
    describe: decoder({ tied: true }),
  },
  { modelTypes: ['xverse'], classes: ['Xverse'], describe: decoder({}) },
  { modelTypes: ['orion'], classes: ['Orion'], describe: decoder({ norm: 'layer' }) },
  {
    modelTypes: ['internlm'],
    classes: ['InternLM'],
    describe: decoder({ attention: (config) => ({ bias: config.flag('bias', true) ? 'all' : 'none' }) }),
  },
  {
    modelTypes: ['PanguEmbedded', 'pangu_embedded'],
    classes: ['PanguEmbedded'],
    describe: decoder({ attention: (config) => ({ bias: config.flag('bias', true) ? 'all' : 'none' }) }),
  },
  {
    modelTypes: ['internlm2'],
    classes: ['InternLM2'],
    describe: decoder({
      attention: (config) => ({
        ...biasWhere('bias')(config),
        fused: 'wqkv',
        names: ['wq', 'wk', 'wv', 'wo'],
      }),
    }),
  },
  {
    modelTypes: ['ernie4_5'],
    classes: ['Ernie4_5'],
    describe: decoder({
      tied: true,
      attention: biasWhere('use_bias'),
      feedForward: (config, { hiddenSize }) => {
        const width = config.whole(fields.feedForwardWidth)
        const block = gated({ hiddenSize, width, bias: config.flag('use_bias', false) })
        return () => block
      },
    }),
  },
  {
    modelTypes: ['hunyuan_v1_dense'],
    classes: ['HunYuanDenseV1'],
    describe: decoder({
      attention: (config) => ({ ...biasWhere('attention_bias')(config), qkNorm: 'per-head' }),
    }),
  },
  {
    modelTypes: ['seed_oss'],
    classes: ['SeedOss'],
    describe: decoder({
      attention: (config) => ({
        bias: !config.flag('attention_bias', true)
          ? 'none'
          : config.flag('attention_out_bias', false)
            ? 'all'
            : 'qkv',
      }),
      feedForward: gatedWithBias,
    }),
  },
  {
    modelTypes: ['exaone4'],
    classes: ['Exaone4'],
    describe: decoder({
      norms: postNorms,
      attention: () => ({ qkNorm: 'per-head' }),
      windows: alternating(4),
    }),
  },
  { modelTypes: ['olmo'], classes: ['Olmo'], describe: decoder({ norm: 'none' }) },
  {
    modelTypes: ['olmo2', 'olmo3'],
    classes: ['Olmo2', 'Olmo3'],
    describe: decoder({ norms: postNorms, attention: () => ({ qkNorm: 'full' }), windows: alternating(4) }),
  },
  {
    modelTypes: ['apertus'],
    classes: ['Apertus'],
    describe: decoder({
      norms: ['attention_layernorm', 'feedforward_layernorm'],
      attention: (config) => ({ qkNorm: config.flag('qk_norm', true) ? 'per-head' : 'none' }),
      feedForward: ungated,
      // The two slopes of xIELU.
      layerExtra: () => [
        vector('feed-forward', 'act_fn.alpha_p', 1),
        vector('feed-forward', 'act_fn.alpha_n', 1),
      ],
    }),
  },
  { modelTypes: ['arcee'], classes: ['Arcee'], describe: decoder({ feedForward: ungated }) },
  {
    modelTypes: ['nemotron'],
    classes: ['Nemotron'],
    describe: decoder({ norm: 'layer', feedForward: ungated }),
  },
  {
    modelTypes: ['bitnet'],
    classes: ['BitNet', 'Bitnet'],
    describe: decoder({
      tied: true,
      layerExtra: (config, { hiddenSize }) => [
        vector('norms', 'attn_sub_norm', hiddenSize),
        vector('norms', 'ffn_sub_norm', config.whole(fields.feedForwardWidth)),
      ],
    }),
  },
]
