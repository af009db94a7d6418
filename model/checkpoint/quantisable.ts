import type { TensorGroup } from '../tensors.ts'
import { pathsOf } from './module-path.ts'
import type { KeptModules } from './module-pattern.ts'

/** Matrices that published fp8 checkpoints leave alone within the layers they convert. */
const leftAlone = new Set(['eh_proj', 'indexer.weights_proj'])

/** Whether checkpoints quantise such a tensor at all: the matrices of the layers, without routers. */
export const isQuantisable = ({ kind, component, part, name }: TensorGroup): boolean =>
  kind === 'linear' &&
  part !== 'tower' &&
  component !== 'head' &&
  component !== 'router' &&
  !leftAlone.has(name)

/** Whether the config keeps the tensor of one layer out of its quantisation. */
export const isKeptOut = (group: TensorGroup, layer: number, kept: KeptModules | null): boolean =>
  kept !== null && kept.size > 0 && pathsOf(group, layer).some((path) => kept.has(path))
