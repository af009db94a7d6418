import type { Facts, Weights } from '../facts.ts'
import { InputProblem } from '../problem.ts'
import { type ModelFigures, modelFigures } from './model-figures.ts'

const cache = new WeakMap<Facts['throughput'], readonly ModelFigures[]>()

/** Figures of the models among the measurements behind the constants, as far as the facts know them. */
export function seenModels(facts: Facts): readonly ModelFigures[] {
  const known = cache.get(facts.throughput)
  if (known) return known
  const figures = facts.throughput.seen.models.flatMap((id) => {
    const weights = facts.weights(id)
    return weights ? figuresIfKnown(weights) : []
  })
  cache.set(facts.throughput, figures)
  return figures
}

function figuresIfKnown({ id, config }: Weights): readonly ModelFigures[] {
  try {
    return [modelFigures(id, config)]
  } catch (problem) {
    if (problem instanceof InputProblem) return []
    throw problem
  }
}
