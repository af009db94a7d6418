import type { Source } from '../source.ts'

/** Bytes that one trained parameter takes, by what they hold. */
export interface OptimiserBytes {
  readonly weights: number
  readonly gradients: number
  /** Copy, momentum and variance. */
  readonly states: number
  readonly what: string
}

const zeroPaper: Source = {
  title: 'ZeRO, section 3.1: 2 + 2 + 12 bytes for each parameter with Adam in mixed precision (2019)',
  url: 'https://arxiv.org/abs/1910.02054',
}
const adam8Bit: Source = {
  title: '8-bit Optimizers via Block-wise Quantization: two states of one byte (2021)',
  url: 'https://arxiv.org/abs/2110.02861',
}

/** Optimisers, and what each keeps. */
export const optimisers = {
  'adam-mixed': {
    weights: 2,
    gradients: 2,
    states: 12,
    what: '16-bit weights and gradients, fp32 copy and moments',
  },
  'adam-mixed-fp32-gradients': { weights: 2, gradients: 4, states: 12, what: 'the same with fp32 gradients' },
  'adam-8bit': { weights: 2, gradients: 2, states: 6, what: 'fp32 copy, moments of one byte' },
  'adam-bf16': { weights: 2, gradients: 2, states: 4, what: 'all at 16 bits, no copy' },
  'adam-8bit-bf16': {
    weights: 2,
    gradients: 2,
    states: 2,
    what: '16-bit weights, moments of one byte, no copy',
  },
  'adam-8bit-in-backward': {
    weights: 2,
    gradients: 0,
    states: 2,
    what: 'the same, with each gradient used and freed in the backward pass',
  },
  'adam-8bit-paged': {
    weights: 2,
    gradients: 0,
    states: 0,
    what: 'the same, with the moments paged to the host',
  },
} as const satisfies Record<string, OptimiserBytes>

export type OptimiserId = keyof typeof optimisers
export const optimiserIds = Object.keys(optimisers) as [OptimiserId, ...OptimiserId[]]

export const optimiserSources = (id: OptimiserId): readonly Source[] =>
  id.startsWith('adam-8bit') ? [zeroPaper, adam8Bit] : [zeroPaper]

/**
 * Share of weights, gradients and states that one of `gpuCount` GPUs holds: stage 1 divides the states, stage 2 the
 * gradients too, stage 3 the weights as well.
 *
 * @see ZeRO (2019), section 5
 */
export const zeroShares = (stage: number, gpuCount: number) => ({
  states: stage >= 1 ? 1 / gpuCount : 1,
  gradients: stage >= 2 ? 1 / gpuCount : 1,
  weights: stage >= 3 ? 1 / gpuCount : 1,
})
