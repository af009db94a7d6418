import type { CacheEntry, Mixer, Tensor } from '../normal-form.ts'
import { linear, norm, vector } from './tensor.ts'

export interface LatentAttention {
  readonly hiddenSize: number
  readonly heads: number
  /** Rank of the query's projection; null projects it directly. */
  readonly queryRank: number | null
  /** Width of the latent that keys and values are made from. */
  readonly latentWidth: number
  readonly ropeHeadDim: number
  readonly nopeHeadDim: number
  readonly valueHeadDim: number
  readonly bias?: boolean
  /** Rows of a gate on the output, as wide as all heads. */
  readonly outputGate?: boolean
  readonly indexer?: Indexer | null
}

interface Indexer {
  readonly heads: number
  readonly headDim: number
}

/**
 * Multi-head latent attention: keys and values are projected up from one latent, which is all that is cached.
 *
 *   q hidden×p + p + p×heads×(n+r), or hidden×heads×(n+r) without a rank
 *   kv_a hidden×(c+r) + c, kv_b c×heads×(n+v), o heads×v×hidden
 *
 * The cache is c + r elements a token, the same on every tensor-parallel rank.
 *
 * @see DeepSeek-V2 (2024), section 2.1.2 and appendix C
 */
export function latentAttention({
  hiddenSize,
  heads,
  queryRank,
  latentWidth,
  ropeHeadDim,
  nopeHeadDim,
  valueHeadDim,
  bias = false,
  outputGate = false,
  indexer = null,
}: LatentAttention): Mixer {
  const component = 'attention'
  const headDim = nopeHeadDim + ropeHeadDim
  const query: Tensor[] =
    queryRank === null
      ? linear({ component, name: 'q_proj', out: heads * headDim, in: hiddenSize })
      : [
          ...linear({ component, name: 'q_a_proj', out: queryRank, in: hiddenSize, bias }),
          vector(component, 'q_a_layernorm', queryRank),
          ...linear({ component, name: 'q_b_proj', out: heads * headDim, in: queryRank }),
        ]
  const tensors = [
    ...query,
    ...linear({
      component,
      name: 'kv_a_proj_with_mqa',
      out: latentWidth + ropeHeadDim,
      in: hiddenSize,
      bias,
    }),
    vector(component, 'kv_a_layernorm', latentWidth),
    ...linear({ component, name: 'kv_b_proj', out: heads * (nopeHeadDim + valueHeadDim), in: latentWidth }),
    ...linear({ component, name: 'o_proj', out: hiddenSize, in: heads * valueHeadDim, bias }),
    ...(outputGate ? linear({ component, name: 'g_proj', out: heads * valueHeadDim, in: hiddenSize }) : []),
    ...(indexer ? indexerTensors({ ...indexer, hiddenSize, queryRank: queryRank ?? hiddenSize }) : []),
  ]
  const latent: CacheEntry = {
    what: 'latent',
    elements: latentWidth + ropeHeadDim,
    tokensPerEntry: 1,
    window: null,
    heads: 1,
    bits: null,
    tokens: 'sequence',
  }
  return {
    kind: 'mla',
    heads,
    kvHeads: 1,
    headDim,
    valueHeadDim,
    window: null,
    cache: indexer ? [latent, indexKeys(indexer.headDim)] : [latent],
    stateElements: 0,
    tensors,
  }
}

/** One small key a token, kept in 8 bits, by which a layer chooses the tokens it looks at. */
export const indexKeys = (width: number, tokensPerEntry = 1): CacheEntry => ({
  what: 'index keys',
  elements: width,
  tokensPerEntry,
  window: null,
  heads: 1,
  bits: 8,
  tokens: 'sequence',
})

/**
 * The lightning indexer of sparse attention: p×H×d + hidden×d + 2d + hidden×H.
 *
 * @see DeepSeek-V3.2 (2025), section 2.1
 */
const indexerTensors = ({
  heads,
  headDim,
  hiddenSize,
  queryRank,
}: Indexer & { hiddenSize: number; queryRank: number }): Tensor[] => {
  const component = 'indexer'
  return [
    ...linear({ component, name: 'indexer.wq_b', out: heads * headDim, in: queryRank }),
    ...linear({ component, name: 'indexer.wk', out: headDim, in: hiddenSize }),
    ...norm('indexer.k_norm', headDim, 'layer', component),
    ...linear({ component, name: 'indexer.weights_proj', out: heads, in: hiddenSize }),
  ]
}
