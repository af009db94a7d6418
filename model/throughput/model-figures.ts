import { type Architecture, architectureOf } from '../architecture/architecture-of.ts'
import type { CacheEntry, Component, Mixer } from '../architecture/normal-form.ts'
import type { Weights } from '../facts.ts'
import { invalid } from '../problem.ts'
import { elementsOf, tensorCountOf, tensorsOf } from '../tensors.ts'
import { BITS_PER_BYTE } from '../units.ts'

/**
 * How the model is built, as far as speed cares: experts decide which weights a step reads, and a latent cache is
 * one vector for all heads, so that tensor parallelism cannot divide it.
 */
type ModelKind = 'dense' | 'moe' | 'latent-moe'

/** The figures of one model that its speed and its memory follow from, at no precision yet. Computed once. */
export interface ModelFigures {
  readonly id: string | null
  readonly kind: ModelKind
  readonly layerCount: number
  readonly moeLayerCount: number
  readonly hiddenSize: number
  readonly vocabularySize: number
  /** Width of the widest feed-forward that one token passes: the activation peak follows it. */
  readonly feedForwardSize: number
  readonly queryHeadCount: number
  /** Key-value heads of the layer that has fewest: more tensor parallelism than that copies them. */
  readonly keyValueHeadCount: number
  /** Query heads × head size, summed over the layers that attend to the whole context. */
  readonly fullAttentionWidth: number
  /** The same in decode, where latent attention works on the cached latent itself and so on wider vectors. */
  readonly decodeAttentionWidth: number
  /** The same over the layers that attend to a window only. */
  readonly windowAttentionWidth: number
  readonly windowTokens: number
  /** Held in memory and multiplied by no token of a text: the embedding table, where it is not the head, and towers. */
  readonly idleParameterCount: number
  readonly headParameterCount: number
  /** Attention and recurrent blocks. */
  readonly attentionParameterCount: number
  /** Feed-forward that every token passes: dense layers and shared experts. */
  readonly feedForwardParameterCount: number
  /** Routers and norms, which stay at 16 bits everywhere. */
  readonly otherParameterCount: number
  readonly routedExpertParameterCount: number
  readonly expertCount: number
  readonly expertsPerToken: number
  /** Cached elements that one more token of a long sequence adds. */
  readonly fullCacheElementsPerToken: number
  /** Cached elements of one token in the layers that keep a window only. */
  readonly windowCacheElementsPerToken: number
  /** Recurrent state of one sequence, in elements; it does not grow. */
  readonly stateElements: number
  /** True where one cached vector serves all heads (multi-head latent attention). */
  readonly cacheIsLatent: boolean
  readonly contextLimitTokens: number | null
}

/** Parameters that multiply one token: everything but the embedding table, and `k` of the routed experts. */
export const parametersPerToken = (figures: ModelFigures): number =>
  figures.headParameterCount +
  figures.attentionParameterCount +
  figures.feedForwardParameterCount +
  figures.otherParameterCount +
  (figures.expertCount > 0
    ? (figures.routedExpertParameterCount * figures.expertsPerToken) / figures.expertCount
    : 0)

/** Cached elements of one sequence of so many tokens, recurrent state left out. */
export const cacheElements = (figures: ModelFigures, contextTokens: number): number =>
  figures.fullCacheElementsPerToken * contextTokens +
  figures.windowCacheElementsPerToken * Math.min(contextTokens, figures.windowTokens)

const attentionKinds: readonly Mixer['kind'][] = ['full', 'sliding', 'chunked', 'mla', 'compressed']
const windowKinds: readonly Mixer['kind'][] = ['sliding', 'chunked']
/** Elements whose bits the engine fixes are counted as so many 16-bit ones. */
const cacheElementBits = 2 * BITS_PER_BYTE

const cache = new WeakMap<Architecture, ModelFigures>()

/**
 * The figures of a raw `config.json`.
 *
 * @throws InputProblem for a family that is not known, and for a model that generates no text token by token.
 */
export function modelFigures(id: string | null, config: Weights['config']): ModelFigures {
  const architecture = architectureOf(config)
  const known = cache.get(architecture)
  if (known) return known
  const count = parameterCounter(config)
  const headParameterCount = count('head')
  if (headParameterCount === 0 || architecture.encoderLayers.length > 0) {
    throw invalid(
      'model',
      `model: ${id ?? architecture.family} is no decoder with a language-model head, so it has no speed in output tokens.`,
    )
  }
  const mixers = architecture.layers.flatMap((layer) => layer.mixers)
  const attending = mixers.filter((mixer) => attentionKinds.includes(mixer.kind))
  const experts = architecture.layers.flatMap((layer) =>
    layer.feedForwards.filter((block) => block.experts > 0),
  )
  const figures: ModelFigures = {
    id,
    kind:
      experts.length === 0 ? 'dense' : attending.some(({ kind }) => kind === 'mla') ? 'latent-moe' : 'moe',
    layerCount: architecture.layers.length,
    moeLayerCount: experts.length,
    hiddenSize: architecture.hiddenSize,
    vocabularySize: architecture.vocabSize,
    feedForwardSize: Math.max(
      0,
      ...architecture.layers.flatMap(({ feedForwards }) =>
        feedForwards.map((block) => block.width * Math.max(1, block.expertsPerToken)),
      ),
    ),
    queryHeadCount: fewest(attending.map(({ heads }) => heads)),
    ...attentionWidths(attending),
    idleParameterCount:
      (architecture.tiedHead ? 0 : count('embedding')) +
      count('vision') +
      count('projector') +
      count('audio'),
    headParameterCount,
    attentionParameterCount: count('attention') + count('recurrent') + count('indexer'),
    feedForwardParameterCount: count('feed-forward') + count('shared-experts'),
    otherParameterCount: count('router') + count('norms') + count('residual-streams'),
    routedExpertParameterCount: count('experts'),
    expertCount: experts[0]?.experts ?? 0,
    expertsPerToken: experts[0]?.expertsPerToken ?? 0,
    ...cacheOf(mixers),
    contextLimitTokens: architecture.maxContextTokens,
  }
  cache.set(architecture, figures)
  return figures
}

/** One where there are none: a purely recurrent model is not divided. */
const fewest = (counts: readonly number[]): number => (counts.length === 0 ? 1 : Math.min(...counts))

/** Parameters of a component, those of layers that predict further tokens left out: most deployments do so. */
function parameterCounter(config: Weights['config']): (component: Component) => number {
  const counts = new Map<Component, number>()
  for (const tensor of tensorsOf(config)) {
    if (tensor.part === 'multi-token-prediction' || tensor.kind === 'buffer') continue
    const elements = elementsOf(tensor) * tensorCountOf(tensor)
    counts.set(tensor.component, (counts.get(tensor.component) ?? 0) + elements)
  }
  return (component) => counts.get(component) ?? 0
}

/**
 * Width of a mixer that scores queries against the cached latent, with the projections of keys and values absorbed
 * into those of queries and outputs: heads × (2 × latent − rotary) / 2, for a latent with its rotary part in scores
 * and without it in values.
 */
function absorbedWidth({ kind, heads, headDim, valueHeadDim, cache }: Mixer): number | null {
  const latent = cache.find(({ what }) => what === 'latent')
  if (kind !== 'mla' || !latent) return null
  const rotary = headDim - valueHeadDim
  return (heads * (2 * latent.elements - rotary)) / 2
}

function attentionWidths(attending: readonly Mixer[]) {
  const widthOf = (mixer: Mixer) => (mixer.heads * (mixer.headDim + mixer.valueHeadDim)) / 2
  const windowed = attending.filter(({ kind }) => windowKinds.includes(kind))
  const full = attending.filter(({ kind }) => !windowKinds.includes(kind))
  const sum = (of: readonly Mixer[]) => of.reduce((total, mixer) => total + widthOf(mixer), 0)
  return {
    fullAttentionWidth: sum(full),
    decodeAttentionWidth: full.reduce((total, mixer) => total + (absorbedWidth(mixer) ?? widthOf(mixer)), 0),
    windowAttentionWidth: sum(windowed),
    windowTokens: Math.max(0, ...windowed.map(({ window }) => window ?? 0)),
  }
}

function cacheOf(mixers: readonly Mixer[]) {
  const entries = mixers.flatMap((mixer) => mixer.cache).filter(({ tokens }) => tokens === 'sequence')
  const perToken = ({ elements, tokensPerEntry, bits }: CacheEntry) =>
    (elements / tokensPerEntry) * ((bits ?? cacheElementBits) / cacheElementBits)
  const sum = (of: readonly CacheEntry[]) => of.reduce((total, entry) => total + perToken(entry), 0)
  return {
    fullCacheElementsPerToken: sum(entries.filter(({ window }) => window === null)),
    windowCacheElementsPerToken: sum(entries.filter(({ window }) => window !== null)),
    stateElements: mixers.reduce((total, mixer) => total + mixer.stateElements, 0),
    keyValueHeadCount: fewest(entries.map(({ heads }) => heads)),
    cacheIsLatent: entries.some(({ what }) => what === 'latent'),
  }
}
