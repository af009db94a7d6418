import { z } from 'zod'
import { readingOf } from './architecture/architecture-of.ts'
import type { Assumption } from './calculation.ts'
import type { Facts, Weights } from './facts.ts'
import { InputProblem, invalid, unknown } from './problem.ts'

/** No weights come near: the largest published count is below 10^13. */
const largestParameterCount = 1e16

/** The `model` field: an id such as `meta-llama/Llama-3.3-70B-Instruct`, or a bare parameter count such as 70e9. */
export const ModelField = z
  .union([z.number().positive().max(largestParameterCount), z.string().min(1).max(200)], {
    error: `must be a model id of at most 200 characters, or a parameter count above 0 and at most ${largestParameterCount}.`,
  })
  .meta({
    title: 'Model',
    description: 'An id such as meta-llama/Llama-3.3-70B-Instruct, or a parameter count such as 70e9',
    'x-unit': 'parameter',
    'x-requiredUnless': 'config',
    examples: ['meta-llama/Llama-3.3-70B-Instruct', 70e9],
  })

/** The `model` field where the answer follows from layers and heads: an id, for a bare count has none. */
export const NamedModelField = z
  .string({ error: 'must be a model id; a count alone has no layers and heads.' })
  .min(1)
  .max(200)
  .meta({
    title: 'Model',
    description: 'An id such as meta-llama/Llama-3.3-70B-Instruct; a parameter count does not say enough',
    'x-requiredUnless': 'config',
    examples: ['meta-llama/Llama-3.3-70B-Instruct'],
  })

/** The `config` field: the fields of any Hugging Face `config.json`, in place of a model's id. */
export const ConfigField = z.record(z.string(), z.unknown()).meta({
  title: 'Config',
  description: 'A pasted config.json, in place of `model`',
  'x-apiOnly': true,
})

/** Weights whose architecture is known. */
interface WeightsSubject {
  readonly kind: 'weights'
  readonly id: string | null
  readonly config: Weights['config']
  readonly weights: Weights | null
  /** What stood in for the fields that a pasted config does not state. */
  readonly assumptions: readonly Assumption[]
}

/** What `model` or `config` names: a bare count, or weights. */
export type Subject =
  | {
      readonly kind: 'count'
      readonly parameterCount: number
      readonly assumptions: readonly Assumption[]
    }
  | WeightsSubject

interface Naming {
  readonly model?: number | string | undefined
  readonly config?: Weights['config'] | undefined
}

/**
 * Resolves the pair of fields `model` and `config`, of which an input has exactly one.
 *
 * @throws InputProblem when no known weights answer to the id, or when the config cannot be read.
 */
export function subjectOf({ model, config }: Naming, facts: Facts): Subject {
  if (config !== undefined) {
    return { kind: 'weights', id: null, config, weights: null, assumptions: defaultsOf(config) }
  }
  if (model === undefined) throw new Error('An input must have model or config.')
  const count = typeof model === 'number' ? model : countIn(model)
  if (count !== null) return { kind: 'count', parameterCount: count, assumptions: [] }
  const weights = facts.weights(String(model))
  if (!weights) throw unknown('model', 'model', String(model), facts.weightsIds())
  return { kind: 'weights', id: weights.id, config: weights.config, weights, assumptions: [] }
}

/**
 * The same where a bare count is not enough.
 *
 * @throws InputProblem for a count, also one that came as text.
 */
export function weightsNamedBy(naming: Naming, facts: Facts): WeightsSubject {
  const subject = subjectOf(naming, facts)
  if (subject.kind === 'weights') return subject
  throw invalid(
    'model',
    `model: a count of ${subject.parameterCount} parameters has no layers and heads; give a model id or a config.`,
  )
}

const defaultsOf = (config: Weights['config']): Assumption[] =>
  [...readingOf(config).defaults].map(([field, value]) => ({
    field,
    value,
    unit: null,
    because:
      value === null
        ? 'The config does not state it, and nothing stands in its place.'
        : 'default: the config does not state it',
  }))

function countIn(text: string): number | null {
  const count = Number(text)
  if (text.trim() === '' || Number.isNaN(count)) return null
  if (count > 0 && count <= largestParameterCount) return count
  throw new InputProblem([
    {
      pointer: '#/model',
      detail: `model: ${text} is no parameter count; it must be above 0 and at most ${largestParameterCount}.`,
      kind: 'invalid',
    },
  ])
}
