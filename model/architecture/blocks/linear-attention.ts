import type { Mixer } from '../normal-form.ts'
import { recurrent } from './mamba.ts'
import { convolution, linear, norm, vector } from './tensor.ts'

const component = 'recurrent'

export interface DeltaNet {
  readonly hiddenSize: number
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keyHeadDim: number
  readonly valueHeadDim: number
  readonly kernel: number
  /** Whether q, k, v and z lie in one matrix, and b and a in another. */
  readonly fused: boolean
}

/**
 * Gated DeltaNet, with K = keyHeads × keyHeadDim and W = valueHeads × valueHeadDim.
 *
 *   hidden×(2K + 2W) + 2×hidden×valueHeads + (2K + W)×k + 2×valueHeads + valueHeadDim + W×hidden
 *   state: valueHeads × keyHeadDim × valueHeadDim + (2K + W)×(k − 1) elements
 *
 * @see Gated Delta Networks (2024), section 3.3
 */
export function deltaNet({
  hiddenSize,
  keyHeads,
  valueHeads,
  keyHeadDim,
  valueHeadDim,
  kernel,
  fused,
}: DeltaNet): Mixer {
  const [keys, values] = [keyHeads * keyHeadDim, valueHeads * valueHeadDim]
  const channels = 2 * keys + values
  const from = (name: string, out: number) => linear({ component, name, out, in: hiddenSize })
  return recurrent(
    'delta-net',
    { heads: valueHeads, headDim: keyHeadDim, valueHeadDim },
    valueHeads * keyHeadDim * valueHeadDim + channels * (kernel - 1),
    [
      ...(fused
        ? [...from('in_proj_qkvz', channels + values), ...from('in_proj_ba', 2 * valueHeads)]
        : [
            ...from('in_proj_qkv', channels),
            ...from('in_proj_z', values),
            ...from('in_proj_b', valueHeads),
            ...from('in_proj_a', valueHeads),
          ]),
      convolution(component, 'conv1d', [channels, 1, kernel]),
      vector(component, 'dt_bias', valueHeads),
      vector(component, 'A_log', valueHeads),
      ...norm('linear_attn.norm', valueHeadDim, 'rms', component),
      ...linear({ component, name: 'out_proj', out: hiddenSize, in: values }),
    ],
  )
}

/**
 * Kimi delta attention, with P = heads × headDim.
 *
 *   3hP + 3P×k + heads + h×d + d×P + P + h×heads + gate (h×d + d×P, or h×P) + d + P×h
 *   state: heads × d² + 3P×(k − 1) elements
 *
 * @see Kimi Linear (2025), section 3.1
 */
export function kimiDeltaAttention({
  hiddenSize,
  heads,
  headDim,
  kernel,
  fullRankGate,
}: {
  hiddenSize: number
  heads: number
  headDim: number
  kernel: number
  fullRankGate: boolean
}): Mixer {
  const width = heads * headDim
  const project = (name: string, out: number, input: number) => linear({ component, name, out, in: input })
  return recurrent('kda', { heads, headDim }, heads * headDim ** 2 + 3 * width * (kernel - 1), [
    ...['q', 'k', 'v'].flatMap((letter) => [
      ...project(`${letter}_proj`, width, hiddenSize),
      convolution(component, `${letter}_conv1d`, [width, 1, kernel]),
    ]),
    vector(component, 'A_log', heads),
    ...project('f_a_proj', headDim, hiddenSize),
    ...project('f_b_proj', width, headDim),
    vector(component, 'dt_bias', width),
    ...project('b_proj', heads, hiddenSize),
    ...(fullRankGate
      ? project('g_proj', width, hiddenSize)
      : [...project('g_a_proj', headDim, hiddenSize), ...project('g_b_proj', width, headDim)]),
    ...norm('o_norm', headDim, 'rms', component),
    ...project('o_proj', hiddenSize, width),
  ])
}

/**
 * Lightning attention, with Q = heads × headDim: 3hQ for q, k and v, an output gate hQ, the output Qh and a norm Q;
 * the state is heads × headDim².
 *
 * @see MiniMax-01 (2025), section 2.2
 */
export function lightningAttention({
  hiddenSize,
  heads,
  headDim,
}: {
  hiddenSize: number
  heads: number
  headDim: number
}): Mixer {
  const width = heads * headDim
  return recurrent('lightning', { heads, headDim }, heads * headDim ** 2, [
    ...linear({ component, name: 'qkv_proj', out: 3 * width, in: hiddenSize }),
    ...linear({ component, name: 'output_gate', out: width, in: hiddenSize }),
    ...linear({ component, name: 'out_proj', out: hiddenSize, in: width }),
    ...norm('linear_attn.norm', width, 'rms', component),
  ])
}
