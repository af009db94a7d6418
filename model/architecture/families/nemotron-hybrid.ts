import { quote } from '../../problem.ts'
import { attention } from '../blocks/attention.ts'
import { mixtureOfExperts, plain } from '../blocks/feed-forward.ts'
import { mamba2 } from '../blocks/mamba.ts'
import { linear, norm } from '../blocks/tensor.ts'
import { type ConfigReader, mostLayers } from '../config-reader.ts'
import { assemble, headsOf, type Shape, shapeOf, statedPredictionLayers } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { FeedForward, Layer } from '../normal-form.ts'
import { expertsOf } from './mixture-fields.ts'

/** Nemotron-H and Nemotron 3: each layer is one block, by a letter: M Mamba-2, * attention, E experts, - dense. */
export const nemotronHybrid: readonly Family[] = [
  {
    modelTypes: ['nemotron_h'],
    classes: ['NemotronH'],
    describe: (config, task) => {
      const letters = lettersOf(config)
      const shape = shapeOf(config, { tied: false, layerCount: letters.length })
      const blocks = blocksOf(config, shape, letters)
      const layers = letters.map((letter) => blocks[letter])
      const { hiddenSize } = shape
      const prediction = statedPredictionLayers(config)
      return assemble({
        config,
        shape,
        task,
        layers,
        predictionLayers:
          prediction > 0 ? new Array<Layer>(prediction).fill(predictionLayer(blocks, hiddenSize)) : [],
      })
    },
  },
]

type Letter = 'M' | '*' | 'E' | '-'
type Blocks = Record<Letter, Layer>

const wordOf: Readonly<Record<string, Letter>> = { mamba: 'M', attention: '*', moe: 'E', mlp: '-' }

/** The letter of each layer; `num_hidden_layers` may be left out, but not contradict it. */
function lettersOf(config: ConfigReader): Letter[] {
  const stated = config.optionalWhole(fields.layerCount, { most: mostLayers })
  if (config.has('layers_block_type')) {
    return config.words('layers_block_type', stated).map((word, layer) => {
      const letter = Object.hasOwn(wordOf, word) ? wordOf[word] : undefined
      if (letter) return letter
      throw config.problem(
        `layers_block_type.${layer}`,
        `: ${quote(word)} is not accepted; accepted: ${Object.keys(wordOf).join(', ')}.`,
      )
    })
  }
  const pattern = config.text('hybrid_override_pattern')
  if (pattern === undefined) {
    throw config.problem(
      'hybrid_override_pattern',
      ' is missing; it names the block of each layer by M, *, E or -.',
    )
  }
  const expected = stated ?? Math.min(pattern.length, mostLayers)
  if (pattern.length !== expected || !/^[M*E-]+$/.test(pattern)) {
    throw config.problem(
      'hybrid_override_pattern',
      ` must be ${expected} letters, one for each layer, each of M, *, E or -; it has ${pattern.length}.`,
    )
  }
  return [...pattern].map((letter) => (letter === 'M' || letter === '*' || letter === 'E' ? letter : '-'))
}

/** The one layer that each letter stands for; only those that occur need their fields. */
function blocksOf(config: ConfigReader, { hiddenSize }: Shape, letters: readonly Letter[]): Blocks {
  const used = new Set(letters)
  const tensors = norm('norm', hiddenSize)
  const empty: Layer = { mixers: [], feedForwards: [], tensors }
  const bias = config.flag('mlp_bias', false)
  return {
    M: !used.has('M')
      ? empty
      : {
          ...empty,
          mixers: [
            mamba2({
              hiddenSize,
              heads: config.whole('mamba_num_heads'),
              headDim: config.whole('mamba_head_dim'),
              groups: config.whole('n_groups'),
              stateSize: config.whole('ssm_state_size'),
              kernel: config.whole('conv_kernel'),
              bias: config.flag('use_bias', false),
              convolutionBias: config.flag('use_conv_bias', true),
              gatedNorm: true,
            }),
          ],
        },
    '*': {
      ...empty,
      mixers: [
        attention({
          hiddenSize,
          ...headsOf(config, hiddenSize),
          bias: config.flag('attention_bias', false) ? 'all' : 'none',
        }),
      ],
    },
    E: used.has('E') ? { ...empty, feedForwards: [experts(config, hiddenSize)] } : empty,
    '-': used.has('-')
      ? {
          ...empty,
          feedForwards: [plain({ hiddenSize, width: config.whole(fields.feedForwardWidth), bias })],
        }
      : empty,
  }
}

/** Experts without a gate, which may work in a narrower space. */
function experts(config: ConfigReader, hiddenSize: number): FeedForward {
  const sharedCount = config.wholeOr(fields.sharedExpertCount, 0, { least: 0, most: 1e4 })
  return mixtureOfExperts({
    hiddenSize,
    width: config.whole(fields.expertWidth),
    ...expertsOf(config),
    gate: false,
    correctionBias: true,
    sharedWidth: sharedCount > 0 ? sharedCount * config.whole('moe_shared_expert_intermediate_size') : 0,
    latentWidth: config.wholeOr('moe_latent_size', null),
  })
}

/** Attention and experts behind one another, with 2 × hidden² that join two streams and five norms in all. */
const predictionLayer = (blocks: Blocks, hiddenSize: number): Layer => ({
  mixers: blocks['*'].mixers,
  feedForwards: blocks.E.feedForwards,
  tensors: [
    ...blocks['*'].tensors,
    ...norm('moe_norm', hiddenSize),
    ...linear({ component: 'feed-forward', name: 'eh_proj', out: hiddenSize, in: 2 * hiddenSize }),
    ...norm('enorm', hiddenSize),
    ...norm('hnorm', hiddenSize),
    ...norm('final_layernorm', hiddenSize),
  ],
})
