import type { TensorGroup } from '../tensors.ts'

/** What llama.cpp's quantiser takes a tensor for, which decides its type. */
export type GgufCategory =
  | 'token embedding'
  | 'output'
  | 'query'
  | 'key'
  | 'value'
  | 'fused attention'
  | 'attention output'
  | 'gate'
  | 'up'
  | 'down'
  | 'other'

const byAttentionName: Readonly<Record<string, GgufCategory>> = {
  q_proj: 'query',
  k_proj: 'key',
  v_proj: 'value',
  kv_b_proj: 'value',
  o_proj: 'attention output',
  out_proj: 'attention output',
  dense: 'attention output',
  c_proj: 'attention output',
  wo: 'attention output',
  qkv_proj: 'fused attention',
  query_key_value: 'fused attention',
  c_attn: 'fused attention',
  Wqkv: 'fused attention',
  W_pack: 'fused attention',
  wqkv: 'fused attention',
}

const byFeedForwardName: Readonly<Record<string, GgufCategory>> = {
  gate_proj: 'gate',
  up_proj: 'up',
  gate_up_proj: 'up',
  down_proj: 'down',
  w1: 'gate',
  w2: 'up',
  c_fc: 'up',
  c_proj: 'down',
  'mlp.c_proj': 'down',
  fc1: 'up',
  fc2: 'down',
  fc_in: 'up',
  fc_out: 'down',
  dense_h_to_4h: 'up',
  dense_4h_to_h: 'down',
}

/** Experts named as Mixtral and DBRX do, where `w2` leads back down. */
const byExpertName: Readonly<Record<string, GgufCategory>> = {
  ...byFeedForwardName,
  w2: 'down',
  w3: 'up',
  v1: 'up',
}

/** Embeddings of places and of segments, which are never quantised. */
const positions = new Set(['wpe', 'embed_positions', 'position_embeddings', 'token_type_embeddings'])

/**
 * The category of a tensor that is quantised, or null for one that stays at 32 bits: norms, biases, routers,
 * convolutions, positions.
 *
 * @see ggml-org/llama.cpp, src/llama-quant.cpp @007dbbf3, tensor_get_category and tensor_allows_quantization
 */
export function categoryOf({ component, kind, name }: TensorGroup): GgufCategory | null {
  if (component === 'embedding') return positions.has(name) ? null : 'token embedding'
  if (kind !== 'linear' || component === 'router') return null
  switch (component) {
    case 'head':
      return 'output'
    case 'attention':
      return byAttentionName[name] ?? 'other'
    case 'feed-forward':
      return byFeedForwardName[name] ?? 'other'
    case 'experts':
    case 'shared-experts':
      return byExpertName[name] ?? 'other'
    default:
      return 'other'
  }
}

/** What the quantiser's rules ask of a model and of a layer. */
export interface Place {
  readonly layer: number
  readonly layerCount: number
  /** Query heads for each key-value head. */
  readonly groupSize: number
  readonly expertCount: number
  readonly isFalcon: boolean
  /** The shape of Llama 2 70B, whose values are kept finer. */
  readonly is70b: boolean
}

/**
 * Layers that get more bits: the first and the last eighth, and every third between.
 *
 * @see ggml-org/llama.cpp, src/llama-quant.cpp @007dbbf3, use_more_bits
 */
export const getsMoreBits = ({ layer, layerCount }: Place): boolean => {
  const eighth = Math.floor(layerCount / 8)
  return layer < eighth || layer >= Math.floor((7 * layerCount) / 8) || (layer - eighth) % 3 === 2
}

export const isInFirst = ({ layer, layerCount }: Place, part: number): boolean =>
  layer < Math.floor(layerCount / part)
