import { attention, keysAndValues } from '../blocks/attention.ts'
import { gated, gatedFused, plain } from '../blocks/feed-forward.ts'
import { embedding, head, learnedTable, linear, norm } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { equalHeads, maxContextOf, type Shape, shapeOf } from '../decoder.ts'
import type { Family, Task } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Architecture, Layer, Tensor } from '../normal-form.ts'

/** Models with an encoder: BERT and its kin, which keep no cache, and T5, whose decoder looks at the encoder. */
export const encoders: readonly Family[] = [
  {
    modelTypes: ['bert', 'roberta', 'xlm-roberta'],
    classes: ['Bert', 'Roberta', 'XLMRoberta'],
    describe(config, task) {
      const shape = shapeOf(config, { tied: true })
      const { hiddenSize } = shape
      const layer: Layer = {
        mixers: [
          attention({
            hiddenSize,
            ...equalHeads(config, hiddenSize),
            bias: 'all',
            names: ['query', 'key', 'value', 'attention.output.dense'],
            cached: false,
          }),
        ],
        feedForwards: [
          plain({
            hiddenSize,
            width: config.whole(fields.feedForwardWidth),
            bias: true,
            names: ['intermediate.dense', 'output.dense'],
          }),
        ],
        tensors: ['attention.output.LayerNorm', 'output.LayerNorm'].flatMap((name) =>
          norm(name, hiddenSize, 'layer'),
        ),
      }
      const types = config.wholeOr('type_vocab_size', 0, { least: 0 })
      return encoderOf(config, shape, new Array<Layer>(shape.layerCount).fill(layer), [
        embedding('word_embeddings', shape.vocabSize, hiddenSize),
        embedding('position_embeddings', config.whole('max_position_embeddings'), hiddenSize),
        ...(types > 0 ? [embedding('token_type_embeddings', types, hiddenSize)] : []),
        ...norm('embeddings.LayerNorm', hiddenSize, 'layer'),
        ...maskedHead(shape, task, true),
      ])
    },
  },
  {
    modelTypes: ['modernbert'],
    classes: ['ModernBert'],
    describe(config, task) {
      const shape = shapeOf(config, { tied: true })
      const { hiddenSize, layerCount } = shape
      const mixers = [
        attention({
          hiddenSize,
          ...equalHeads(config, hiddenSize),
          fused: 'Wqkv',
          names: ['q', 'k', 'v', 'attn.Wo'],
          cached: false,
        }),
      ]
      const width = config.whole(fields.feedForwardWidth)
      const feedForwards = [gatedFused({ hiddenSize, width, names: ['Wi', 'mlp.Wo'] })]
      // The first layer has no norm before attention: the embedding's stands there.
      const first: Layer = { mixers, feedForwards, tensors: norm('mlp_norm', hiddenSize) }
      const rest: Layer = { ...first, tensors: [...first.tensors, ...norm('attn_norm', hiddenSize)] }
      const layers = Array.from({ length: layerCount }, (_, layer) => (layer === 0 ? first : rest))
      return encoderOf(config, shape, layers, [
        embedding('tok_embeddings', shape.vocabSize, hiddenSize),
        ...norm('embeddings.norm', hiddenSize),
        ...norm('final_norm', hiddenSize),
        ...(task === 'embed' ? [] : maskedHead(shape, task, false)),
      ])
    },
  },
  { modelTypes: ['t5', 'mt5', 'umt5'], classes: ['T5', 'MT5', 'UMT5'], describe: t5 },
]

/** A pooler for an embedding model; a transform and a tied decoder with a bias for a masked one. */
function maskedHead({ hiddenSize, vocabSize }: Shape, task: Task, biased: boolean): Tensor[] {
  const dense = (component: 'pooler' | 'head', name: string) =>
    linear({ component, name, out: hiddenSize, in: hiddenSize, bias: biased })
  if (task === 'embed') return dense('pooler', 'pooler.dense')
  return [
    ...dense('head', 'head.dense'),
    ...norm('head.norm', hiddenSize, biased ? 'layer' : 'rms', 'head'),
    ...head({ vocabSize, hiddenSize, tied: true, bias: true }),
  ]
}

const encoderOf = (
  config: ConfigReader,
  { hiddenSize, vocabSize, maxContextTokens, tiedHead }: Shape,
  layers: readonly Layer[],
  tensors: readonly Tensor[],
): Architecture => ({
  family: config.text('model_type') ?? 'bert',
  hiddenSize,
  vocabSize,
  maxContextTokens,
  tiedHead,
  layers,
  encoderLayers: [],
  predictionLayers: [],
  tensors,
  towerTensors: [],
  omissions: [],
})

/**
 * T5: encoder layers of 4 × d × H × k and the feed-forward block, decoder layers with a second attention over the
 * encoder's output, one table of relative positions on each side.
 *
 * @see Exploring the Limits of Transfer Learning (2020), section 2.1
 */
function t5(config: ConfigReader): Architecture {
  const hiddenSize = config.whole(fields.hiddenSize)
  const vocabSize = config.whole(fields.vocabSize)
  const heads = config.whole(fields.headCount)
  const headDim = config.whole(fields.headDim)
  const tiedHead = config.flag('tie_word_embeddings', true)
  const depth = config.whole(fields.layerCount, { most: 10_000 })
  const decoderDepth = config.wholeOr('num_decoder_layers', depth, { most: 10_000 })
  const side = { hiddenSize, heads, kvHeads: heads, headDim, names: ['q', 'k', 'v', 'o'] } as const
  const width = config.whole(fields.feedForwardWidth)
  const feedForwards = [
    (config.text('feed_forward_proj') ?? 'relu').startsWith('gated')
      ? gated({ hiddenSize, width, names: ['wi_0', 'wi_1', 'wo'] })
      : plain({ hiddenSize, width, names: ['wi', 'wo'] }),
  ]
  const norms = (...names: string[]) => names.flatMap((name) => norm(name, hiddenSize))
  const encoderLayer: Layer = {
    mixers: [attention({ ...side, cached: false })],
    feedForwards,
    tensors: norms('layer.0.layer_norm', 'layer.1.layer_norm'),
  }
  const own = attention({
    ...side,
    names: ['EncDecAttention.q', 'EncDecAttention.k', 'EncDecAttention.v', 'EncDecAttention.o'],
  })
  const decoderLayer: Layer = {
    mixers: [
      attention(side),
      { ...own, kind: 'cross', cache: [keysAndValues({ ...side, tokens: 'encoder' })] },
    ],
    feedForwards: feedForwards.map((block) => ({ ...block })),
    tensors: norms('layer.0.layer_norm', 'layer.1.layer_norm', 'layer.2.layer_norm'),
  }
  const buckets = config.wholeOr('relative_attention_num_buckets', 32)
  return {
    family: config.text('model_type') ?? 't5',
    hiddenSize,
    vocabSize,
    maxContextTokens: maxContextOf(config),
    tiedHead,
    layers: new Array<Layer>(decoderDepth).fill(decoderLayer),
    encoderLayers: new Array<Layer>(depth).fill(encoderLayer),
    predictionLayers: [],
    tensors: [
      embedding('shared', vocabSize, hiddenSize),
      learnedTable('attention', 'encoder.relative_attention_bias', [buckets, heads]),
      learnedTable('attention', 'decoder.relative_attention_bias', [buckets, heads]),
      ...norms('encoder.final_layer_norm', 'decoder.final_layer_norm'),
      ...head({ vocabSize, hiddenSize, tied: tiedHead }),
    ],
    towerTensors: [],
    omissions: [],
  }
}
