import type { Weights } from '../facts.ts'
import { didYouMean, invalid, quote } from '../problem.ts'
import { ConfigReader } from './config-reader.ts'
import { families } from './families.ts'
import type { Family, Task } from './family.ts'
import type { Architecture } from './normal-form.ts'
import { describeWhole } from './unread-fields.ts'

export type { Architecture } from './normal-form.ts'

const byModelType = new Map(
  families.flatMap((family) => family.modelTypes.map((type) => [type, family] as const)),
)
const byClass = new Map<string, Family[]>()
for (const family of families) {
  for (const name of family.classes) byClass.set(name, [...(byClass.get(name) ?? []), family])
}

/** A config as it was read. */
interface Reading {
  readonly architecture: Architecture
  /** What stood in for absent fields, by their paths such as `config.head_dim`; null where nothing did. */
  readonly defaults: ReadonlyMap<string, unknown>
}

const cache = new WeakMap<Weights['config'], Reading>()

/**
 * The normal form of a raw `config.json`, as any publisher spells it.
 *
 * @throws InputProblem for a family that is not known, never falling back to a neighbour, and for a field that is
 *   missing, malformed or contradicted.
 */
export const architectureOf = (config: Weights['config']): Architecture => readingOf(config).architecture

/** A raw config read, with what was put in the place of what it does not state. */
export function readingOf(config: Weights['config']): Reading {
  const known = cache.get(config)
  if (known) return known
  const reader = new ConfigReader(config)
  const { name, task } = classOf(reader)
  const architecture = describeWhole(familyOf(reader, name), reader, task)
  const reading = { architecture, defaults: reader.defaults }
  cache.set(config, reading)
  return reading
}

/** Endings of model classes, and what stands on top of the layers under each. */
const endings: readonly (readonly [ending: string, task: Task])[] = [
  ['ForCausalLM', 'generate'],
  ['ForConditionalGeneration', 'generate'],
  ['LMHeadModel', 'generate'],
  ['ForMaskedLM', 'fill-mask'],
  ['Model', 'embed'],
]

function classOf(config: ConfigReader): { name: string | null; task: Task } {
  const stated = config.raw('architectures')
  if (stated === undefined) return { name: null, task: 'generate' }
  const [first] = Array.isArray(stated) ? stated : [stated]
  if (typeof first !== 'string') {
    throw config.problem('architectures', `: ${quote(stated)} is not a list of class names.`)
  }
  const found = endings.find(([ending]) => first.endsWith(ending))
  if (!found) {
    const accepted = endings.map(([ending]) => ending).join(', ')
    throw config.problem(
      'architectures.0',
      `: ${quote(first)} has a head that is not known; classes that end in ${accepted} are accepted.`,
    )
  }
  const [ending, task] = found
  return { name: first.slice(0, -ending.length), task }
}

/** The family by `model_type`, or by class where that is absent. */
function familyOf(config: ConfigReader, name: string | null): Family {
  const modelType = config.text('model_type')
  if (modelType === undefined && name === null) {
    throw invalid(
      'config.model_type',
      'config.model_type and config.architectures are missing; one of them must name the family.',
    )
  }
  const byName = name === null ? [] : (byClass.get(name) ?? [])
  const byType = modelType === undefined ? undefined : byModelType.get(modelType)
  if (byType && (byName.length === 0 || byName.includes(byType))) return byType
  if (byType) {
    throw invalid(
      'config.architectures',
      `config.architectures: class ${quote(name)} contradicts config.model_type ${quote(modelType)}; they name two families.`,
    )
  }
  const [only, ...more] = byName
  if (modelType === undefined && only && more.length === 0) return only
  const given = modelType ?? name ?? ''
  const field = modelType === undefined ? 'architectures' : 'model_type'
  throw invalid(
    `config.${field}`,
    `config.${field}: the family ${quote(given)} is not known here, so its tensors cannot be counted, and no other family's rule is used in its place.${didYouMean(given, modelType === undefined ? byClass.keys() : byModelType.keys())}`,
  )
}
