import { architectureOf } from '../architecture/architecture-of.ts'
import type { FeedForward, Layer, Mixer } from '../architecture/normal-form.ts'
import type { Weights } from '../facts.ts'

export const recomputations = ['none', 'selective', 'full'] as const
type Recomputation = (typeof recomputations)[number]

export interface Batch {
  readonly sequenceTokens: number
  readonly microBatch: number
  readonly recompute: Recomputation
}

const bytesOf16Bits = 2
/** Scores, softmax and dropout of one head for each pair of tokens. */
const bytesPerScore = 5
/** What the loss keeps of a logit: 16 bits, an fp32 copy and its gradient. */
const bytesPerLogit = 2 + 4 + 4

/**
 * Bytes of activations that the backward pass needs, for one micro-batch.
 *
 * Each block keeps the inputs of its products: queries, keys, values and what attention gives, with rotated copies
 * of queries and keys; gate, up, the activation and their product. RMSNorm computes in fp32 and keeps two copies,
 * LayerNorm its input. For GPT's shapes that is about the 34 × hidden of the literature. With full recomputation only
 * each layer's input is kept, and one layer at a time in full.
 *
 * @see Reducing Activation Recomputation in Large Transformer Models (2022), sections 4.1 and 5
 */
export function activationBytes(
  config: Weights['config'],
  { sequenceTokens, microBatch, recompute }: Batch,
): number {
  const { layers, encoderLayers, hiddenSize } = architectureOf(config)
  const tokens = sequenceTokens * microBatch
  const ofLayers = [...encoderLayers, ...layers].map(
    (layer) => tokens * bytesPerToken(layer, hiddenSize, recompute === 'none' ? sequenceTokens : 0),
  )
  if (recompute !== 'full') return ofLayers.reduce((sum, bytes) => sum + bytes, 0)
  return ofLayers.length * tokens * hiddenSize * bytesOf16Bits + Math.max(0, ...ofLayers)
}

/** Bytes of the logits of one micro-batch and of the loss over them. */
export const logitBytes = (config: Weights['config'], { sequenceTokens, microBatch }: Batch): number =>
  sequenceTokens * microBatch * architectureOf(config).vocabSize * bytesPerLogit

function bytesPerToken(layer: Layer, hiddenSize: number, scoredTokens: number): number {
  const mixers = layer.mixers.reduce((sum, mixer) => sum + mixerBytes(mixer, scoredTokens), 0)
  const feedForwards = layer.feedForwards.reduce((sum, block) => sum + feedForwardBytes(block), 0)
  return mixers + feedForwards + normBytes(layer, hiddenSize)
}

function mixerBytes(mixer: Mixer, scoredTokens: number): number {
  const { heads, kvHeads, headDim, valueHeadDim, cache } = mixer
  if (cache.length === 0 && heads * headDim === 0) return linearOutputs(mixer) * bytesOf16Bits
  const queriesAndKeys = (heads + kvHeads) * headDim
  const values = (heads + kvHeads) * valueHeadDim
  return (2 * queriesAndKeys + values) * bytesOf16Bits + bytesPerScore * heads * scoredTokens
}

const linearOutputs = ({ tensors }: Mixer): number =>
  tensors.filter(({ kind }) => kind === 'linear').reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0)

function feedForwardBytes({ kind, width, expertsPerToken, tensors }: FeedForward): number {
  const isGated =
    kind === 'gated' || (kind === 'experts' && tensors.some(({ name }) => name.startsWith('gate_proj')))
  const shared = tensors.find(({ component, name }) => component === 'shared-experts' && name === 'down_proj')
  const elements = width * (kind === 'experts' ? expertsPerToken : 1) + (shared?.shape[1] ?? 0)
  return elements * (isGated ? 4 : 2) * bytesOf16Bits
}

/** A norm with a bias is LayerNorm: input and output. RMSNorm: input and result in fp32, output at 16 bits. */
function normBytes({ tensors }: Layer, hiddenSize: number): number {
  const norms = tensors.filter(({ component, shape }) => component === 'norms' && shape[0] === hiddenSize)
  const biases = norms.filter(({ name }) => name.endsWith('.bias')).length
  const count = norms.length - biases
  return count * hiddenSize * (biases > 0 ? 2 * bytesOf16Bits : 4 + 4 + bytesOf16Bits)
}
