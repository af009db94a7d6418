import { type Experts, gated, mixtureOfExperts } from '../blocks/feed-forward.ts'
import { type ConfigReader, layerPlace, upToLayers } from '../config-reader.ts'
import type { Shape } from '../decoder.ts'
import * as fields from '../field-names.ts'
import type { FeedForward } from '../normal-form.ts'

/**
 * The number of experts and how many of them a token runs through. Neither has a default: an expert count without
 * its top-k would make every active figure a guess.
 */
export function expertsOf(config: ConfigReader): { experts: number; expertsPerToken: number } {
  const experts = config.whole(fields.expertCount, { most: 1e6 })
  return { experts, expertsPerToken: topKOf(config, experts) }
}

/** @throws InputProblem when the top-k is missing, or larger than the number of experts. */
function topKOf(config: ConfigReader, experts: number): number {
  const name = fields.expertsPerToken.find((candidate) => config.has(candidate))
  // A list of one number for each layer (Hunyuan); layers that differ are refused.
  const list = name === undefined ? undefined : config.raw(name)
  const expertsPerToken =
    name !== undefined && Array.isArray(list) ? sameOf(config, name) : config.whole(fields.expertsPerToken)
  if (expertsPerToken <= experts) return expertsPerToken
  throw config.problem(
    name ?? 'num_experts_per_tok',
    `: a token cannot run through ${expertsPerToken} of ${experts} experts; 1 to ${experts} is accepted.`,
  )
}

/** The one number that a list repeats, or the number itself. */
export function sameOf(config: ConfigReader, name: string): number {
  if (!Array.isArray(config.raw(name))) return config.whole(name)
  const list = config.wholes(name)
  const [first] = list
  if (first !== undefined && list.every((entry) => entry === first)) return first
  throw config.problem(
    name,
    ' states different numbers for different layers; one number for all is accepted here.',
  )
}

/** Shared experts of the routed experts' width, side by side. */
export const sharedWidthOf = (config: ConfigReader, width: number): number =>
  config.wholeOr(fields.sharedExpertCount, 0, { least: 0, most: 1e4 }) * width

interface Mixture {
  /** What sets the experts apart from gated ones with a bare router. */
  readonly experts?: (config: ConfigReader, shape: Shape) => Partial<Experts>
  /** Whether a layer has experts; the others are dense. */
  readonly sparse?: (config: ConfigReader, shape: Shape) => (layer: number) => boolean
  readonly width?: (config: ConfigReader) => number
  readonly denseWidth?: (config: ConfigReader) => number
}

/** A feed-forward block for each layer: experts, or dense where the layer has none. */
export const mixture =
  ({
    experts = () => ({}),
    sparse = () => () => true,
    width = (config) => config.whole(fields.expertWidth),
    denseWidth = (config) => config.whole(fields.feedForwardWidth),
  }: Mixture) =>
  (config: ConfigReader, shape: Shape): ((layer: number) => FeedForward) => {
    const { hiddenSize, layerCount } = shape
    const isSparse = sparse(config, shape)
    const layers = Array.from({ length: layerCount }, (_, layer) => isSparse(layer))
    const routed = mixtureOfExperts({
      hiddenSize,
      width: width(config),
      ...expertsOf(config),
      ...experts(config, shape),
    })
    if (layers.every(Boolean)) return () => routed
    const dense = gated({ hiddenSize, width: denseWidth(config) })
    return (layer) => (layers[layer] ? routed : dense)
  }

/** `first_k_dense_replace` dense layers, then experts in every `moe_layer_freq`-th; a list marks each layer. */
export const afterFirstDense = (
  config: ConfigReader,
  { layerCount }: Shape,
): ((layer: number) => boolean) => {
  const first = config.wholeOr(['first_k_dense_replace', 'num_dense_layers'], 0, upToLayers(layerCount))
  if (Array.isArray(config.raw('moe_layer_freq'))) {
    const marks = config.perLayer('moe_layer_freq', layerCount, { least: 0, most: 1 })
    return (layer) => marks[layer] === 1
  }
  const every = config.wholeOr('moe_layer_freq', 1)
  return (layer) => layer >= first && layer % every === 0
}

/** Experts in every `decoder_sparse_step`-th layer, save those that `mlp_only_layers` names. */
export const bySparseStep = (config: ConfigReader, { layerCount }: Shape): ((layer: number) => boolean) => {
  const step = config.wholeOr('decoder_sparse_step', 1)
  const dense = new Set(
    config.has('mlp_only_layers') ? config.wholes('mlp_only_layers', layerPlace(layerCount)) : [],
  )
  return (layer) => !dense.has(layer) && (layer + 1) % step === 0
}
