import { buffer, learnedTable, linear, type NormKind, norm, vector } from '../blocks/tensor.ts'
import type { Tensor } from '../normal-form.ts'

const component = 'vision'

interface Encoder {
  readonly width: number
  readonly mlpWidth: number
  readonly depth: number
  readonly norm: NormKind
  readonly norms?: number
  /** Biases of attention and of the two or three matrices behind it. */
  readonly attentionBias: boolean
  readonly mlpBias: boolean
  readonly gated?: boolean
  /** Width of the norms of each head's queries and keys; 0 for none. */
  readonly headNorm?: number
}

/**
 * The layers of a vision transformer, each counted `depth` times.
 *
 *   depth × (4e² + 2ef or 3ef + biases + norms)
 */
export function encoder({
  width,
  mlpWidth,
  depth,
  norm: kind,
  norms = 2,
  attentionBias,
  mlpBias,
  gated = false,
  headNorm = 0,
}: Encoder): Tensor[] {
  const matrix = (name: string, out: number, input: number, bias: boolean) =>
    linear({ component, name, out, in: input, bias, copies: depth })
  return [
    ...matrix('qkv', 3 * width, width, attentionBias),
    ...matrix('proj', width, width, attentionBias),
    ...(gated ? matrix('gate_proj', mlpWidth, width, mlpBias) : []),
    ...matrix('fc1', mlpWidth, width, mlpBias),
    ...matrix('fc2', width, mlpWidth, mlpBias),
    ...Array.from({ length: norms }, (_, index) => norm(`norm${index + 1}`, width, kind, component))
      .flat()
      .map((tensor) => ({ ...tensor, copies: depth, activeCopies: depth })),
    ...(headNorm > 0
      ? ['q_norm', 'k_norm'].map((name) => vector(component, name, headNorm, { copies: depth }))
      : []),
  ]
}

/** One row of weights for each patch of the image. */
export const patches = ({
  width,
  patchSize,
  frames = 1,
  channels = 3,
  bias,
}: {
  width: number
  patchSize: number
  frames?: number
  channels?: number
  bias: boolean
}): Tensor[] =>
  linear({ component, name: 'patch_embed', out: width, in: channels * frames * patchSize ** 2, bias })

export const positions = (rows: number, width: number): Tensor =>
  learnedTable(component, 'position_embedding', [rows, width])

export const visionNorm = (name: string, width: number, kind: NormKind): Tensor[] =>
  norm(name, width, kind, component)

export const visionVector = (name: string, width: number): Tensor => vector(component, name, width)

export const visionBuffer = (name: string, width: number): Tensor => buffer(component, name, [width])

/** Least and greatest of what goes into a matrix and what comes out, which Gemma 4 keeps beside each. */
export const clipBounds = (part: 'vision' | 'audio', matrices: number): Tensor =>
  buffer(part, 'clip_bounds', [4 * matrices])

/** A linear of the bridge between tower and text model. */
export const bridge = (name: string, out: number, input: number, bias: boolean): Tensor[] =>
  linear({ component: 'projector', name, out, in: input, bias })

export const bridgeNorm = (name: string, width: number, kind: NormKind): Tensor[] =>
  norm(name, width, kind, 'projector')
