import type { CacheEntry, Mixer, Tensor } from '../normal-form.ts'
import { linear, vector } from './tensor.ts'

interface AttentionShape {
  readonly hiddenSize: number
  readonly heads: number
  readonly kvHeads: number
  readonly headDim: number
  readonly valueHeadDim?: number
}

export interface Attention extends AttentionShape {
  /** Biases: none, on q, k and v, on the output as well, or on each as named. */
  readonly bias?: 'none' | 'qkv' | 'all'
  /** Norms of queries and keys: one head's width shared by all, or the full width of all heads. */
  readonly qkNorm?: 'none' | 'per-head' | 'full'
  /** Most recent tokens seen; null sees all. */
  readonly window?: number | null
  /** The window is a fixed chunk, not one that slides. */
  readonly chunked?: boolean
  /** One learned logit a head that takes what attention is left over. */
  readonly sinks?: boolean
  /** An output gate: twice the query's rows, or a projection of its own. */
  readonly gate?: 'none' | 'in q_proj' | 'own'
  /** Keys and values come from another layer; this one stores and projects none. */
  readonly sharedKv?: boolean
  /** One matrix for q, k and v under this name. */
  readonly fused?: string | null
  readonly names?: readonly [string, string, string, string]
  /** The value is the key: no v_proj, though both are cached. */
  readonly valueIsKey?: boolean
  /** False for encoders, which keep nothing. */
  readonly cached?: boolean
}

/**
 * Attention with any number of key-value heads: MHA, GQA, MQA.
 *
 *   q hidden×heads×d, k and v hidden×kvHeads×d each, o heads×d×hidden
 */
export function attention({
  hiddenSize,
  heads,
  kvHeads,
  headDim,
  valueHeadDim = headDim,
  bias = 'none',
  qkNorm = 'none',
  window = null,
  chunked = false,
  sinks = false,
  gate = 'none',
  sharedKv = false,
  fused = null,
  names: [q, k, v, o] = ['q_proj', 'k_proj', 'v_proj', 'o_proj'],
  valueIsKey = false,
  cached = true,
}: Attention): Mixer {
  const component = 'attention'
  const queryRows = heads * headDim * (gate === 'in q_proj' ? 2 : 1)
  const [keyRows, valueRows] = [kvHeads * headDim, kvHeads * valueHeadDim]
  const withBias = bias !== 'none'
  const projections = (): Tensor[] => {
    const query = linear({ component, name: q, out: queryRows, in: hiddenSize, bias: withBias })
    if (sharedKv) return query
    if (fused !== null) {
      const out = queryRows + keyRows + (valueIsKey ? 0 : valueRows)
      return linear({ component, name: fused, out, in: hiddenSize, bias: withBias })
    }
    return [
      ...query,
      ...linear({ component, name: k, out: keyRows, in: hiddenSize, bias: withBias }),
      ...(valueIsKey ? [] : linear({ component, name: v, out: valueRows, in: hiddenSize, bias: withBias })),
    ]
  }
  const outputRows = heads * valueHeadDim
  const tensors = [
    ...projections(),
    ...linear({ component, name: o, out: hiddenSize, in: outputRows, bias: bias === 'all' }),
    ...(gate === 'own' ? linear({ component, name: 'gate_proj', out: outputRows, in: hiddenSize }) : []),
    ...queryKeyNorms({ qkNorm, heads, kvHeads, headDim, sharedKv }),
    ...(sinks ? [vector(component, 'sinks', heads)] : []),
  ]
  return {
    kind: window === null ? 'full' : chunked ? 'chunked' : 'sliding',
    heads,
    kvHeads,
    headDim,
    valueHeadDim,
    window,
    cache: cached && !sharedKv ? [keysAndValues({ kvHeads, headDim, valueHeadDim, window })] : [],
    stateElements: 0,
    tensors,
  }
}

const queryKeyNorms = ({
  qkNorm,
  heads,
  kvHeads,
  headDim,
  sharedKv,
}: Required<Pick<Attention, 'qkNorm' | 'heads' | 'kvHeads' | 'headDim' | 'sharedKv'>>): Tensor[] => {
  if (qkNorm === 'none') return []
  const full = qkNorm === 'full'
  return [
    vector('attention', 'q_norm', full ? heads * headDim : headDim),
    ...(sharedKv ? [] : [vector('attention', 'k_norm', full ? kvHeads * headDim : headDim)]),
  ]
}

/** `kvHeads × (d + v)` elements a token, all of them or those of the window. */
export const keysAndValues = ({
  kvHeads,
  headDim,
  valueHeadDim = headDim,
  window = null,
  tokens = 'sequence',
}: {
  kvHeads: number
  headDim: number
  valueHeadDim?: number
  window?: number | null
  tokens?: CacheEntry['tokens']
}): CacheEntry => ({
  what: 'keys and values',
  elements: kvHeads * (headDim + valueHeadDim),
  tokensPerEntry: 1,
  window,
  heads: kvHeads,
  bits: null,
  tokens,
})
