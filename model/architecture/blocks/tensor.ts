import type { Component, Tensor } from '../normal-form.ts'

interface Copies {
  readonly copies?: number
  /** Of those copies, how many one token runs through. */
  readonly active?: number
}

const tensor = (
  component: Component,
  name: string,
  kind: Tensor['kind'],
  shape: readonly number[],
  { copies = 1, active = copies }: Copies = {},
): Tensor => ({
  component,
  name,
  kind,
  shape,
  copies,
  activeCopies: active,
  learned: true,
  stored: true,
})

interface Linear extends Copies {
  readonly component: Component
  readonly name: string
  readonly out: number
  readonly in: number
  readonly bias?: boolean
}

/** `out × in` weights, and `out` more with a bias. */
export const linear = ({ component, name, out, in: input, bias = false, ...copies }: Linear): Tensor[] => [
  tensor(component, name, 'linear', [out, input], copies),
  ...(bias ? [tensor(component, `${name}.bias`, 'vector', [out], copies)] : []),
]

export const vector = (component: Component, name: string, size: number, copies: Copies = {}): Tensor =>
  tensor(component, name, 'vector', [size], copies)

export const convolution = (component: Component, name: string, shape: readonly number[]): Tensor =>
  tensor(component, name, 'convolution', shape)

/** Numbers that a file holds beside the parameters: masks, frequencies, running statistics. */
export const buffer = (component: Component, name: string, shape: readonly number[]): Tensor => ({
  ...tensor(component, name, 'buffer', shape),
  learned: false,
})

/** Positions of an image's patches, or a table of another name that is not the vocabulary's. */
export const learnedTable = (component: Component, name: string, shape: readonly number[]): Tensor =>
  tensor(component, name, 'embedding', shape)

export const embedding = (name: string, rows: number, width: number): Tensor =>
  tensor('embedding', name, 'embedding', [rows, width])

/** Integers that a file stores and training does not learn. */
export const table = (component: Component, name: string, shape: readonly number[]): Tensor => ({
  ...tensor(component, name, 'table', shape),
  learned: false,
})

/** RMSNorm has a weight; LayerNorm has a bias too. */
export type NormKind = 'rms' | 'layer' | 'none'

export const norm = (name: string, size: number, kind: NormKind = 'rms', component: Component = 'norms') => {
  if (kind === 'none') return []
  const weight = vector(component, name, size)
  return kind === 'rms' ? [weight] : [weight, vector(component, `${name}.bias`, size)]
}

/** The head's numbers, or the embedding's once more where the two are tied. */
export function head({
  vocabSize,
  hiddenSize,
  tied,
  bias = false,
}: {
  vocabSize: number
  hiddenSize: number
  tied: boolean
  bias?: boolean
}): Tensor[] {
  const [weight, ...biases] = linear({
    component: 'head',
    name: 'lm_head',
    out: vocabSize,
    in: hiddenSize,
    bias,
  })
  if (!weight || !tied) return weight ? [weight, ...biases] : []
  return [{ ...weight, learned: false, stored: false }, ...biases]
}
