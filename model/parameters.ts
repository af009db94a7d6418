import type { Weights } from './facts.ts'
import { elementsOf, tensorCountOf, tensorsOf } from './tensors.ts'

const cache = new WeakMap<Weights['config'], number>()

/**
 * Unique parameters of an architecture: every learned tensor once, a tied head once, without the layers that predict
 * further tokens.
 */
export function parameterCount(config: Weights['config']): number {
  const known = cache.get(config)
  if (known !== undefined) return known
  const count = tensorsOf(config)
    .filter(({ learned, part }) => learned && part !== 'multi-token-prediction')
    .reduce((sum, tensor) => sum + elementsOf(tensor) * tensorCountOf(tensor), 0)
  cache.set(config, count)
  return count
}
