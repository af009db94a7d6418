import { architectureOf } from '../architecture/architecture-of.ts'
import { group, product, type Term } from '../breakdown.ts'
import type { Weights } from '../facts.ts'
import { parameterFigures } from '../parameters.ts'

/** Multiplications and additions of one parameter for one token: two forward, four backward. */
const flopPerParameterAndToken = 6

/** For each element of queries and values and each token seen: scores and sums, forward and twice backward. */
const flopPerAttendedElement = 12

/** Tokens that one token sees on average, causally: half the sequence, or the window once it is full. */
export const attendedTokens = (sequenceTokens: number, window: number | null): number =>
  window === null || window >= sequenceTokens
    ? sequenceTokens / 2
    : window - window ** 2 / (2 * sequenceTokens)

/**
 * Elements of attention that a token touches in all layers: heads × width × tokens seen. Layers that carry a state in
 * place of a cache have none.
 */
function attendedElements(config: Weights['config'], sequenceTokens: number): number {
  return architectureOf(config)
    .layers.flatMap(({ mixers }) => mixers)
    .filter(({ cache }) => cache.length > 0)
    .reduce(
      (sum, { heads, headDim, valueHeadDim, window }) =>
        sum + heads * ((headDim + valueHeadDim) / 2) * attendedTokens(sequenceTokens, window),
      0,
    )
}

export interface Run {
  /** Null for a bare count, which has no attention to count. */
  readonly config: Weights['config'] | null
  readonly activeParameters: number
  readonly tokens: number
  readonly sequenceTokens: number
}

/** Parameters that one token runs through; a bare count is taken as dense. */
export const activeParametersOf = (config: Weights['config']): number => parameterFigures(config).active

/**
 * The terms of a training run's operations.
 *
 *   flop = 6 × activeParameters × tokens + 12 × Σ heads × d × tokensSeen × tokens
 *
 * With full causal attention the second part is 6 × layers × heads × d × sequence × tokens. Recomputed activations
 * are not counted: they are work of the hardware, not of the model.
 *
 * @see Scaling Laws for Neural Language Models (2020), section 2.1; PaLM (2022), appendix B
 */
export function trainingFlopTerms({ config, activeParameters, tokens, sequenceTokens }: Run): Term[] {
  const trained = { name: 'tokens', value: tokens, unit: 'token' as const }
  const weights = product(
    { name: 'operations for each parameter and token', value: flopPerParameterAndToken, unit: 'count' },
    { name: 'active parameters', value: activeParameters, unit: 'parameter' },
    trained,
  )
  const attended = config === null ? 0 : attendedElements(config, sequenceTokens)
  const attention = product(
    { name: 'operations for each element attended', value: flopPerAttendedElement, unit: 'count' },
    { name: 'elements attended for a token', value: attended, unit: 'element' },
    trained,
  )
  return [
    { ...group('weights', 'FLOP', weights), operator: 'add' },
    ...(attended === 0 ? [] : [{ ...group('attention', 'FLOP', attention), operator: 'add' as const }]),
  ]
}
