import { attention } from '../blocks/attention.ts'
import { gated, mixtureOfExperts } from '../blocks/feed-forward.ts'
import { latentAttention } from '../blocks/latent-attention.ts'
import { kimiDeltaAttention } from '../blocks/linear-attention.ts'
import { linear, norm } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import {
  assemble,
  decoder,
  dividing,
  headsOf,
  joiningTensors,
  llamaNorms,
  type Shape,
  shapeOf,
} from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Layer, Mixer } from '../normal-form.ts'
import { alternating } from '../windows.ts'
import { latentFields } from './deepseek.ts'
import { afterFirstDense, expertsOf, mixture, sharedWidthOf } from './mixture-fields.ts'

/** Mixtures of experts whose layers differ in more than their windows. */
export const sparseVariants: readonly Family[] = [
  {
    modelTypes: ['mimo_v2_flash'],
    classes: ['MiMoV2Flash'],
    describe: (config, task) => ({
      ...decoder({
        mixer: fullAndNarrow,
        feedForward: mixture({
          sparse: afterFirstDense,
          experts: (given) => ({
            correctionBias: true,
            sharedWidth: sharedWidthOf(given, given.whole(fields.expertWidth)),
          }),
        }),
      })(config, task),
      predictionLayers: mimoPrediction(config),
    }),
  },
  {
    modelTypes: ['step3p7'],
    classes: ['Step3p7Flash'],
    describe: decoder({
      mixer: headGated,
      feedForward: mixture({
        sparse: afterFirstDense,
        experts: (config) => ({ correctionBias: true, sharedWidth: config.whole('share_expert_dim') }),
      }),
    }),
  },
  {
    modelTypes: ['longcat_flash'],
    classes: ['LongcatFlash'],
    describe(config, task) {
      const shape = shapeOf(config, { tied: false, layerCount: config.whole('num_layers', { most: 10_000 }) })
      const { hiddenSize, layerCount } = shape
      const mixer = latentAttention(latentFields(config, shape))
      const dense = gated({ hiddenSize, width: config.whole(fields.feedForwardWidth) })
      const { experts, expertsPerToken } = expertsOf(config)
      // The router may also choose experts that pass a token through and hold no weights.
      const idle = config.wholeOr('zero_expert_num', 0, { least: 0 })
      const routed = mixtureOfExperts({
        hiddenSize,
        width: config.whole(fields.expertWidth),
        experts,
        expertsPerToken,
        correctionBias: true,
        routerRows: experts + idle,
      })
      const tensors = [
        'input_layernorm.0',
        'input_layernorm.1',
        'post_attention_layernorm.0',
        'post_attention_layernorm.1',
      ]
      const layer: Layer = {
        mixers: [mixer, { ...mixer, tensors: mixer.tensors.map((tensor) => ({ ...tensor })) }],
        feedForwards: [dense, { ...dense, tensors: dense.tensors.map((tensor) => ({ ...tensor })) }, routed],
        tensors: tensors.flatMap((name) => norm(name, hiddenSize)),
      }
      // Its checkpoint holds one dense layer that predicts a further token, though the config has no field for it.
      const prediction: Layer = {
        mixers: [mixer],
        feedForwards: [dense],
        tensors: [...llamaNorms.flatMap((name) => norm(name, hiddenSize)), ...joiningTensors(hiddenSize)],
      }
      return assemble({
        config,
        shape,
        task,
        layers: new Array<Layer>(layerCount).fill(layer),
        predictionLayers: [prediction],
      })
    },
  },
  {
    modelTypes: ['kimi_linear'],
    classes: ['KimiLinear'],
    describe: decoder({
      mixer: latentOrDelta,
      feedForward: mixture({
        sparse: afterFirstDense,
        experts: (config) => ({
          correctionBias: true,
          sharedWidth: sharedWidthOf(config, config.whole(fields.expertWidth)),
          latentWidth: config.wholeOr('routed_expert_hidden_size', null),
          latentNorm: config.flag('latent_moe_use_norm', false),
        }),
      }),
    }),
  },
]

/**
 * Three dense layers that slide and predict further tokens; the config has no field for them.
 *
 * @see sgl-project/sglang, python/sglang/srt/models/mimo_v2_flash_nextn.py @10c94715; the three are `model.mtp.layers`
 *   0 to 2 of the files, 0.33e9 parameters each
 */
function mimoPrediction(config: ConfigReader): Layer[] {
  const hiddenSize = config.whole(fields.hiddenSize)
  const layer: Layer = {
    mixers: [narrow(config, hiddenSize)],
    feedForwards: [gated({ hiddenSize, width: config.whole(fields.feedForwardWidth) })],
    tensors: [...llamaNorms.flatMap((name) => norm(name, hiddenSize)), ...joiningTensors(hiddenSize)],
  }
  return new Array<Layer>(3).fill(layer)
}

/** Layers that slide have heads of their own, with sinks. */
function narrow(config: ConfigReader, hiddenSize: number): Mixer {
  const heads = config.whole('swa_num_attention_heads')
  return attention({
    hiddenSize,
    heads,
    kvHeads: dividing(config, heads, config.whole('swa_num_key_value_heads'), ['swa_num_key_value_heads']),
    headDim: config.whole('swa_head_dim'),
    valueHeadDim: config.whole('swa_v_head_dim'),
    bias: config.flag('attention_bias', false) ? 'qkv' : 'none',
    window: config.whole('sliding_window'),
    sinks: config.flag('add_swa_attention_sink_bias', true),
  })
}

function fullAndNarrow(config: ConfigReader, { hiddenSize, layerCount }: Shape): (layer: number) => Mixer {
  const full = attention({
    hiddenSize,
    ...headsOf(config, hiddenSize),
    valueHeadDim: config.whole('v_head_dim'),
    bias: config.flag('attention_bias', false) ? 'qkv' : 'none',
    sinks: config.flag('add_full_attention_sink_bias', false),
  })
  const sliding = narrow(config, hiddenSize)
  const slides = config.perLayer('hybrid_layer_pattern', layerCount, { least: 0, most: 1 })
  return (layer) => (slides[layer] === 1 ? sliding : full)
}

/** One gate for each head, and windows by layer. */
function headGated(config: ConfigReader, shape: Shape): (layer: number) => Mixer {
  const { hiddenSize } = shape
  const heads = headsOf(config, hiddenSize)
  const windows = alternating(4)(config, shape)
  const withGate = (window: number | null): Mixer => {
    const mixer = attention({ hiddenSize, ...heads, qkNorm: 'per-head', window })
    const gate = linear({ component: 'attention', name: 'g_proj', out: heads.heads, in: hiddenSize })
    return { ...mixer, tensors: [...mixer.tensors, ...gate] }
  }
  const full = withGate(null)
  const sliding = withGate(windows.find((window) => window !== null) ?? null)
  return (layer) => (windows[layer] === null ? full : sliding)
}

/** Kimi delta attention, and latent attention in the layers that `full_attn_layers` counts from 1. */
function latentOrDelta(config: ConfigReader, shape: Shape): (layer: number) => Mixer {
  const { hiddenSize, layerCount } = shape
  const latent = latentAttention({
    ...latentFields(config, shape),
    outputGate: config.flag('mla_use_output_gate', false),
  })
  const nested = config.nested('linear_attn_config')
  if (!nested)
    throw config.problem('linear_attn_config', ' is missing; it must name the layers of each kind.')
  const delta = kimiDeltaAttention({
    hiddenSize,
    heads: nested.whole('num_heads'),
    headDim: nested.whole('head_dim'),
    kernel: nested.whole('short_conv_kernel_size'),
    fullRankGate: nested.flag('use_full_rank_gate', false),
  })
  const full = new Set(nested.wholes('full_attn_layers', { most: layerCount }))
  return (layer) => (full.has(layer + 1) ? latent : delta)
}
