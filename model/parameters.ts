import type { Weights } from './facts.ts'

/** Unique parameters of an architecture. */
export function parameterCount(_config: Weights['config']): number {
  throw new Error('not yet')
}
