import { architectureOf } from './architecture/architecture-of.ts'
import { ConfigReader } from './architecture/config-reader.ts'
import { sum, type Term } from './breakdown.ts'
import type { Weights } from './facts.ts'
import { parameterFigures } from './parameters.ts'
import { elementsOf, type TensorGroup, tensorCountOf, tensorsOf } from './tensors.ts'

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

/** Matrices that fp8 checkpoints convert; embedding, head, router and norms keep 16 or 32 bits. */
const converted = new Set<TensorGroup['component']>([
  'attention',
  'feed-forward',
  'experts',
  'shared-experts',
  'recurrent',
  'indexer',
])

/**
 * One scale for each block of a converted matrix: ⌈out / rows⌉ × ⌈in / columns⌉.
 *
 * @see DeepSeek-V3 Technical Report (2024), section 3.3.2
 */
function blockScales(config: Weights['config']): number {
  const reader = new ConfigReader(config)
  // DeepSeek-V4 packs its experts in 4 bits with scales of another layout, which its config does not state.
  if (reader.raw('model_type') === 'deepseek_v4') return 0
  const quantization = reader.nested('quantization_config')
  if (quantization?.raw('quant_method') !== 'fp8' || !quantization.has('weight_block_size')) return 0
  const [rows, columns] = quantization.wholes('weight_block_size')
  if (rows === undefined || columns === undefined) return 0
  return tensorsOf(config)
    .filter(({ kind, component, part }) => kind === 'linear' && part !== 'vision' && converted.has(component))
    .filter(({ name }) => !keptIn16Bits.has(name))
    .reduce((count, group) => {
      const [out = 0, input = 0] = group.shape
      return count + Math.ceil(out / rows) * Math.ceil(input / columns) * tensorCountOf(group)
    }, 0)
}

/** Matrices that published fp8 checkpoints leave alone within converted layers. */
export const keptIn16Bits = new Set(['eh_proj', 'indexer.weights_proj'])
