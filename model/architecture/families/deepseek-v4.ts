import { mixtureOfExperts } from '../blocks/feed-forward.ts'
import { indexKeys } from '../blocks/latent-attention.ts'
import { linear, norm, table, vector } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { assemble, joiningTensors, type Shape, shapeOf, shared, statedPredictionLayers } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { FeedForward, Layer, Mixer, Tensor } from '../normal-form.ts'
import { expertsOf, sharedWidthOf } from './mixture-fields.ts'

/**
 * DeepSeek-V4: one key-value vector a token, compressed by a ratio of each layer's own, a window of the latest
 * tokens, several residual streams, and first layers that choose experts by a table of token ids.
 *
 * Exact on DeepSeek-V4-Pro's published count.
 */
export const deepseekV4: readonly Family[] = [
  {
    modelTypes: ['deepseek_v4'],
    classes: ['DeepseekV4'],
    describe(config, task) {
      const shape = shapeOf(config, { tied: false })
      const { hiddenSize, layerCount } = shape
      const prediction = statedPredictionLayers(config)
      const ratios = ratiosOf(config, layerCount + prediction)
      const mixer = shared((ratio: number) => mixerOf(config, shape, ratio))
      const feedForward = shared((hashed: boolean) => expertsOfLayer(config, shape, hashed))
      const hashLayers = config.wholeOr('num_hash_layers', 0, { least: 0 })
      const streams = config.whole('hc_mult', { most: 1024 })
      const tensors = [
        ...['attn_norm', 'ffn_norm'].flatMap((name) => norm(name, hiddenSize)),
        ...['attn', 'ffn'].flatMap((name) => streamTensors(name, streams, hiddenSize)),
      ]
      const all = ratios.map<Layer>((ratio, layer) => ({
        mixers: [mixer(ratio)],
        feedForwards: [feedForward(layer < hashLayers)],
        tensors,
      }))
      const streamHead = headStream(streams, hiddenSize)
      const joining = [...joiningTensors(hiddenSize), ...streamHead.map((tensor) => ({ ...tensor }))]
      return assemble({
        config,
        shape,
        task,
        layers: all.slice(0, layerCount),
        extra: streamHead,
        predictionLayers: all
          .slice(layerCount)
          .map((layer) => ({ ...layer, tensors: [...tensors, ...joining] })),
      })
    },
  },
]

/** One ratio for each layer, those that predict further tokens included; 0 keeps the window alone. */
function ratiosOf(config: ConfigReader, layers: number): number[] {
  const ratios = config.wholes('compress_ratios', { least: 0 })
  if (ratios.length === layers) return ratios
  throw config.problem(
    'compress_ratios',
    ` has ${ratios.length} entries, but the model has ${layers} layers.`,
  )
}

function mixerOf(config: ConfigReader, { hiddenSize }: Shape, ratio: number): Mixer {
  const heads = config.whole(fields.headCount)
  const headDim = config.whole(fields.headDim)
  const queryRank = config.whole('q_lora_rank')
  const [groups, outputRank] = [config.whole('o_groups'), config.whole('o_lora_rank')]
  if ((heads * headDim) % groups !== 0) {
    throw config.problem('o_groups', `: ${groups} groups do not divide ${heads} heads of ${headDim}.`)
  }
  const window = config.whole('sliding_window')
  const component = 'attention'
  const keysOf = { tokensPerEntry: 1, heads: 1, bits: null, tokens: 'sequence' } as const
  const compresses = ratio > 0
  const indexed = ratio === 4
  const indexWidth = indexed ? config.whole('index_head_dim') : 0
  return {
    kind: 'compressed',
    heads,
    kvHeads: 1,
    headDim,
    valueHeadDim: headDim,
    window,
    cache: [
      { what: 'keys and values', elements: headDim, window, ...keysOf },
      ...(compresses
        ? [
            {
              ...keysOf,
              what: 'compressed keys and values',
              elements: headDim,
              window: null,
              tokensPerEntry: ratio,
            } as const,
          ]
        : []),
      ...(indexed ? [indexKeys(indexWidth, ratio)] : []),
    ],
    stateElements: 0,
    tensors: [
      ...linear({ component, name: 'wq_a', out: queryRank, in: hiddenSize }),
      vector(component, 'q_norm', queryRank),
      ...linear({ component, name: 'wq_b', out: heads * headDim, in: queryRank }),
      ...linear({ component, name: 'wkv', out: headDim, in: hiddenSize }),
      vector(component, 'kv_norm', headDim),
      vector(component, 'attn_sink', heads),
      ...linear({ component, name: 'wo_a', out: groups * outputRank, in: (heads * headDim) / groups }),
      ...linear({ component, name: 'wo_b', out: hiddenSize, in: groups * outputRank }),
      ...(compresses ? compressor(component, 'compressor', { hiddenSize, width: headDim, ratio }) : []),
      ...(indexed
        ? [
            ...linear({
              component: 'indexer',
              name: 'indexer.wq_b',
              out: config.whole('index_n_heads') * indexWidth,
              in: queryRank,
            }),
            ...linear({
              component: 'indexer',
              name: 'indexer.weights_proj',
              out: config.whole('index_n_heads'),
              in: hiddenSize,
            }),
            ...compressor('indexer', 'indexer.compressor', { hiddenSize, width: indexWidth, ratio }),
          ]
        : []),
    ],
  }
}

/** Two projections, a position for each compressed token, and a norm; twice as wide where neighbours overlap. */
function compressor(
  component: 'attention' | 'indexer',
  name: string,
  { hiddenSize, width, ratio }: { hiddenSize: number; width: number; ratio: number },
): Tensor[] {
  const wide = (ratio === 4 ? 2 : 1) * width
  return [
    ...linear({ component, name: `${name}.wkv`, out: wide, in: hiddenSize }),
    ...linear({ component, name: `${name}.wgate`, out: wide, in: hiddenSize }),
    { ...vector(component, `${name}.ape`, wide), shape: [ratio, wide] },
    vector(component, `${name}.norm`, width),
  ]
}

/** A hyper-connection: (2 + H) × H × (H × hidden + 1) + 3 for each of a layer's two blocks. */
const streamTensors = (name: string, streams: number, hiddenSize: number): Tensor[] => {
  const component = 'residual-streams'
  const rows = (2 + streams) * streams
  return [
    ...linear({ component, name: `hc_${name}_fn`, out: rows, in: streams * hiddenSize }),
    vector(component, `hc_${name}_base`, rows),
    vector(component, `hc_${name}_scale`, 3),
  ]
}

/** The streams become one before the head: (H × hidden + 1) × H + 1. */
const headStream = (streams: number, hiddenSize: number): Tensor[] => {
  const component = 'residual-streams'
  return [
    ...linear({ component, name: 'hc_head_fn', out: streams, in: streams * hiddenSize }),
    vector(component, 'hc_head_base', streams),
    vector(component, 'hc_head_scale', 1),
  ]
}

/** The first layers look their experts up by token id in a table that is stored and not learned. */
function expertsOfLayer(
  config: ConfigReader,
  { hiddenSize, vocabSize }: Shape,
  hashed: boolean,
): FeedForward {
  const width = config.whole(fields.expertWidth)
  const stated = expertsOf(config)
  const block = mixtureOfExperts({
    hiddenSize,
    width,
    ...stated,
    correctionBias: !hashed,
    sharedWidth: sharedWidthOf(config, width),
  })
  if (!hashed) return block
  return {
    ...block,
    tensors: [...block.tensors, table('router', 'tid2eid', [vocabSize, stated.expertsPerToken])],
  }
}
