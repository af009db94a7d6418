import { attention } from '../blocks/attention.ts'
import { gated, mixtureOfExperts } from '../blocks/feed-forward.ts'
import { buffer, embedding, linear, norm, vector } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { assemble, dividing, headsOf, type Shape, shapeOf, shared } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { FeedForward, Layer, Mixer, Tensor } from '../normal-form.ts'
import { alternating } from '../windows.ts'
import { fourNorms } from './gemma.ts'
import { expertsOf } from './mixture-fields.ts'

/**
 * Gemma 4: global layers with heads of their own width and number, whose value may be the key; last layers that reuse
 * keys and values; experts beside a dense block; and, in the small models, an embedding for each layer.
 */
export const gemma4: readonly Family[] = [
  {
    modelTypes: ['gemma4_text'],
    classes: ['Gemma4Text'],
    describe(config, task) {
      const shape = shapeOf(config, { tied: true })
      const { layerCount } = shape
      const windows = alternating(6)(config, shape)
      const sharedFrom =
        layerCount - config.wholeOr('num_kv_shared_layers', 0, { least: 0, most: layerCount })
      const mixer = mixerOf(config, shape)
      const feedForward = feedForwardOf(config, shape)
      const ple = config.wholeOr('hidden_size_per_layer_input', 0, { least: 0 })
      const tensors = layerTensors(config, shape, ple)
      const layers = windows.map<Layer>((window, layer) => ({
        mixers: [mixer({ window, sharedKv: layer >= sharedFrom })],
        feedForwards: feedForward(layer >= sharedFrom),
        tensors,
      }))
      return assemble({
        config,
        shape,
        task,
        layers,
        extra: ple > 0 ? perLayerEmbedding(config, shape, ple) : [],
      })
    },
  },
]

function mixerOf(config: ConfigReader, { hiddenSize }: Shape) {
  const local = headsOf(config, hiddenSize)
  const headDim = config.whole('global_head_dim')
  const valueIsKey = config.flag('attention_k_eq_v')
  const globalHeads = valueIsKey ? config.whole('num_global_key_value_heads') : local.kvHeads
  const kvHeads = dividing(config, local.heads, globalHeads, ['num_global_key_value_heads'])
  const common = { hiddenSize, heads: local.heads, qkNorm: 'per-head' } as const
  return shared(
    ({ window, sharedKv }: { window: number | null; sharedKv: boolean }): Mixer =>
      window === null
        ? attention({ ...common, kvHeads, headDim, valueIsKey, sharedKv })
        : attention({ ...common, kvHeads: local.kvHeads, headDim: local.headDim, window, sharedKv }),
  )
}

/** Layers that reuse keys and values may be twice as wide; experts stand beside the dense block. */
function feedForwardOf(
  config: ConfigReader,
  { hiddenSize }: Shape,
): (isShared: boolean) => readonly FeedForward[] {
  const width = config.whole(fields.feedForwardWidth)
  const dense = gated({ hiddenSize, width })
  if (config.flag('enable_moe_block', false)) {
    const experts = mixtureOfExperts({
      hiddenSize,
      width: config.whole(fields.expertWidth),
      ...expertsOf(config),
    })
    const scales = [
      vector('router', 'router.scale', hiddenSize),
      vector('router', 'router.per_expert_scale', experts.experts),
    ]
    const block = { ...experts, tensors: [...experts.tensors, ...scales] }
    return () => [dense, block]
  }
  const reuses = config.wholeOr('num_kv_shared_layers', 0, { least: 0 }) > 0
  if (!reuses || !config.flag('use_double_wide_mlp')) return () => [dense]
  const wide = gated({ hiddenSize, width: 2 * width })
  return (isShared) => (isShared ? [wide] : [dense])
}

const moeNorms = [
  'pre_feedforward_layernorm_2',
  'post_feedforward_layernorm_1',
  'post_feedforward_layernorm_2',
]

function layerTensors(config: ConfigReader, { hiddenSize }: Shape, ple: number): Tensor[] {
  const names = [...fourNorms, ...(config.flag('enable_moe_block', false) ? moeNorms : [])]
  const component = 'embedding'
  return [
    ...names.flatMap((name) => norm(name, hiddenSize)),
    buffer('norms', 'layer_scalar', [1]),
    ...(ple > 0
      ? [
          ...linear({ component, name: 'per_layer_input_gate', out: ple, in: hiddenSize }),
          ...linear({ component, name: 'per_layer_projection', out: hiddenSize, in: ple }),
          ...norm('post_per_layer_input_norm', hiddenSize),
        ]
      : []),
  ]
}

function perLayerEmbedding(config: ConfigReader, { hiddenSize, layerCount }: Shape, ple: number): Tensor[] {
  const all = layerCount * ple
  return [
    embedding('embed_tokens_per_layer', config.whole('vocab_size_per_layer_input'), all),
    ...linear({ component: 'embedding', name: 'per_layer_model_projection', out: all, in: hiddenSize }),
    ...norm('per_layer_projection_norm', ple, 'rms', 'embedding'),
  ]
}
