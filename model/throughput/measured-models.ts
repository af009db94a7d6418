import type { Facts } from '../facts.ts'
import type { LatencyFit, RateFit } from './constants.ts'
import { type ModelFigures, modelFigures } from './model-figures.ts'

const cache = new WeakMap<LatencyFit | RateFit, readonly ModelFigures[]>()

/** Figures of the models among the measurements behind a fit, as far as the facts know them. */
export function measuredModels(fit: LatencyFit | RateFit, facts: Facts): readonly ModelFigures[] {
  const known = cache.get(fit)
  if (known) return known
  const figures = fit.models.flatMap((id) => {
    const weights = facts.weights(id)
    return weights ? [modelFigures(weights.id, weights.config)] : []
  })
  cache.set(fit, figures)
  return figures
}
