import { attention } from '../blocks/attention.ts'
import { gated } from '../blocks/feed-forward.ts'
import { lightningAttention } from '../blocks/linear-attention.ts'
import { type Mamba2, mamba1, mamba2, shortConvolution } from '../blocks/mamba.ts'
import { norm } from '../blocks/tensor.ts'
import { type ConfigReader, layerPlace } from '../config-reader.ts'
import { assemble, decoder, headsOf, type Shape, shapeOf } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Layer, Mixer } from '../normal-form.ts'
import { biasWhere } from './llama-like.ts'
import { stepRankOf } from './mamba.ts'
import { afterFirstDense, expertsOf, mixture } from './mixture-fields.ts'

const ownWidth = (config: ConfigReader): number => config.whole(fields.feedForwardWidth)

/** Mamba-2 under the field names of Granite, Bamba and Falcon-H1. */
const prefixedMamba2 = (config: ConfigReader, hiddenSize: number, gatedNorm: boolean): Mixer => {
  const shape: Mamba2 = {
    hiddenSize,
    heads: config.whole('mamba_n_heads'),
    headDim: config.whole('mamba_d_head'),
    groups: config.whole('mamba_n_groups'),
    stateSize: config.whole('mamba_d_state'),
    kernel: config.whole('mamba_d_conv'),
    bias: config.flag('mamba_proj_bias', false),
    convolutionBias: config.flag('mamba_conv_bias', true),
    gatedNorm,
  }
  return mamba2(shape)
}

/** A mixer by the word that `layer_types` has for each layer. */
const byWord =
  (words: readonly string[], mixers: Readonly<Record<string, Mixer>>, config: ConfigReader) =>
  (layer: number): Mixer => {
    const word = words[layer] ?? ''
    const mixer = Object.hasOwn(mixers, word) ? mixers[word] : undefined
    if (mixer) return mixer
    throw config.problem(
      `layer_types.${layer}`,
      `: ${JSON.stringify(word)} is not accepted here; accepted: ${Object.keys(mixers).join(', ')}.`,
    )
  }

/** Models whose layers mix tokens in two ways: attention in some, a recurrence in the others. */
export const hybrids: readonly Family[] = [
  {
    modelTypes: ['jamba'],
    classes: ['Jamba'],
    describe: decoder({
      norms: ['input_layernorm', 'pre_ff_layernorm'],
      mixer: (config, { hiddenSize }) => {
        const full = attention({ hiddenSize, ...headsOf(config, hiddenSize) })
        const recurrent = mamba1({
          hiddenSize,
          innerSize: config.whole('mamba_expand') * hiddenSize,
          stateSize: config.whole('mamba_d_state'),
          kernel: config.whole('mamba_d_conv'),
          stepRank: stepRankOf(config, 'mamba_dt_rank', hiddenSize),
          bias: config.flag('mamba_proj_bias', false),
          convolutionBias: config.flag('mamba_conv_bias', true),
          norms: true,
        })
        const isAttention = everySo(config, 'attn_layer_period', 'attn_layer_offset')
        return (layer) => (isAttention(layer) ? full : recurrent)
      },
      feedForward: mixture({
        width: ownWidth,
        sparse: (config) => everySo(config, 'expert_layer_period', 'expert_layer_offset'),
      }),
    }),
  },
  {
    modelTypes: ['granitemoehybrid'],
    classes: ['GraniteMoeHybrid'],
    describe: decoder({
      tied: true,
      mixer: (config, { hiddenSize, layerCount }) => {
        const words = config.words(
          config.has('layer_types') ? 'layer_types' : 'layers_block_type',
          layerCount,
        )
        const mixers: Record<string, Mixer> = {
          attention: attention({
            hiddenSize,
            ...headsOf(config, hiddenSize),
            ...biasWhere('attention_bias')(config),
          }),
          ...(words.includes('mamba') && { mamba: prefixedMamba2(config, hiddenSize, true) }),
        }
        return byWord(words, mixers, config)
      },
      feedForward: (config, shape) => {
        const sharedWidth = config.whole('shared_intermediate_size')
        if (config.wholeOr(fields.expertCount, 0, { least: 0 }) > 0) {
          return mixture({ width: ownWidth, experts: () => ({ sharedWidth }) })(config, shape)
        }
        const block = gated({ hiddenSize: shape.hiddenSize, width: sharedWidth })
        return () => block
      },
    }),
  },
  {
    modelTypes: ['bamba'],
    classes: ['Bamba'],
    describe: decoder({
      norms: ['input_layernorm', 'pre_ff_layernorm'],
      mixer: (config, { hiddenSize, layerCount }) => {
        const full = attention({ hiddenSize, ...headsOf(config, hiddenSize) })
        const recurrent = prefixedMamba2(config, hiddenSize, true)
        const indices = new Set(config.wholes('attn_layer_indices', layerPlace(layerCount)))
        return (layer) => (indices.has(layer) ? full : recurrent)
      },
    }),
  },
  {
    modelTypes: ['falcon_h1'],
    classes: ['FalconH1'],
    describe: (config, task) => {
      const shape = shapeOf(config, { tied: false })
      const { hiddenSize, layerCount } = shape
      const layer: Layer = {
        mixers: [
          attention({ hiddenSize, ...headsOf(config, hiddenSize), ...biasWhere('attention_bias')(config) }),
          prefixedMamba2(config, hiddenSize, config.flag('mamba_rms_norm', false)),
        ],
        feedForwards: [gated({ hiddenSize, width: ownWidth(config), bias: config.flag('mlp_bias', false) })],
        tensors: ['input_layernorm', 'pre_ff_layernorm'].flatMap((name) => norm(name, hiddenSize)),
      }
      return assemble({ config, shape, task, layers: new Array<Layer>(layerCount).fill(layer) })
    },
  },
  {
    modelTypes: ['minimax', 'minimax_text_01', 'minimax_m1'],
    classes: ['MiniMax', 'MiniMaxText01', 'MiniMaxM1'],
    describe: decoder({
      mixer: (config, shape) => {
        const { hiddenSize, layerCount } = shape
        const heads = headsOf(config, hiddenSize)
        const full = attention({ hiddenSize, ...heads })
        const linear = lightningAttention({ hiddenSize, heads: heads.heads, headDim: heads.headDim })
        if (config.has('attn_type_list')) {
          const kinds = config.perLayer('attn_type_list', layerCount, { least: 0, most: 1 })
          return (layer) => (kinds[layer] === 1 ? full : linear)
        }
        const words = config.words('layer_types', layerCount)
        return byWord(words, { full_attention: full, linear_attention: linear }, config)
      },
      feedForward: mixture({ width: ownWidth, experts: () => ({ names: ['w1', 'w3', 'w2'] }) }),
    }),
  },
  {
    modelTypes: ['lfm2'],
    classes: ['Lfm2'],
    describe: decoder({
      tied: true,
      norms: ['operator_norm', 'ffn_norm'],
      mixer: convolutionsAndAttention,
      feedForward: (config, { hiddenSize }) => {
        const block = gated({ hiddenSize, width: adjustedWidth(config), names: ['w1', 'w3', 'w2'] })
        return () => block
      },
    }),
  },
  {
    modelTypes: ['lfm2_moe'],
    classes: ['Lfm2Moe'],
    describe: decoder({
      tied: true,
      norms: ['operator_norm', 'ffn_norm'],
      mixer: convolutionsAndAttention,
      feedForward: mixture({
        sparse: afterFirstDense,
        experts: (config) => ({ correctionBias: config.flag('use_expert_bias', true), ...expertsOf(config) }),
      }),
    }),
  },
]

const everySo = (
  config: ConfigReader,
  periodName: string,
  offsetName: string,
): ((layer: number) => boolean) => {
  const period = config.whole(periodName)
  const offset = config.whole(offsetName, { least: 0 })
  return (layer) => layer % period === offset
}

function convolutionsAndAttention(
  config: ConfigReader,
  { hiddenSize, layerCount }: Shape,
): (layer: number) => Mixer {
  const full = attention({
    hiddenSize,
    ...headsOf(config, hiddenSize),
    qkNorm: 'per-head',
    names: ['q_proj', 'k_proj', 'v_proj', 'out_proj'],
  })
  const convolution = shortConvolution({
    hiddenSize,
    kernel: config.whole('conv_L_cache'),
    bias: config.flag('conv_bias', false),
  })
  if (config.has('full_attn_idxs')) {
    const indices = new Set(config.wholes('full_attn_idxs', layerPlace(layerCount)))
    return (layer) => (indices.has(layer) ? full : convolution)
  }
  return byWord(config.words('layer_types', layerCount), { full_attention: full, conv: convolution }, config)
}

/** LFM2 states a width from which two thirds are taken, rounded up to a multiple. */
function adjustedWidth(config: ConfigReader): number {
  const stated = config.whole(['block_ff_dim', 'intermediate_size'])
  if (!config.flag('block_auto_adjust_ff_dim', true)) return stated
  const multiplier = config.number('block_ffn_dim_multiplier', 1)
  const multiple = config.whole('block_multiple_of')
  return Math.ceil(Math.floor(multiplier * Math.floor((2 * stated) / 3)) / multiple) * multiple
}
