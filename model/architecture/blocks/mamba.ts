import type { Mixer, Tensor } from '../normal-form.ts'
import { convolution, linear, norm, vector } from './tensor.ts'

const component = 'recurrent'

/** A mixer that keeps one state of fixed size for each sequence, and no cache. */
export const recurrent = (
  kind: Mixer['kind'],
  { heads, headDim, valueHeadDim = headDim }: { heads: number; headDim: number; valueHeadDim?: number },
  stateElements: number,
  tensors: readonly Tensor[],
): Mixer => ({
  kind,
  heads,
  kvHeads: 0,
  headDim,
  valueHeadDim,
  window: null,
  cache: [],
  stateElements,
  tensors,
})

export interface Mamba1 {
  readonly hiddenSize: number
  readonly innerSize: number
  readonly stateSize: number
  readonly kernel: number
  readonly stepRank: number
  readonly bias: boolean
  readonly convolutionBias: boolean
  /** Norms on step, B and C, as Jamba has them. */
  readonly norms: boolean
}

/**
 * Selective state space, first form.
 *
 *   hidden×2i + i×k + i + i×(R+2N) + R×i + i + i×N + i + i×hidden; the state is i×(N + k − 1) elements
 *
 * @see Mamba (2023), section 3.4 and figure 3
 */
export function mamba1({
  hiddenSize,
  innerSize,
  stateSize,
  kernel,
  stepRank,
  bias,
  convolutionBias,
  norms,
}: Mamba1): Mixer {
  return recurrent('mamba1', { heads: 0, headDim: 0 }, innerSize * (stateSize + kernel - 1), [
    ...linear({ component, name: 'in_proj', out: 2 * innerSize, in: hiddenSize, bias }),
    convolution(component, 'conv1d', [innerSize, 1, kernel]),
    ...(convolutionBias ? [vector(component, 'conv1d.bias', innerSize)] : []),
    ...linear({ component, name: 'x_proj', out: stepRank + 2 * stateSize, in: innerSize }),
    ...linear({ component, name: 'dt_proj', out: innerSize, in: stepRank, bias: true }),
    { ...vector(component, 'A_log', innerSize), shape: [innerSize, stateSize] },
    vector(component, 'D', innerSize),
    ...linear({ component, name: 'out_proj', out: hiddenSize, in: innerSize, bias }),
    ...(norms
      ? [
          ...norm('dt_layernorm', stepRank, 'rms', component),
          ...norm('b_layernorm', stateSize, 'rms', component),
          ...norm('c_layernorm', stateSize, 'rms', component),
        ]
      : []),
  ])
}

export interface Mamba2 {
  readonly hiddenSize: number
  readonly heads: number
  readonly headDim: number
  readonly groups: number
  readonly stateSize: number
  readonly kernel: number
  readonly bias: boolean
  readonly convolutionBias: boolean
  /** The gated norm before the output, absent in Falcon-H1. */
  readonly gatedNorm: boolean
}

/**
 * Selective state space, second form, with i = heads × headDim.
 *
 *   hidden×(2i + 2GN + H) + (i + 2GN)×(k + 1) + 3H + i + i×hidden; the state is i×N + (i + 2GN)×(k − 1) elements
 *
 * @see Transformers are SSMs (2024), section 7.1 and figure 6
 */
export function mamba2({
  hiddenSize,
  heads,
  headDim,
  groups,
  stateSize,
  kernel,
  bias,
  convolutionBias,
  gatedNorm,
}: Mamba2): Mixer {
  const innerSize = heads * headDim
  const channels = innerSize + 2 * groups * stateSize
  return recurrent('mamba2', { heads, headDim }, innerSize * stateSize + channels * (kernel - 1), [
    ...linear({ component, name: 'in_proj', out: innerSize + channels + heads, in: hiddenSize, bias }),
    convolution(component, 'conv1d', [channels, 1, kernel]),
    ...(convolutionBias ? [vector(component, 'conv1d.bias', channels)] : []),
    vector(component, 'dt_bias', heads),
    vector(component, 'A_log', heads),
    vector(component, 'D', heads),
    ...(gatedNorm ? norm('mixer.norm', innerSize, 'rms', component) : []),
    ...linear({ component, name: 'out_proj', out: hiddenSize, in: innerSize, bias }),
  ])
}

/** The short convolution of LFM2: 3h×h + h×k + h×h; the state is the last k − 1 inputs. */
export const shortConvolution = ({
  hiddenSize,
  kernel,
  bias,
}: {
  hiddenSize: number
  kernel: number
  bias: boolean
}): Mixer =>
  recurrent('convolution', { heads: 0, headDim: 0 }, hiddenSize * (kernel - 1), [
    ...linear({ component, name: 'conv.in_proj', out: 3 * hiddenSize, in: hiddenSize, bias }),
    convolution(component, 'conv.conv', [hiddenSize, 1, kernel]),
    ...(bias ? [vector(component, 'conv.conv.bias', hiddenSize)] : []),
    ...linear({ component, name: 'conv.out_proj', out: hiddenSize, in: hiddenSize, bias }),
  ])
