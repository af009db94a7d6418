import { attention } from '../blocks/attention.ts'
import { deltaNet } from '../blocks/linear-attention.ts'
import type { ConfigReader } from '../config-reader.ts'
import { decoder, headsOf, type Shape, statedPredictionLayers } from '../decoder.ts'
import type { Family } from '../family.ts'
import type { Mixer } from '../normal-form.ts'
import { bySparseStep, mixture } from './mixture-fields.ts'

const gatedAttentionOrDelta =
  (fused: boolean) =>
  (config: ConfigReader, { hiddenSize, layerCount }: Shape): ((layer: number) => Mixer) => {
    const full = attention({
      hiddenSize,
      ...headsOf(config, hiddenSize),
      bias: config.flag('attention_bias', false) ? 'all' : 'none',
      qkNorm: 'per-head',
      gate: 'in q_proj',
    })
    const recurrent = deltaNet({
      hiddenSize,
      keyHeads: config.whole('linear_num_key_heads'),
      valueHeads: config.whole('linear_num_value_heads'),
      keyHeadDim: config.whole('linear_key_head_dim'),
      valueHeadDim: config.whole('linear_value_head_dim'),
      kernel: config.whole('linear_conv_kernel_dim'),
      fused,
    })
    if (config.has('layer_types')) {
      const words = config.words('layer_types', layerCount)
      words.forEach((word, layer) => {
        if (word === 'full_attention' || word === 'linear_attention') return
        throw config.problem(
          `layer_types.${layer}`,
          `: ${JSON.stringify(word)} is not accepted here; full_attention or linear_attention is.`,
        )
      })
      return (layer) => (words[layer] === 'full_attention' ? full : recurrent)
    }
    const every = config.whole('full_attention_interval')
    return (layer) => ((layer + 1) % every === 0 ? full : recurrent)
  }

const experts = mixture({
  sparse: bySparseStep,
  experts: (config) => ({ sharedWidth: config.whole('shared_expert_intermediate_size'), sharedGate: true }),
})

/** Qwen from Next on: three layers of gated DeltaNet, then one of gated attention. */
export const qwenHybrid: readonly Family[] = [
  {
    modelTypes: ['qwen3_next'],
    classes: ['Qwen3Next'],
    // Its checkpoints hold one layer that predicts a further token, though the config has no field for it.
    describe: decoder({
      mixer: gatedAttentionOrDelta(true),
      feedForward: experts,
      predictionLayers: () => 1,
    }),
  },
  {
    modelTypes: ['qwen3_5_text'],
    classes: ['Qwen3_5'],
    describe: decoder({ mixer: gatedAttentionOrDelta(false), predictionLayers: statedPredictionLayers }),
  },
  {
    modelTypes: ['qwen3_5_moe_text'],
    classes: ['Qwen3_5Moe'],
    describe: decoder({
      mixer: gatedAttentionOrDelta(false),
      feedForward: experts,
      predictionLayers: statedPredictionLayers,
    }),
  },
]
