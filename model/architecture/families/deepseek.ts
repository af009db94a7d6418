import { latentAttention } from '../blocks/latent-attention.ts'
import type { ConfigReader } from '../config-reader.ts'
import { decoder, headDimOf, type Shape, statedPredictionLayers } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Mixer } from '../normal-form.ts'
import { afterFirstDense, mixture, sharedWidthOf } from './mixture-fields.ts'

/** The fields of latent attention, under the names that all its families share. */
export const latentFields = (config: ConfigReader, { hiddenSize }: Shape) => ({
  hiddenSize,
  heads: config.whole(fields.headCount),
  queryRank: config.wholeOr('q_lora_rank', null),
  latentWidth: config.whole('kv_lora_rank'),
  ropeHeadDim: config.whole('qk_rope_head_dim'),
  nopeHeadDim: config.whole('qk_nope_head_dim'),
  valueHeadDim: config.whole('v_head_dim'),
  bias: config.flag('attention_bias', false),
})

/** Latent attention in every layer, with an indexer in those that own one. */
function latent(config: ConfigReader, shape: Shape): (layer: number) => Mixer {
  const stated = latentFields(config, shape)
  const plain = latentAttention(stated)
  if (!config.has('index_n_heads')) return () => plain
  const indexed = latentAttention({
    ...stated,
    indexer: { heads: config.whole('index_n_heads'), headDim: config.whole('index_head_dim') },
  })
  if (!config.has('indexer_types')) return () => indexed
  const types = config.words('indexer_types', shape.layerCount)
  return (layer) => (types[layer] === undefined || types[layer] === 'full' ? indexed : plain)
}

const experts = (corrected: boolean) =>
  mixture({
    sparse: afterFirstDense,
    experts: (config) => ({
      correctionBias: corrected,
      sharedWidth: sharedWidthOf(config, config.whole(fields.expertWidth)),
    }),
  })

/** DeepSeek-V2 and what is built like it: latent attention over shared and routed experts. */
export const deepseek: readonly Family[] = [
  {
    modelTypes: ['deepseek_v2'],
    classes: ['DeepseekV2'],
    describe: decoder({ mixer: latent, feedForward: experts(false) }),
  },
  {
    modelTypes: ['deepseek_v3', 'deepseek_v32', 'kimi_k2', 'glm_moe_dsa', 'glm4_moe_lite'],
    classes: ['DeepseekV3', 'DeepseekV32', 'GlmMoeDsa', 'Glm4MoeLite'],
    describe: decoder({
      mixer: latent,
      feedForward: experts(true),
      predictionLayers: statedPredictionLayers,
    }),
  },
  {
    modelTypes: ['minicpm3'],
    classes: ['MiniCPM3'],
    // Its config leaves the width of the values out: it is what the heads leave of the hidden size.
    describe: (config, task) =>
      decoder({
        tied: true,
        mixer: (_, shape) => {
          const heads = config.whole(fields.headCount)
          return latent(config.orDefaults({ v_head_dim: headDimOf(config, shape.hiddenSize, heads) }), shape)
        },
      })(config, task),
  },
  {
    modelTypes: ['youtu', 'youtu_llm'],
    classes: ['Youtu', 'YoutuLLM'],
    describe: decoder({ tied: true, mixer: latent }),
  },
]
