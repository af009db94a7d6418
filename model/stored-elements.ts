import { architectureOf } from './architecture/architecture-of.ts'
import { ConfigReader } from './architecture/config-reader.ts'
import { sum, type Term } from './breakdown.ts'
import type { Assumption } from './calculation.ts'
import { isKeptOut, isQuantisable } from './checkpoint/quantisable.ts'
import { keptModules } from './checkpoint/quantisation-config.ts'
import type { Weights } from './facts.ts'
import { parameterFigures } from './parameters.ts'
import { quote } from './problem.ts'
import { elementsOf, type TensorGroup, tensorCountOf, tensorsOf } from './tensors.ts'

const keyShards = 4

/** What files hold beside the parameters. */
export interface StoredExtra {
  readonly name: string
  readonly elements: number
  /** Null where it lies in the format of what is not quantised. */
  readonly format: 'fp32' | 'int64' | 'bool' | null
}

/**
 * What publishers' files hold beside the parameters, by the names that a record of weights lists in `alsoStored`.
 * No config says so: it is known from the files.
 */
export const storedExtras: Readonly<Record<string, (config: Weights['config']) => StoredExtra>> = {
  'tied-head': (config) => ({
    name: 'the head, stored though tied',
    elements: vocabularyElements(config),
    format: null,
  }),
  // As fp32 in openai-community/gpt2, 548,090,880 bytes in all; a truth value each in GPT-NeoX.
  'causal-masks': (config) => {
    const { family, layers, maxContextTokens } = architectureOf(config)
    return {
      name: 'causal masks, one square of the context a layer',
      elements: layers.length * (maxContextTokens ?? 0) ** 2,
      format: family === 'gpt_neox' ? 'bool' : 'fp32',
    }
  },
  'rotary-frequencies': (config) => {
    const { layers } = architectureOf(config)
    const reader = new ConfigReader(config)
    const share = reader.number('rotary_pct', reader.number('partial_rotary_factor', 1))
    const perLayer = ((layers[0]?.mixers[0]?.headDim ?? 0) * share) / 2
    return {
      name: 'inverse rotary frequencies, half a head a layer',
      elements: layers.length * perLayer,
      format: null,
    }
  },
  // The files keep tensors as four ranks of tensor parallelism wrote them, each with blocks of its own:
  // NVIDIA-NeMo/Automodel nemo_automodel/components/models/mimo_v2_flash/state_dict_adapter.py @035f0c0b.
  'sharded-key-scales': (config) => {
    const block = blockOf(config)
    const { hiddenSize, layers } = architectureOf(config)
    const scales = layers.flatMap(({ mixers }) =>
      mixers.map(({ kvHeads, headDim }) => {
        const rows = (out: number) => (block ? blocksOf({ out, in: hiddenSize }, block) : 0)
        return keyShards * rows((kvHeads * headDim) / keyShards) - rows(kvHeads * headDim)
      }),
    )
    return {
      name: 'scales of keys that lie in four shards',
      elements: scales.reduce((sum, count) => sum + count, 0),
      format: 'fp32',
    }
  },
  'shared-layer-keys': (config) => {
    const { hiddenSize, layers } = architectureOf(config)
    const reusing = layers.flatMap(({ mixers }) => mixers).filter(({ cache }) => cache.length === 0)
    return {
      name: 'keys and values of layers that reuse those of others',
      elements: reusing.reduce(
        (sum, { kvHeads, headDim, valueHeadDim }) => sum + hiddenSize * kvHeads * (headDim + valueHeadDim),
        0,
      ),
      format: null,
    }
  },
  // BertForPreTraining: a pooler, and whether the second sentence follows the first, both with biases.
  'pre-training-heads': (config) => {
    const { hiddenSize } = architectureOf(config)
    return {
      name: 'a pooler and the head of the next sentence',
      elements: (hiddenSize + 1) * (hiddenSize + 2),
      format: null,
    }
  },
  'position-ids': (config) => ({
    name: 'position ids',
    elements: architectureOf(config).maxContextTokens ?? 0,
    format: 'int64',
  }),
  'prediction-embedding': (config) => ({
    name: 'a copy of the embedding beside the layers that predict further tokens',
    elements: vocabularyElements(config),
    format: null,
  }),
  'prediction-head': (config) => ({
    name: 'a copy of the head beside the layers that predict further tokens',
    elements: vocabularyElements(config),
    format: null,
  }),
}

/** Said of a pasted config, to which no files are known. */
export const filesUnknown: Assumption = {
  field: 'alsoStored',
  value: null,
  unit: null,
  because:
    'What the files hold beside parameters, buffers and fp8 scales, such as a second copy of the embedding, is known only from the files: nothing more is counted.',
}

/** The extras of a record's `alsoStored`. */
export const extrasOf = (config: Weights['config'], alsoStored: readonly string[]): StoredExtra[] =>
  alsoStored.flatMap((name) => storedExtras[name]?.(config) ?? [])

const elements = (name: string, value: number): Omit<Term, 'operator'> => ({ name, value, unit: 'element' })

const vocabularyElements = (config: Weights['config']): number => {
  const { vocabSize, hiddenSize } = architectureOf(config)
  return vocabSize * hiddenSize
}

/**
 * Elements of the tensors that the files hold, as a sum: parameters, the layers that predict further tokens, tables
 * and buffers, scales of fp8 blocks, and what the publisher's files are known to hold beside them.
 */
export function storedElements(
  config: Weights['config'],
  alsoStored: readonly string[],
): readonly [Term, ...Term[]] {
  const { unique, multiTokenPrediction } = parameterFigures(config)
  const unlearned = total(tensorsOf(config).filter(({ learned, stored }) => stored && !learned))
  const parameters: Term = { ...elements('unique parameters', unique), operator: 'add' }
  const others = [
    elements('layers that predict further tokens', multiTokenPrediction),
    elements('tables and buffers', unlearned),
    elements('scales of fp8 blocks', blockScales(config)),
    ...extrasOf(config, alsoStored).map((extra) => elements(extra.name, extra.elements)),
  ]
  return [parameters, ...sum(...others.filter(({ value }) => value > 0))]
}

const total = (groups: readonly TensorGroup[]): number =>
  groups.reduce((count, group) => count + elementsOf(group) * tensorCountOf(group), 0)

/**
 * One scale for each block of a converted matrix: ⌈out / rows⌉ × ⌈in / columns⌉.
 *
 * @see DeepSeek-V3 Technical Report (2024), section 3.3.2
 */
function blockScales(config: Weights['config']): number {
  const block = blockOf(config)
  if (!block) return 0
  const kept = keptModules(config)
  return tensorsOf(config)
    .filter(isQuantisable)
    .reduce((count, group) => {
      const [out = 0, input = 0] = group.shape
      const layers = (group.layers.length === 0 ? [0] : group.layers).filter(
        (layer) => !isKeptOut(group, layer, kept),
      )
      return count + blocksOf({ out, in: input }, block) * group.copies * layers.length
    }, 0)
}

interface Block {
  readonly rows: number
  readonly columns: number
}

const blocksOf = (shape: { out: number; in: number }, { rows, columns }: Block): number =>
  Math.ceil(shape.out / rows) * Math.ceil(shape.in / columns)

/** The block of fp8 weights that has a scale of its own; null where scales lie otherwise. */
function blockOf(config: Weights['config']): Block | null {
  const reader = new ConfigReader(config)
  // DeepSeek-V4 packs its experts in 4 bits with scales of another layout, which its config does not state.
  if (reader.raw('model_type') === 'deepseek_v4') return null
  const quantization = reader.nested('quantization_config')
  if (quantization?.raw('quant_method') !== 'fp8' || !quantization.has('weight_block_size')) return null
  const [rows, columns, ...more] = quantization.wholes('weight_block_size')
  if (rows !== undefined && columns !== undefined && more.length === 0) return { rows, columns }
  throw quantization.problem(
    'weight_block_size',
    `: ${quote(quantization.raw('weight_block_size'))} is not accepted; it must be the rows and the columns of a block, such as [128,128].`,
  )
}
