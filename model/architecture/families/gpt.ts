import { type Attention, attention } from '../blocks/attention.ts'
import { plain } from '../blocks/feed-forward.ts'
import { embedding, head, linear, norm } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { assemble, decoder, dividing, equalHeads, headDimOf, type Shape, shapeOf } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Architecture, Layer } from '../normal-form.ts'

const fourTimes =
  (names: readonly [string, string], bias: (config: ConfigReader) => boolean = () => true) =>
  (config: ConfigReader, { hiddenSize }: Shape) => {
    const width = config.wholeOr(fields.feedForwardWidth, 4 * hiddenSize)
    const block = plain({ hiddenSize, width, bias: bias(config), names })
    return () => block
  }

const neox: readonly [string, string] = ['dense_h_to_4h', 'dense_4h_to_h']

const learnedPositions = (config: ConfigReader, { hiddenSize }: Shape) => {
  const rows =
    config.firstWholeOr(['n_positions', 'max_position_embeddings', 'n_ctx'], null) ??
    config.whole('n_positions')
  return [embedding('wpe', rows, hiddenSize)]
}

const blockNames = ['q', 'k', 'v', 'c_proj'] as const

/** The first generations: LayerNorm with biases, two-matrix feed-forward blocks of four times the width. */
export const gpt: readonly Family[] = [
  {
    modelTypes: ['gpt2'],
    classes: ['GPT2'],
    describe: decoder({
      heads: equalHeads,
      tied: true,
      norm: 'layer',
      norms: ['ln_1', 'ln_2'],
      attention: () => ({ bias: 'all', fused: 'c_attn', names: blockNames }),
      feedForward: fourTimes(['c_fc', 'mlp.c_proj']),
      extra: learnedPositions,
    }),
  },
  {
    modelTypes: ['gpt_bigcode'],
    classes: ['GPTBigCode'],
    describe: decoder({
      heads: equalHeads,
      tied: true,
      norm: 'layer',
      norms: ['ln_1', 'ln_2'],
      attention: (config, { heads }) => ({
        bias: 'all',
        fused: 'c_attn',
        names: blockNames,
        kvHeads: config.flag('multi_query', true) ? 1 : heads,
      }),
      feedForward: fourTimes(['c_fc', 'mlp.c_proj']),
      extra: learnedPositions,
    }),
  },
  {
    modelTypes: ['gptj'],
    classes: ['GPTJ'],
    describe: decoder({
      heads: equalHeads,
      norm: 'layer',
      norms: ['ln_1'],
      headBias: () => true,
      attention: () => ({ names: ['q_proj', 'k_proj', 'v_proj', 'out_proj'] }),
      feedForward: fourTimes(['fc_in', 'fc_out']),
    }),
  },
  {
    modelTypes: ['gpt_neox'],
    classes: ['GPTNeoX'],
    describe: decoder({
      heads: equalHeads,
      norm: 'layer',
      attention: (config) => ({
        bias: config.flag('attention_bias', true) ? 'all' : 'none',
        fused: 'query_key_value',
        names: ['q', 'k', 'v', 'dense'],
      }),
      feedForward: fourTimes(neox),
    }),
  },
  {
    modelTypes: ['bloom'],
    classes: ['Bloom'],
    describe: decoder({
      heads: equalHeads,
      tied: true,
      norm: 'layer',
      attention: () => ({ bias: 'all', fused: 'query_key_value', names: ['q', 'k', 'v', 'dense'] }),
      feedForward: (_, { hiddenSize }) => {
        const block = plain({ hiddenSize, width: 4 * hiddenSize, bias: true, names: neox })
        return () => block
      },
      extra: (_, { hiddenSize }) => norm('word_embeddings_layernorm', hiddenSize, 'layer'),
    }),
  },
  {
    modelTypes: ['opt'],
    classes: ['OPT'],
    describe(config, task) {
      const wide = decoder({
        heads: equalHeads,
        tied: true,
        norm: 'layer',
        norms: ['self_attn_layer_norm', 'final_layer_norm'],
        attention: () => ({
          bias: config.flag('enable_bias', true) ? 'all' : 'none',
          names: ['q_proj', 'k_proj', 'v_proj', 'out_proj'],
        }),
        feedForward: fourTimes(['fc1', 'fc2'], (given) => given.flag('enable_bias', true)),
        // Positions 0 and 1 are padding: the table has two rows more.
        extra: (_, { hiddenSize }) => [
          embedding('embed_positions', config.whole('max_position_embeddings') + 2, hiddenSize),
        ],
      })(config, task)
      const width = config.wholeOr('word_embed_proj_dim', wide.hiddenSize)
      return width === wide.hiddenSize ? wide : narrowed(wide, width)
    },
  },
  {
    modelTypes: ['mpt'],
    classes: ['Mpt', 'MPT'],
    describe: (config, task) => {
      const shape = shapeOf(config, { tied: true })
      const ratio = config.wholeOr('expansion_ratio', 4, { most: 1000 })
      const bias = !config.flag('no_bias', true)
      const { kvHeads } = mptHeads(config)
      return decoder({
        heads: equalHeads,
        tied: true,
        norm: bias ? 'layer' : 'rms',
        norms: ['norm_1', 'norm_2'],
        attention: () => ({
          bias: bias ? 'all' : 'none',
          fused: 'Wqkv',
          names: ['q', 'k', 'v', 'out_proj'],
          ...(kvHeads !== null && { kvHeads }),
        }),
        feedForward: () => {
          const { hiddenSize } = shape
          const block = plain({ hiddenSize, width: ratio * hiddenSize, bias })
          return () => block
        },
      })(config, task)
    },
  },
  {
    modelTypes: ['falcon', 'RefinedWeb', 'RefinedWebModel'],
    classes: ['Falcon', 'RW'],
    describe: (config, task) => {
      const shape = shapeOf(config, { tied: true })
      const layers = falconLayers(config, shape)
      return assemble({ config, shape, task, layers, norm: 'layer' })
    },
  },
]

const mptHeads = (config: ConfigReader): { kvHeads: number | null } => {
  const nested = config.nested('attn_config')
  return { kvHeads: nested?.optionalWhole(fields.kvHeadCount) ?? null }
}

/** OPT 350M: an embedding narrower than the layers, led in and out by projections, and no norm behind the last layer. */
function narrowed(wide: Architecture, width: number): Architecture {
  const { hiddenSize, vocabSize } = wide
  const component = 'embedding'
  const kept = wide.tensors.filter(({ name }) => name === 'embed_positions')
  return {
    ...wide,
    tensors: [
      embedding('embed_tokens', vocabSize, width),
      ...kept,
      ...linear({ component, name: 'project_in', out: hiddenSize, in: width }),
      ...linear({ component, name: 'project_out', out: width, in: hiddenSize }),
      ...head({ vocabSize, hiddenSize: width, tied: wide.tiedHead }),
    ],
  }
}

/**
 * Falcon: with `new_decoder_architecture` grouped heads and two norms before parallel blocks; without it one
 * key-value head (where `multi_query`) and one norm, or two where the blocks are not parallel.
 */
function falconLayers(config: ConfigReader, { hiddenSize, layerCount }: Shape): Layer[] {
  const heads = config.whole(fields.headCount)
  const grouped = config.flag('new_decoder_architecture', false)
  const kvHeads = grouped
    ? dividing(config, heads, config.wholeOr(fields.kvHeadCount, heads))
    : config.flag('multi_query', true)
      ? 1
      : heads
  const bias: Attention['bias'] = config.flag('bias', false) ? 'all' : 'none'
  const mixer = attention({
    hiddenSize,
    heads,
    kvHeads,
    headDim: headDimOf(config, hiddenSize, heads),
    bias,
    fused: 'query_key_value',
    names: ['q', 'k', 'v', 'dense'],
  })
  const width = config.wholeOr(fields.feedForwardWidth, 4 * hiddenSize)
  const feedForward = plain({ hiddenSize, width, bias: bias === 'all', names: neox })
  const oneNorm = config.flag('parallel_attn', true)
  const names = grouped
    ? config.wholeOr('num_ln_in_parallel_attn', 2) === 2
      ? ['ln_attn', 'ln_mlp']
      : ['input_layernorm']
    : oneNorm
      ? ['input_layernorm']
      : ['input_layernorm', 'post_attention_layernorm']
  const tensors = names.flatMap((name) => norm(name, hiddenSize, 'layer'))
  return new Array<Layer>(layerCount).fill({ mixers: [mixer], feedForwards: [feedForward], tensors })
}
