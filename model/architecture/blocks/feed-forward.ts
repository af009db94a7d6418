import type { Component, FeedForward, Tensor } from '../normal-form.ts'
import { linear, vector } from './tensor.ts'

interface Dense {
  readonly hiddenSize: number
  readonly width: number
  readonly bias?: boolean
  readonly names?: readonly [string, string, string]
  readonly component?: Component
}

/** SwiGLU, GeGLU: gate and up to the width, their product back down: 3 × hidden × width. */
export const gated = ({
  hiddenSize,
  width,
  bias = false,
  names: [gate, up, down] = ['gate_proj', 'up_proj', 'down_proj'],
  component = 'feed-forward',
}: Dense): FeedForward => ({
  ...dense('gated', width),
  tensors: [
    ...linear({ component, name: gate, out: width, in: hiddenSize, bias }),
    ...linear({ component, name: up, out: width, in: hiddenSize, bias }),
    ...linear({ component, name: down, out: hiddenSize, in: width, bias }),
  ],
})

/** Gate and up in one matrix of twice the width, as Phi-3 and ChatGLM store them. */
export const gatedFused = ({
  hiddenSize,
  width,
  bias = false,
  names: [gateUp, down] = ['gate_up_proj', 'down_proj'],
}: Omit<Dense, 'names'> & { readonly names?: readonly [string, string] }): FeedForward => ({
  ...dense('gated', width),
  tensors: [
    ...linear({ component: 'feed-forward', name: gateUp, out: 2 * width, in: hiddenSize, bias }),
    ...linear({ component: 'feed-forward', name: down, out: hiddenSize, in: width, bias }),
  ],
})

/** Up, an activation, down: 2 × hidden × width. */
export const plain = ({
  hiddenSize,
  width,
  bias = false,
  names: [up, down] = ['up_proj', 'down_proj'],
}: Omit<Dense, 'names'> & { readonly names?: readonly [string, string] }): FeedForward => ({
  ...dense('plain', width),
  tensors: [
    ...linear({ component: 'feed-forward', name: up, out: width, in: hiddenSize, bias }),
    ...linear({ component: 'feed-forward', name: down, out: hiddenSize, in: width, bias }),
  ],
})

const dense = (kind: FeedForward['kind'], width: number) => ({ kind, width, experts: 0, expertsPerToken: 0 })

export interface Experts {
  readonly hiddenSize: number
  /** Width of one expert. */
  readonly width: number
  readonly experts: number
  readonly expertsPerToken: number
  /** False for experts of two matrices, without a gate. */
  readonly gate?: boolean
  /** Biases in the experts' matrices. */
  readonly bias?: boolean
  readonly routerBias?: boolean
  /** A learned offset for each expert that balances their load. */
  readonly correctionBias?: boolean
  /** Rows of the router, where it may also choose experts that compute nothing. */
  readonly routerRows?: number
  /** Width of all shared experts together; 0 for none. */
  readonly sharedWidth?: number
  readonly sharedGate?: boolean
  readonly names?: readonly [string, string, string]
  /** Width of a narrower space that the experts work in, led into and out of by two projections; null for none. */
  readonly latentWidth?: number | null
  readonly latentNorm?: boolean
}

/**
 * Routed experts with their router, and shared experts that every token runs through.
 *
 *   experts × (3 or 2) × hidden × width + hidden × experts + 3 × hidden × sharedWidth
 */
export function mixtureOfExperts({
  hiddenSize,
  width,
  experts,
  expertsPerToken,
  gate = true,
  bias = false,
  routerBias = false,
  correctionBias = false,
  routerRows = experts,
  sharedWidth = 0,
  sharedGate = false,
  names: [gateName, upName, downName] = ['gate_proj', 'up_proj', 'down_proj'],
  latentWidth = null,
  latentNorm = false,
}: Experts): FeedForward {
  const expertInput = latentWidth ?? hiddenSize
  const routed = { component: 'experts', bias, copies: experts, active: expertsPerToken } as const
  const shared = { component: 'shared-experts' } as const
  const tensors: Tensor[] = [
    ...linear({ component: 'router', name: 'gate', out: routerRows, in: hiddenSize, bias: routerBias }),
    ...(correctionBias ? [vector('router', 'e_score_correction_bias', routerRows)] : []),
    ...(gate ? linear({ ...routed, name: gateName, out: width, in: expertInput }) : []),
    ...linear({ ...routed, name: upName, out: width, in: expertInput }),
    ...linear({ ...routed, name: downName, out: expertInput, in: width }),
  ]
  if (latentWidth !== null) {
    const component = 'feed-forward'
    tensors.push(
      ...linear({ component, name: 'fc1_latent_proj', out: latentWidth, in: hiddenSize }),
      ...linear({ component, name: 'fc2_latent_proj', out: hiddenSize, in: latentWidth }),
      ...(latentNorm ? [vector('norms', 'latent_norm', latentWidth)] : []),
    )
  }
  if (sharedWidth > 0) {
    tensors.push(
      ...(gate ? linear({ ...shared, name: 'gate_proj', out: sharedWidth, in: hiddenSize }) : []),
      ...linear({ ...shared, name: 'up_proj', out: sharedWidth, in: hiddenSize }),
      ...linear({ ...shared, name: 'down_proj', out: hiddenSize, in: sharedWidth }),
      ...(sharedGate
        ? linear({ component: 'router', name: 'shared_expert_gate', out: 1, in: hiddenSize })
        : []),
    )
  }
  return { kind: 'experts', width, experts, expertsPerToken, tensors }
}
