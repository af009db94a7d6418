import { type Attention, attention } from './blocks/attention.ts'
import { gated } from './blocks/feed-forward.ts'
import { embedding, head, linear, type NormKind, norm } from './blocks/tensor.ts'
import { type ConfigReader, mostLayers } from './config-reader.ts'
import type { Task } from './family.ts'
import * as fields from './field-names.ts'
import type { Architecture, FeedForward, Layer, Mixer, Omission, Tensor } from './normal-form.ts'

/** What nearly every config states about a decoder. */
export interface Shape {
  readonly hiddenSize: number
  readonly layerCount: number
  readonly vocabSize: number
  readonly maxContextTokens: number | null
  readonly tiedHead: boolean
}

export interface Heads {
  readonly heads: number
  readonly kvHeads: number
  readonly headDim: number
}

const widest = 2 ** 24

export const shapeOf = (
  config: ConfigReader,
  { tied, layerCount }: { readonly tied: boolean; readonly layerCount?: number },
): Shape => ({
  hiddenSize: config.whole(fields.hiddenSize, { most: widest }),
  layerCount: layerCount ?? config.whole(fields.layerCount, { most: mostLayers }),
  vocabSize: config.whole(fields.vocabSize),
  maxContextTokens: maxContextOf(config),
  tiedHead: config.flag('tie_word_embeddings', tied),
})

export const maxContextOf = (config: ConfigReader): number | null =>
  config.firstWholeOr(fields.maxContext, null)

/**
 * Heads of a config. The width of a head is never assumed where it is stated: Qwen3, Gemma, Mistral-Nemo, gpt-oss
 * and others state one that is not hidden / heads.
 */
export function headsOf(config: ConfigReader, hiddenSize: number): Heads {
  const heads = config.whole(fields.headCount, { most: widest })
  const kvHeads = config.wholeOr(fields.kvHeadCount, heads, { most: widest })
  return { heads, kvHeads: dividing(config, heads, kvHeads), headDim: headDimOf(config, hiddenSize, heads) }
}

/**
 * Heads of a family that has only equal ones: as many for keys and values as for queries, hidden / heads wide.
 *
 * @throws InputProblem when the config states others.
 */
export function equalHeads(config: ConfigReader, hiddenSize: number): Heads {
  const heads = config.whole(fields.headCount, { most: widest })
  const kvHeads = config.optionalWhole(fields.kvHeadCount) ?? heads
  if (kvHeads !== heads) {
    const name = fields.kvHeadCount.find((candidate) => config.has(candidate)) ?? 'num_key_value_heads'
    throw config.problem(
      name,
      `: ${kvHeads} contradicts ${heads} attention heads; in this family each has its own key and value, so ${heads} is accepted.`,
    )
  }
  const width = divided(config, hiddenSize, heads)
  const headDim = config.optionalWhole(fields.headDim) ?? width
  if (headDim === width) return { heads, kvHeads, headDim }
  const name = fields.headDim.find((candidate) => config.has(candidate)) ?? 'head_dim'
  throw config.problem(
    name,
    `: ${headDim} contradicts the hidden size ${hiddenSize} over ${heads} heads; in this family heads are ${width} wide, which is accepted.`,
  )
}

/** @throws InputProblem when the key-value heads do not divide the query heads. */
export function dividing(
  config: ConfigReader,
  heads: number,
  kvHeads: number,
  names: readonly string[] = fields.kvHeadCount,
): number {
  if (kvHeads <= heads && heads % kvHeads === 0) return kvHeads
  const name = names.find((candidate) => config.has(candidate)) ?? 'num_key_value_heads'
  throw config.problem(
    name,
    `: ${kvHeads} key-value heads do not divide ${heads} attention heads; a divisor of ${heads} is accepted.`,
  )
}

export function headDimOf(config: ConfigReader, hiddenSize: number, heads: number): number {
  if (fields.headDim.some((candidate) => config.has(candidate))) {
    return config.whole(fields.headDim, { most: widest })
  }
  return config.wholeOr(fields.headDim, divided(config, hiddenSize, heads))
}

/** @throws InputProblem when the heads do not divide the hidden size. */
function divided(config: ConfigReader, hiddenSize: number, heads: number): number {
  if (hiddenSize % heads === 0) return hiddenSize / heads
  const name = fields.headCount.find((candidate) => config.has(candidate)) ?? 'num_attention_heads'
  throw config.problem(
    name,
    `: ${heads} heads do not divide the hidden size ${hiddenSize}; give head_dim, or a divisor of ${hiddenSize}.`,
  )
}

/** Blocks with equal arguments are one block, so that equal layers share their tensors. */
export function shared<Key, Block>(build: (key: Key) => Block): (key: Key) => Block {
  const built = new Map<string, Block>()
  return (key) => {
    const name = JSON.stringify(key)
    const known = built.get(name)
    if (known !== undefined) return known
    const block = build(key)
    built.set(name, block)
    return block
  }
}

interface Assembly {
  readonly config: ConfigReader
  readonly shape: Shape
  readonly task: Task
  readonly layers: readonly Layer[]
  readonly norm?: NormKind
  readonly headBias?: boolean
  /** Tensors outside the layers, beside embedding, final norm and head. */
  readonly extra?: readonly Tensor[]
  readonly predictionLayers?: readonly Layer[]
  readonly omissions?: readonly Omission[]
}

/** A decoder from its layers: embedding before them, final norm and head behind them. */
export function assemble({
  config,
  shape,
  task,
  layers,
  norm: kind = 'rms',
  headBias = false,
  extra = [],
  predictionLayers = [],
  omissions = [],
}: Assembly): Architecture {
  const { hiddenSize, vocabSize, maxContextTokens, tiedHead } = shape
  return {
    family: config.text('model_type') ?? 'unnamed',
    hiddenSize,
    vocabSize,
    maxContextTokens,
    tiedHead,
    layers,
    encoderLayers: [],
    predictionLayers,
    tensors: [
      embedding('embed_tokens', vocabSize, hiddenSize),
      ...extra,
      ...norm('norm', hiddenSize, kind),
      ...(task === 'embed' ? [] : head({ vocabSize, hiddenSize, tied: tiedHead, bias: headBias })),
    ],
    towerTensors: [],
    omissions,
  }
}

/** How one family of plain decoders differs from Llama. */
export interface Variation {
  /** Whether the head is the embedding where the config does not say. */
  readonly tied?: boolean
  readonly norm?: NormKind
  /** Norms of each layer; Llama has one before attention and one before the feed-forward block. */
  readonly norms?: readonly string[]
  /** Heads of the family; in Llama grouped, and as wide as the config says. */
  readonly heads?: (config: ConfigReader, hiddenSize: number) => Heads
  readonly attention?: (config: ConfigReader, shape: Shape & Heads) => Partial<Attention>
  readonly feedForward?: (config: ConfigReader, shape: Shape) => (layer: number) => FeedForward
  /** The window of each layer; null for a layer that sees all. */
  readonly windows?: (config: ConfigReader, shape: Shape) => readonly (number | null)[]
  readonly headBias?: (config: ConfigReader) => boolean
  readonly extra?: (config: ConfigReader, shape: Shape) => readonly Tensor[]
  /** Tensors of each layer beside its blocks and norms. */
  readonly layerExtra?: (config: ConfigReader, shape: Shape) => readonly Tensor[]
  /** The mixer of each layer, where it is not attention with grouped heads. */
  readonly mixer?: (config: ConfigReader, shape: Shape) => (layer: number) => Mixer
  /** Layers behind the last that predict further tokens: copies of the last, each with the norms and projection that join two streams. */
  readonly predictionLayers?: (config: ConfigReader) => number
  readonly omissions?: (config: ConfigReader) => readonly Omission[]
}

export const llamaNorms = ['input_layernorm', 'post_attention_layernorm'] as const

/** Grouped heads in each layer, all alike but for their windows. */
const groupedHeads =
  ({ heads: headsIn = headsOf, attention: vary = () => ({}), windows = allFull }: Variation) =>
  (config: ConfigReader, shape: Shape): ((layer: number) => Mixer) => {
    const { hiddenSize } = shape
    const heads = headsIn(config, hiddenSize)
    const varied = vary(config, { ...shape, ...heads })
    const mixer = shared((window: number | null) => attention({ hiddenSize, ...heads, window, ...varied }))
    const ofLayers = windows(config, shape)
    return (layer) => mixer(ofLayers[layer] ?? null)
  }

/** A family whose layers are a mixer and a feed-forward block. */
export const decoder =
  (variation: Variation) =>
  (config: ConfigReader, task: Task): Architecture => {
    const {
      tied = false,
      norm: kind = 'rms',
      norms = llamaNorms,
      feedForward = gatedOfWidth,
      mixer = groupedHeads(variation),
      predictionLayers = () => 0,
    } = variation
    const shape = shapeOf(config, { tied })
    const { hiddenSize, layerCount } = shape
    const mixerOf = mixer(config, shape)
    const feedForwardOf = feedForward(config, shape)
    const tensors = [
      ...norms.flatMap((name) => norm(name, hiddenSize, kind)),
      ...(variation.layerExtra?.(config, shape) ?? []),
    ]
    const layerAt = (layer: number): Layer => ({
      mixers: [mixerOf(layer)],
      feedForwards: [feedForwardOf(layer)],
      tensors,
    })
    const last = layerAt(layerCount - 1)
    const prediction = { ...last, tensors: [...tensors, ...joiningTensors(hiddenSize)] }
    return assemble({
      config,
      shape,
      task,
      layers: Array.from({ length: layerCount }, (_, layer) => layerAt(layer)),
      norm: kind,
      headBias: variation.headBias?.(config) ?? false,
      extra: variation.extra?.(config, shape) ?? [],
      predictionLayers: new Array<Layer>(predictionLayers(config)).fill(prediction),
      omissions: variation.omissions?.(config) ?? [],
    })
  }

const gatedOfWidth = (config: ConfigReader, { hiddenSize }: Shape): (() => FeedForward) => {
  const block = gated({ hiddenSize, width: config.whole(fields.feedForwardWidth) })
  return () => block
}

const allFull = (_config: ConfigReader, { layerCount }: Shape): (number | null)[] =>
  new Array<number | null>(layerCount).fill(null)

/**
 * What a layer that predicts a further token has beside a decoder layer: 2 × hidden² to join the hidden state with
 * the embedding of the next token, and three norms.
 *
 * @see DeepSeek-V3 Technical Report (2024), section 2.2, equation 21
 */
export const joiningTensors = (hiddenSize: number): Tensor[] => [
  ...linear({ component: 'feed-forward', name: 'eh_proj', out: hiddenSize, in: 2 * hiddenSize }),
  ...norm('enorm', hiddenSize),
  ...norm('hnorm', hiddenSize),
  ...norm('shared_head.norm', hiddenSize),
]

/** Layers that predict further tokens, under any of their names; most configs state none. */
export const statedPredictionLayers = (config: ConfigReader): number =>
  config.wholeOr(fields.predictionLayerCount, 0, { least: 0, most: 100 })
