import type { Facts } from '../facts.ts'
import { unknown } from '../problem.ts'

/**
 * The id of a model, or the name that sellers have for it.
 *
 * @throws InputProblem for a model that neither the facts nor the price book know.
 */
export function knownModel(field: string, asked: string, facts: Facts): string {
  const known = facts.weights(asked)
  if (!known && facts.tokenOffers({ kind: 'token', model: asked }).length === 0) {
    throw unknown(field, 'model', asked, facts.weightsIds())
  }
  return known?.id ?? asked
}
