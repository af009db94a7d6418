import { type ConfigReader, layerPlace, upToLayers } from '../config-reader.ts'
import { decoder, statedPredictionLayers } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import { alternating, windowed, windowedIfUsed } from '../windows.ts'
import { biasWhere } from './llama-like.ts'
import { afterFirstDense, bySparseStep, mixture, sameOf, sharedWidthOf } from './mixture-fields.ts'

/** Experts as wide as `intermediate_size` says, where no field of their own does. */
const ownWidth = (config: ConfigReader): number => config.whole(fields.feedForwardWidth)

/** Shared experts beside routed ones that a correction bias balances. */
const sharedAndCorrected = (config: ConfigReader) => ({
  correctionBias: true,
  sharedWidth: sharedWidthOf(config, config.whole(fields.expertWidth)),
})

/** Mixtures of experts over attention with grouped heads. */
export const mixtures: readonly Family[] = [
  {
    modelTypes: ['mixtral'],
    classes: ['Mixtral'],
    describe: decoder({
      feedForward: mixture({ width: ownWidth, experts: () => ({ names: ['w1', 'w3', 'w2'] }) }),
      windows: windowed,
    }),
  },
  {
    modelTypes: ['qwen2_moe'],
    classes: ['Qwen2Moe'],
    describe: decoder({
      attention: () => ({ bias: 'qkv' }),
      windows: windowedIfUsed,
      feedForward: mixture({
        sparse: bySparseStep,
        experts: (config) => ({
          sharedWidth: config.whole('shared_expert_intermediate_size'),
          sharedGate: true,
        }),
      }),
    }),
  },
  {
    modelTypes: ['qwen3_moe', 'qwen3_vl_moe_text'],
    classes: ['Qwen3Moe'],
    describe: decoder({
      attention: (config) => ({ ...biasWhere('attention_bias')(config), qkNorm: 'per-head' }),
      windows: windowedIfUsed,
      feedForward: mixture({ sparse: bySparseStep }),
    }),
  },
  {
    modelTypes: ['olmoe'],
    classes: ['Olmoe'],
    describe: decoder({ attention: () => ({ qkNorm: 'full' }), feedForward: mixture({ width: ownWidth }) }),
  },
  {
    modelTypes: ['granitemoe'],
    classes: ['GraniteMoe'],
    describe: decoder({
      tied: true,
      attention: biasWhere('attention_bias'),
      feedForward: mixture({ width: ownWidth }),
    }),
  },
  {
    modelTypes: ['phimoe'],
    classes: ['Phimoe', 'PhiMoE'],
    describe: decoder({
      norm: 'layer',
      attention: biasWhere('attention_bias'),
      feedForward: mixture({ width: ownWidth, experts: () => ({ names: ['w1', 'w3', 'w2'] }) }),
      headBias: (config) => config.flag('lm_head_bias', false),
      windows: windowed,
    }),
  },
  {
    modelTypes: ['deepseek'],
    classes: ['Deepseek'],
    describe: decoder({
      attention: biasWhere('attention_bias'),
      feedForward: mixture({
        sparse: afterFirstDense,
        experts: (config) => ({ sharedWidth: sharedWidthOf(config, config.whole(fields.expertWidth)) }),
      }),
    }),
  },
  {
    modelTypes: ['dots1'],
    classes: ['Dots1'],
    describe: decoder({
      attention: (config) => ({ ...biasWhere('attention_bias')(config), qkNorm: 'per-head' }),
      windows: windowed,
      feedForward: mixture({ sparse: afterFirstDense, experts: sharedAndCorrected }),
    }),
  },
  {
    modelTypes: ['glm4_moe'],
    classes: ['Glm4Moe'],
    describe: decoder({
      attention: (config) => ({
        ...biasWhere('attention_bias', 'qkv')(config),
        qkNorm: config.flag('use_qk_norm', false) ? 'per-head' : 'none',
      }),
      feedForward: mixture({ sparse: afterFirstDense, experts: sharedAndCorrected }),
      predictionLayers: statedPredictionLayers,
    }),
  },
  {
    modelTypes: ['solar_open'],
    classes: ['SolarOpen'],
    describe: decoder({
      attention: biasWhere('attention_bias', 'qkv'),
      feedForward: mixture({ sparse: afterFirstDense, experts: sharedAndCorrected }),
    }),
  },
  {
    modelTypes: ['ernie4_5_moe'],
    classes: ['Ernie4_5_Moe', 'Ernie4_5_MoE'],
    describe: decoder({
      tied: true,
      attention: biasWhere('use_bias'),
      feedForward: mixture({
        experts: sharedAndCorrected,
        sparse: (config, { layerCount }) => {
          const first = config.wholeOr('moe_layer_start_index', 1, upToLayers(layerCount))
          const stated = config.wholeOr('moe_layer_end_index', -1, { ...layerPlace(layerCount), least: -1 })
          const last = stated === -1 ? layerCount - 1 : stated
          const every = config.wholeOr('moe_layer_interval', 1)
          return (layer) => (layer + 1) % every === 0 && layer >= first && layer <= last
        },
      }),
    }),
  },
  {
    modelTypes: ['hunyuan_v1_moe', 'hunyuan'],
    classes: ['HunYuanMoEV1'],
    describe: decoder({
      tied: true,
      attention: (config) => ({
        ...biasWhere('attention_bias')(config),
        qkNorm: config.flag('use_qk_norm', true) ? 'per-head' : 'none',
      }),
      feedForward: mixture({
        width: (config) =>
          config.has('moe_intermediate_size') ? sameOf(config, 'moe_intermediate_size') : ownWidth(config),
        experts: (config) => ({
          sharedWidth: config.has('num_shared_expert')
            ? sameOf(config, 'num_shared_expert') * ownWidth(config)
            : 0,
        }),
      }),
    }),
  },
  {
    modelTypes: ['afmoe'],
    classes: ['Afmoe'],
    describe: decoder({
      norms: ['input_layernorm', 'post_attention_layernorm', 'pre_mlp_layernorm', 'post_mlp_layernorm'],
      attention: () => ({ qkNorm: 'per-head', gate: 'own' }),
      windows: alternating(4),
      feedForward: mixture({ sparse: afterFirstDense, experts: sharedAndCorrected }),
    }),
  },
  {
    modelTypes: ['gpt_oss'],
    classes: ['GptOss'],
    describe: decoder({
      attention: (config) => ({ bias: config.flag('attention_bias', true) ? 'all' : 'none', sinks: true }),
      windows: (config, shape) => alternating(2)(config, shape),
      feedForward: mixture({ width: ownWidth, experts: () => ({ bias: true, routerBias: true }) }),
    }),
  },
  {
    modelTypes: ['dbrx'],
    classes: ['Dbrx', 'DBRX'],
    describe: (config, task) => {
      const nestedAttention = config.nested('attn_config') ?? config
      const nestedExperts = config.nested('ffn_config') ?? config
      return decoder({
        // Its LayerNorm has no bias.
        norms: ['norm_1', 'norm_2'],
        attention: (_, { heads }) => ({
          fused: 'Wqkv',
          names: ['q', 'k', 'v', 'out_proj'],
          kvHeads: nestedAttention.wholeOr(fields.kvHeadCount, heads, { most: heads }),
        }),
        feedForward: (_, shape) =>
          mixture({
            width: () => nestedExperts.whole(fields.feedForwardWidth),
            experts: () => ({ names: ['w1', 'v1', 'w2'] }),
          })(nestedExperts, shape),
      })(config, task)
    },
  },
]
