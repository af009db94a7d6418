import { type Architecture, architectureOf } from './architecture/architecture-of.ts'
import type { Component, Layer, Tensor } from './architecture/normal-form.ts'
import type { Weights } from './facts.ts'

/** The part of a model that a tensor belongs to. Only `text` and `encoder` are run for every token. */
type Part = 'text' | 'encoder' | 'multi-token-prediction' | 'tower'

/**
 * All tensors of one form: the layers that hold them, and how many each layer holds. The source of every count:
 * parameters, checkpoint bytes, adapters, cache and bytes read for a token are sums over these.
 */
export interface TensorGroup extends Tensor {
  readonly part: Part
  /** Indices of the layers that hold it; empty outside the layers. */
  readonly layers: readonly number[]
}

/** Elements of one tensor of the group. */
export const elementsOf = ({ shape }: Pick<Tensor, 'shape'>): number =>
  shape.reduce((elements, size) => elements * size, 1)

/** How many tensors the group stands for. */
export const tensorCountOf = ({ copies, layers }: Pick<TensorGroup, 'copies' | 'layers'>): number =>
  copies * Math.max(layers.length, 1)

const cache = new WeakMap<Architecture, readonly TensorGroup[]>()

/**
 * Every tensor of the model that a raw `config.json` describes, grouped by form.
 *
 * @throws InputProblem for a family that is not known, or a field that is missing, malformed or contradicted.
 */
export function tensorsOf(config: Weights['config']): readonly TensorGroup[] {
  const architecture = architectureOf(config)
  const known = cache.get(architecture)
  if (known) return known
  const groups = [
    ...outside(architecture.tensors, 'text'),
    ...inLayers(architecture.encoderLayers, 'encoder'),
    ...inLayers(architecture.layers, 'text'),
    ...inLayers(architecture.predictionLayers, 'multi-token-prediction'),
    ...outside(architecture.towerTensors, 'tower'),
  ]
  cache.set(architecture, groups)
  return groups
}

const outside = (tensors: readonly Tensor[], part: Part): TensorGroup[] =>
  tensors.map((tensor) => ({ ...tensor, part, layers: [] }))

/** Layers share the blocks they have in common, so a thousand equal layers cost as much as one. */
function inLayers(layers: readonly Layer[], part: Part): TensorGroup[] {
  const holders = new Map<Tensor, number[]>()
  layers.forEach(({ mixers, feedForwards, tensors }, index) => {
    const held = [...mixers, ...feedForwards].flatMap((block) => block.tensors).concat(tensors)
    for (const tensor of held) {
      const indices = holders.get(tensor)
      if (indices) indices.push(index)
      else holders.set(tensor, [index])
    }
  })
  return [...holders].map(([tensor, indices]) => ({ ...tensor, part, layers: indices }))
}

/** The word for a tensor in a picture of the whole model: its part where that is not the text model. */
export const shareOf = ({ part, component }: TensorGroup): Component | 'multi-token-prediction' =>
  part === 'multi-token-prediction' ? part : component
