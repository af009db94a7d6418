import { quote } from '../problem.ts'
import type { ConfigReader } from './config-reader.ts'
import type { Family, Task } from './family.ts'
import * as fields from './field-names.ts'
import type { Architecture, Omission } from './normal-form.ts'

/**
 * What a family makes of a config, held against the fields that it never asked for.
 *
 * @throws InputProblem for a field that contradicts the family.
 */
export function describeWhole(family: Family, config: ConfigReader, task: Task): Architecture {
  const architecture = family.describe(config, task)
  refuseForeignParts(config, architecture)
  return { ...architecture, omissions: [...architecture.omissions, ...unreadParts(config)] }
}

/** Above which number a field gives the layers parts of their own; a list or an object always does. */
const ownParts: readonly (readonly [names: readonly string[], above: number])[] = [
  [fields.expertCount, 1],
  [fields.expertWidth, 0],
  [['kv_lora_rank', 'index_n_heads', 'linear_num_value_heads', 'ssm_state_size'], 0],
  [['linear_attn_config', 'hybrid_override_pattern', 'attn_type_list', 'block_configs'], 0],
]

/** Words of `layer_types` for layers that do not attend to the whole sequence. */
const otherMixers = new Set([
  'sliding_attention',
  'chunked_attention',
  'linear_attention',
  'mamba',
  'conv',
  'recurrent',
])

/** Fields that give a model parts its family does not have: to go on would be to count another model. */
function refuseForeignParts(config: ConfigReader, { family, layers }: Architecture): void {
  for (const [names, above] of ownParts) {
    for (const name of names.filter(
      (candidate) => config.mentions(candidate) && !config.wasAsked(candidate),
    )) {
      const value = config.raw(name)
      if (value === undefined || (typeof value === 'number' && value <= above)) continue
      throw config.problem(
        name,
        `: ${quote(value)} contradicts the family ${quote(family)}, whose layers have no such part; leave the field out, or name the family that has it.`,
      )
    }
  }
  if (config.wasAsked('layer_types') || !config.has('layer_types')) return
  const words = config.words('layer_types', layers.length)
  const other = words.findIndex((word) => otherMixers.has(word))
  if (other >= 0) {
    throw config.problem(
      `layer_types.${other}`,
      `: ${quote(words[other])} contradicts the family ${quote(family)}, whose layers all attend to the whole sequence; full_attention is accepted.`,
    )
  }
}

/** Parts that the config announces and whose form nobody asked it for, so that they are not counted. */
function unreadParts(config: ConfigReader): Omission[] {
  const towers = (['vision', 'audio'] as const).filter((part) => isUnread(config, `${part}_config`))
  const prediction = fields.predictionLayerCount.find(
    (name) => isUnread(config, name) && config.raw(name) !== 0,
  )
  return [
    ...towers.map((part) => ({
      part,
      isStored: true,
      because: `The tower that ${config.path}.${part}_config describes: no source states its form in this family.`,
    })),
    ...(prediction === undefined
      ? []
      : [
          {
            part: 'multi-token-prediction' as const,
            isStored: true,
            because: `The layers that predict further tokens (${config.path}.${prediction} ${quote(config.raw(prediction))}): no source states their form.`,
          },
        ]),
  ]
}

const isUnread = (config: ConfigReader, name: string): boolean =>
  config.mentions(name) && !config.wasAsked(name) && config.has(name)
