import { quote } from '../../problem.ts'
import { ConfigReader } from '../config-reader.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { Architecture, Omission } from '../normal-form.ts'
import { describeWhole } from '../unread-fields.ts'
import { audioTower } from '../vision/audio.ts'
import * as towers from '../vision/towers.ts'

interface Composite {
  readonly modelType: string
  readonly classes: readonly string[]
  /** `model_type` values of the text models it is built on; the first counts where `text_config` states none. */
  readonly texts: readonly [string, ...string[]]
  readonly tower: towers.Tower | null
  /** What `text_config` leaves out because it equals the defaults of its class. */
  readonly textDefaults?: Readonly<Record<string, unknown>>
  /** The tower where `vision_config` is absent because the model's code fixes it. */
  readonly fixedVision?: Readonly<Record<string, unknown>>
  /** The tower that hears, where the family has one. */
  readonly audio?: towers.Tower
  readonly omissions?: readonly Omission[]
}

const uncounted = (part: Omission['part'], because: string): Omission => ({ part, isStored: true, because })

const composites: readonly Composite[] = [
  { modelType: 'gemma3', classes: ['Gemma3'], texts: ['gemma3_text'], tower: towers.siglip },
  {
    modelType: 'llava',
    classes: ['Llava'],
    texts: ['llama', 'mistral', 'qwen2'],
    tower: towers.llava,
    textDefaults: {
      hidden_size: 4096,
      intermediate_size: 11008,
      num_hidden_layers: 32,
      num_attention_heads: 32,
    },
  },
  { modelType: 'mistral3', classes: ['Mistral3'], texts: ['mistral', 'ministral3'], tower: towers.pixtral },
  { modelType: 'qwen2_vl', classes: ['Qwen2VL'], texts: ['qwen2', 'qwen2_vl_text'], tower: towers.qwen2 },
  {
    modelType: 'qwen2_5_vl',
    classes: ['Qwen2_5_VL'],
    texts: ['qwen2', 'qwen2_5_vl_text'],
    tower: towers.qwen25,
  },
  { modelType: 'qwen3_vl', classes: ['Qwen3VL'], texts: ['qwen3_vl_text'], tower: towers.qwen3 },
  { modelType: 'qwen3_vl_moe', classes: ['Qwen3VLMoe'], texts: ['qwen3_vl_moe_text'], tower: towers.qwen3 },
  { modelType: 'qwen3_5', classes: ['Qwen3_5'], texts: ['qwen3_5_text'], tower: towers.qwen3 },
  { modelType: 'qwen3_5_moe', classes: ['Qwen3_5Moe'], texts: ['qwen3_5_moe_text'], tower: towers.qwen3 },
  { modelType: 'llama4', classes: ['Llama4'], texts: ['llama4_text'], tower: towers.llama4 },
  { modelType: 'mllama', classes: ['Mllama'], texts: ['mllama_text_model'], tower: towers.mllama },
  { modelType: 'kimi_k25', classes: ['KimiK25'], texts: ['kimi_k2', 'deepseek_v3'], tower: towers.moonVit },
  {
    modelType: 'kimi_k3',
    classes: ['KimiK3'],
    texts: ['kimi_linear'],
    tower: null,
    omissions: [
      uncounted('vision', 'The vision tower and its projector: no source states their form.'),
      uncounted('attention', 'The weights of the attention residuals: no source states their form.'),
    ],
  },
  {
    modelType: 'minimax_m3_vl',
    classes: ['MiniMaxM3Sparse'],
    texts: ['minimax_m3'],
    tower: null,
    omissions: [uncounted('vision', 'The vision tower and its projector: no source states their form.')],
  },
  {
    modelType: 'gemma4',
    classes: ['Gemma4'],
    texts: ['gemma4_text'],
    tower: towers.gemma4,
    audio: audioTower,
  },
  {
    modelType: 'phi3_v',
    classes: ['Phi3V'],
    texts: ['phi3'],
    tower: towers.phi3,
    fixedVision: {
      hidden_size: 1024,
      intermediate_size: 4096,
      num_hidden_layers: 24,
      image_size: 336,
      patch_size: 14,
    },
  },
]

/** Models of a text model and a vision tower. Towers read `vision_config`, text models the nested text config. */
export const compositesOver = (textFamilies: readonly Family[]): readonly Family[] => {
  const byModelType = new Map(
    textFamilies.flatMap((family) => family.modelTypes.map((type) => [type, family] as const)),
  )
  return composites.map((composite) => ({
    modelTypes: [composite.modelType],
    classes: composite.classes,
    describe(config, task) {
      const text = textOf(config, composite)
      const readers = towerReaders({ config, text }, composite)
      const family = byModelType.get(typeOf(text, composite, config))
      if (!family) throw new Error(`${composite.modelType} names a text family that does not exist.`)
      const described = describeWhole(family, text, task)
      return {
        ...described,
        family: composite.modelType,
        towerTensors: towerTensors(readers, composite, described),
        omissions: [...described.omissions, ...omissionsOf(readers, composite)],
      }
    },
  }))
}

/** The nested text config, or the config itself where all lies on one level, as in the first Qwen2-VL. */
function textOf(config: ConfigReader, { textDefaults = {} }: Composite): ConfigReader {
  const nested =
    config.nested('text_config') ?? config.nested('llm_config') ?? config.nested('language_config')
  const tied = config.raw('tie_word_embeddings')
  if (nested) refuseTwoSizes(config, nested)
  return (nested ?? config)
    .or(tied === undefined ? {} : { tie_word_embeddings: tied })
    .orDefaults(textDefaults)
}

/** @throws InputProblem where the config states a size of the text model twice, on two levels, and differently. */
function refuseTwoSizes(config: ConfigReader, nested: ConfigReader): void {
  for (const names of [...fields.shaping, ['tie_word_embeddings']]) {
    const [outer, inner] = [config, nested].map((level) => names.find((name) => level.has(name)))
    if (outer === undefined || inner === undefined) continue
    const [one, two] = [config.raw(outer), nested.raw(inner)]
    if (typeof one === typeof two && typeof one !== 'object' && one !== two) {
      throw config.problem(
        outer,
        `: ${quote(one)} contradicts ${nested.path}.${inner} ${quote(two)}; the two name one quantity, give one of them.`,
      )
    }
  }
}

function typeOf(text: ConfigReader, { texts, modelType }: Composite, config: ConfigReader): string {
  const stated = text.text('model_type')
  // On one level, or with the composite's own name inside, the text model goes without a name.
  if (stated === undefined || stated === modelType || stated === config.text('model_type')) return texts[0]
  if (texts.includes(stated)) return stated
  throw text.problem(
    'model_type',
    `: the text model ${quote(stated)} is not known inside ${modelType}; accepted: ${texts.join(', ')}.`,
  )
}

interface TowerReaders {
  readonly vision: ConfigReader | undefined
  readonly audio: ConfigReader | undefined
  /** False where the config says whether there is one, be it by a null. */
  readonly mayHear: boolean
}

const towerReaders = (
  { config, text }: { config: ConfigReader; text: ConfigReader },
  { fixedVision, audio }: Composite,
): TowerReaders => ({
  vision:
    config.nested('vision_config') ??
    (fixedVision && new ConfigReader(fixedVision, `${config.path}.vision_config`)),
  audio: audio && config.nested('audio_config'),
  // The small Gemmas, those with an embedding for each layer, hear.
  mayHear:
    audio !== undefined &&
    !config.mentions('audio_config') &&
    text.wholeOr('hidden_size_per_layer_input', 0, { least: 0 }) > 0,
})

const towerTensors = (
  readers: TowerReaders,
  { tower, audio }: Composite,
  { hiddenSize }: Architecture,
): Architecture['towerTensors'] => [
  ...(tower && readers.vision ? tower(readers.vision, hiddenSize) : []),
  ...(audio && readers.audio ? audio(readers.audio, hiddenSize) : []),
]

const omissionsOf = ({ vision, mayHear }: TowerReaders, { tower, omissions = [] }: Composite): Omission[] => [
  ...omissions,
  ...(tower && !vision ? [uncounted('vision', 'A vision tower: the config has no vision_config.')] : []),
  ...(mayHear
    ? [
        uncounted(
          'audio',
          'An audio tower: the config does not say whether there is one; audio_config, or null in its place, does.',
        ),
      ]
    : []),
]
