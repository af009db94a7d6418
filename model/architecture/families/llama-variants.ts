import { attention, keysAndValues } from '../blocks/attention.ts'
import { gated } from '../blocks/feed-forward.ts'
import { embedding, head, norm, vector } from '../blocks/tensor.ts'
import { type ConfigReader, layerPlace } from '../config-reader.ts'
import { assemble, decoder, headsOf, llamaNorms, type Shape, shapeOf } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Layer } from '../normal-form.ts'
import { mixture } from './mixture-fields.ts'

/** Llama's own variants: mixtures in chunks, and layers that look at an image. */
export const llamaVariants: readonly Family[] = [
  {
    modelTypes: ['llama4_text'],
    classes: ['Llama4Text'],
    describe: decoder({
      windows: chunks,
      feedForward: mixture({
        width: (config) => config.whole('intermediate_size'),
        denseWidth: (config) => config.whole('intermediate_size_mlp'),
        experts: (config) => ({ sharedWidth: config.whole('intermediate_size') }),
        sparse: (config, { layerCount }) => {
          if (config.has('moe_layers')) {
            const layers = new Set(config.wholes('moe_layers', layerPlace(layerCount)))
            return (layer) => layers.has(layer)
          }
          const step = config.whole('interleave_moe_layer_step')
          return (layer) => (layer + 1) % step === 0
        },
      }),
      attention: (config) => ({
        bias: config.flag('attention_bias', false) ? 'all' : 'none',
        chunked: true,
      }),
    }),
  },
  {
    modelTypes: ['mllama_text_model'],
    classes: ['MllamaText'],
    describe(config, task) {
      const shape = shapeOf(config, { tied: false })
      const { hiddenSize, vocabSize, layerCount } = shape
      const heads = headsOf(config, hiddenSize)
      const crossing = new Set(config.wholes('cross_attention_layers', layerPlace(layerCount)))
      const feedForwards = [gated({ hiddenSize, width: config.whole(fields.feedForwardWidth) })]
      const norms = llamaNorms.flatMap((name) => norm(name, hiddenSize))
      const plain: Layer = { mixers: [attention({ hiddenSize, ...heads })], feedForwards, tensors: norms }
      const own = attention({ hiddenSize, ...heads, qkNorm: 'per-head' })
      const cross: Layer = {
        mixers: [{ ...own, kind: 'cross', cache: [keysAndValues({ ...heads, tokens: 'image' })] }],
        feedForwards,
        tensors: [
          ...norms,
          vector('attention', 'cross_attn_attn_gate', 1),
          vector('attention', 'cross_attn_mlp_gate', 1),
        ],
      }
      const layers = Array.from({ length: layerCount }, (_, layer) => (crossing.has(layer) ? cross : plain))
      // The embedding has eight rows more than the vocabulary: the image's tokens.
      const tensors = [
        embedding('embed_tokens', vocabSize + 8, hiddenSize),
        ...norm('norm', hiddenSize),
        ...head({ vocabSize, hiddenSize, tied: shape.tiedHead }),
      ]
      return { ...assemble({ config, shape, task, layers }), tensors }
    },
  },
]

/** Layers without rotary positions see all; the others see their chunk. Every fourth is one, unless listed. */
function chunks(config: ConfigReader, { layerCount, maxContextTokens }: Shape): readonly (number | null)[] {
  const stated = config.wholeOr('attention_chunk_size', null)
  const chunk = stated !== null && maxContextTokens !== null && stated >= maxContextTokens ? null : stated
  if (config.has('layer_types')) {
    return config.words('layer_types', layerCount).map((word) => (word === 'full_attention' ? null : chunk))
  }
  const listed = config.raw('no_rope_layers')
  const rotary =
    Array.isArray(listed) && listed.length > 0
      ? config.perLayer('no_rope_layers', layerCount, { least: 0, most: 1 })
      : Array.from({ length: layerCount }, (_, layer) => ((layer + 1) % 4 === 0 ? 0 : 1))
  return rotary.map((uses) => (uses === 1 ? chunk : null))
}
