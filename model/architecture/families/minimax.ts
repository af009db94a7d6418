import { attention } from '../blocks/attention.ts'
import { linear, vector } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { decoder, headsOf, type Shape, statedPredictionLayers } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Mixer } from '../normal-form.ts'
import { afterFirstDense, mixture } from './mixture-fields.ts'

const ownWidth = (config: ConfigReader): number => config.whole(fields.feedForwardWidth)

/** The mixtures of experts of MiniMax from M2 on. */
export const minimax: readonly Family[] = [
  {
    modelTypes: ['minimax_m2'],
    classes: ['MiniMaxM2'],
    describe: decoder({
      attention: (config) => ({
        qkNorm: !config.flag('use_qk_norm', true)
          ? 'none'
          : config.text('qk_norm_type') === 'per_head'
            ? 'per-head'
            : 'full',
      }),
      feedForward: mixture({ width: ownWidth, experts: () => ({ correctionBias: true }) }),
      omissions: (config) =>
        statedPredictionLayers(config) > 0
          ? [
              {
                part: 'multi-token-prediction',
                isStored: false,
                because: 'Layers that predict further tokens are announced in the config but not published.',
              },
            ]
          : [],
    }),
  },
  {
    modelTypes: ['minimax_m3'],
    classes: ['MiniMaxM3'],
    describe: decoder({
      mixer: sparseAttention,
      feedForward: mixture({
        sparse: afterFirstDense,
        width: (config) => config.wholeOr(fields.expertWidth, ownWidth(config)),
        denseWidth: (config) => config.whole('dense_intermediate_size'),
        experts: (config) => ({
          correctionBias: true,
          sharedWidth: config.whole('shared_intermediate_size'),
        }),
      }),
    }),
  },
]

/** Attention with grouped heads, and an index of small keys in the layers that choose blocks of tokens with it. */
function sparseAttention(config: ConfigReader, shape: Shape): (layer: number) => Mixer {
  const { hiddenSize, layerCount } = shape
  const full = attention({ hiddenSize, ...headsOf(config, hiddenSize), qkNorm: 'per-head' })
  const sparse = config.nested('sparse_attention_config')
  if (!sparse?.flag('use_sparse_attention', true)) return () => full
  const marks = sparse.perLayer('sparse_attention_freq', layerCount, { least: 0, most: 1 })
  const heads = sparse.whole('sparse_num_index_heads')
  const width = sparse.whole('sparse_index_dim')
  const component = 'indexer'
  const indexed: Mixer = {
    ...full,
    cache: [
      ...full.cache,
      {
        what: 'index keys',
        elements: width,
        tokensPerEntry: 1,
        window: null,
        heads: 1,
        bits: null,
        tokens: 'sequence',
      },
    ],
    tensors: [
      ...full.tensors,
      ...linear({ component, name: 'index_q_proj', out: heads * width, in: hiddenSize }),
      ...linear({ component, name: 'index_k_proj', out: width, in: hiddenSize }),
      vector(component, 'index_q_norm', width),
      vector(component, 'index_k_norm', width),
    ],
  }
  return (layer) => (marks[layer] === 1 ? indexed : full)
}
