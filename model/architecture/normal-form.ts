/**
 * The normal form of an architecture: what every family's `config.json` says, in one vocabulary. A family states its
 * layers; each block states its facts (heads, cache, state) and its tensors together, so that a count, a cache and a
 * file size cannot disagree.
 */

/** What a tensor serves. The words of the `parameters` calculation. */
export const components = [
  'embedding',
  'head',
  'attention',
  'feed-forward',
  'experts',
  'shared-experts',
  'router',
  'norms',
  'recurrent',
  'indexer',
  'residual-streams',
  'pooler',
  'vision',
  'projector',
  'audio',
] as const
export type Component = (typeof components)[number]

/** Tensors of one form, without the layers that hold them. */
export interface Tensor {
  readonly component: Component
  /** Role in Hugging Face terms: `q_proj`, `down_proj`, `input_layernorm`; a bias is `q_proj.bias`. */
  readonly name: string
  readonly kind: 'linear' | 'embedding' | 'vector' | 'convolution' | 'buffer' | 'table'
  /** `[out_features, in_features]` of a linear; `[rows, width]` of an embedding. */
  readonly shape: readonly number[]
  /** How many a layer holds: the experts; 1 elsewhere. */
  readonly copies: number
  /** How many of them one token runs through. */
  readonly activeCopies: number
  /** False for buffers, integer tables, and a head that shares the embedding's numbers. */
  readonly learned: boolean
  /** False for a tied head that the file leaves out. */
  readonly stored: boolean
}

/** What one layer keeps of each token. */
export interface CacheEntry {
  readonly what: 'keys and values' | 'latent' | 'index keys' | 'compressed keys and values'
  /** Elements for each entry; keys and values together. */
  readonly elements: number
  /** Tokens that one entry stands for: 1, or the ratio of a compressed cache. */
  readonly tokensPerEntry: number
  /** The most recent tokens that are kept; null keeps all. */
  readonly window: number | null
  /** Heads that tensor parallelism can divide; 1 means that every rank holds a copy. */
  readonly heads: number
  /** Bits for each element where the engine fixes them; null follows the cache's precision. */
  readonly bits: number | null
  /** `image` or `encoder` where the tokens are not those of the sequence. */
  readonly tokens: 'sequence' | 'image' | 'encoder'
}

type MixerKind =
  | 'full'
  | 'sliding'
  | 'chunked'
  | 'mla'
  | 'compressed'
  | 'cross'
  | 'lightning'
  | 'delta-net'
  | 'kda'
  | 'mamba1'
  | 'mamba2'
  | 'convolution'

/** A block that mixes tokens: attention or a recurrence. */
export interface Mixer {
  readonly kind: MixerKind
  /** Query heads, or heads of the recurrence; 0 where there are none. */
  readonly heads: number
  readonly kvHeads: number
  /** Width of a head's query and key. */
  readonly headDim: number
  readonly valueHeadDim: number
  readonly window: number | null
  readonly cache: readonly CacheEntry[]
  /** Fixed elements for each sequence, whatever its length. */
  readonly stateElements: number
  readonly tensors: readonly Tensor[]
}

/** A block that works on each token alone. */
export interface FeedForward {
  readonly kind: 'gated' | 'plain' | 'experts'
  /** Width of the block, or of one expert. */
  readonly width: number
  /** 0 where the block has no routed experts. */
  readonly experts: number
  readonly expertsPerToken: number
  readonly tensors: readonly Tensor[]
}

export interface Layer {
  readonly mixers: readonly Mixer[]
  readonly feedForwards: readonly FeedForward[]
  /** Norms and other tensors that belong to no block. */
  readonly tensors: readonly Tensor[]
}

/** A part that the config does not describe, so that its tensors cannot be counted. */
export interface Omission {
  readonly part: 'multi-token-prediction' | 'vision' | 'audio' | 'attention'
  /** Whether the published files hold it. */
  readonly isStored: boolean
  /** What is left out and why, as a sentence. */
  readonly because: string
}

export interface Architecture {
  /** `model_type` of the text model. */
  readonly family: string
  readonly hiddenSize: number
  readonly vocabSize: number
  /** Longest sequence that the config states; null where it states none. */
  readonly maxContextTokens: number | null
  readonly tiedHead: boolean
  readonly layers: readonly Layer[]
  /** Layers of an encoder before the decoder (T5). */
  readonly encoderLayers: readonly Layer[]
  /** Layers that predict further tokens; most deployments leave them out. */
  readonly predictionLayers: readonly Layer[]
  /** Embedding, head, final norm and whatever else stands outside the layers. */
  readonly tensors: readonly Tensor[]
  /** Towers of vision and audio with their projectors: never part of "active" figures. */
  readonly towerTensors: readonly Tensor[]
  /** What the count leaves out; empty where nothing is. */
  readonly omissions: readonly Omission[]
}
