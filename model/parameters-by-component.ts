import { z } from 'zod'
import { architectureOf } from './architecture/architecture-of.ts'
import { components, type Omission } from './architecture/normal-form.ts'
import { evaluate, sum, type Term } from './breakdown.ts'
import { type Assumption, type Computed, calculation } from './calculation.ts'
import type { Weights } from './facts.ts'
import { ConfigField, ModelField, subjectOf } from './model-field.ts'
import { allParts, lowerBounds, modelParts, uncounted } from './omissions.ts'
import { type ParameterFigures, parameterFigures } from './parameters.ts'
import { filesUnknown, storedElements } from './stored-elements.ts'

const totals = ['unique', 'stored', 'active', 'active-without-embedding'] as const
const parts = [...components, 'multi-token-prediction'] as const
type Which = (typeof totals)[number] | (typeof parts)[number]

const count = (title: string, unit: 'parameter' | 'element' = 'parameter') =>
  z.number().nullable().meta({ title, 'x-unit': unit })

const Output = z.strictObject({
  uniqueParameters: z.number().meta({ title: 'Unique parameters', 'x-unit': 'parameter' }),
  storedElements: count('Elements that the files hold', 'element'),
  activeParameters: count('Parameters that one token runs through'),
  activeParametersWithoutEmbedding: count('Of those, all but the embedding'),
  mtpParameters: count('Layers that predict further tokens'),
  visionParameters: count('Vision tower and projector'),
  audioParameters: count('The tower that hears'),
  components: z.array(
    z.strictObject({
      component: z.enum(parts),
      parameters: z.number().meta({ title: 'Parameters', 'x-unit': 'parameter' }),
      share: z.number().meta({ title: 'Share of all that is learned', 'x-unit': 'ratio' }),
    }),
  ),
})

/** Parameters of a model by component, in the counts that are so often mixed up, each under its own name. */
export type ComponentsResult = z.output<typeof Output>

export const parameters = calculation({
  id: 'parameters',
  title: 'Parameters',
  summary: 'Parameters of a model: unique, stored, active, and by component',
  formula:
    'unique = learned tensors once, a tied head once, without layers that predict further tokens; active = those without routed experts + expertsPerToken / experts × routed experts; stored = what the files hold',
  input: z.strictObject({
    model: ModelField.optional(),
    which: z
      .enum([...totals, ...parts])
      .default('unique')
      .meta({
        title: 'Which',
        description: 'The count that is the answer: a total, or one component',
        'x-aliases': { mtp: 'multi-token-prediction', total: 'unique' },
      }),
    config: ConfigField.optional(),
  }),
  output: Output,
  sources: [
    {
      title: 'Tensor shapes of the model classes in huggingface/transformers @6978a60a',
      url: 'https://github.com/huggingface/transformers/tree/6978a60aa523600297f3daccd843dfca3ee43ef8/src/transformers/models',
    },
  ],
  examples: [
    { input: { model: 'meta-llama/Llama-3.1-8B' }, value: 8_030_261_248 },
    {
      title: 'DeepSeek-V3 as its files hold it',
      input: { model: 'deepseek-ai/DeepSeek-V3', which: 'stored' },
      value: 684_531_386_000,
    },
    {
      input: { model: 'openai/gpt-oss-120b', which: 'active-without-embedding' },
      value: 5.1e9,
      tolerance: 0.01,
    },
    { title: 'A bare count is its own answer', input: { model: 70e9 }, value: 70e9 },
  ],
  compute({ model, config, which }, facts) {
    const subject = subjectOf({ model, config }, facts)
    if (subject.kind === 'count') return ofCount(subject.parameterCount, which)
    const figures = parameterFigures(subject.config)
    const stored = storedElements(subject.config, subject.weights?.alsoStored ?? [])
    const terms = termsOf(which, figures, stored)
    const isUnknown = uncounted(subject.config, partsIn(which)).length > 0
    return {
      result: resultOf(figures, evaluate(stored), subject.config),
      value: isUnknown ? null : terms.length === 0 ? 0 : evaluate(terms),
      unit: which === 'stored' ? 'element' : 'parameter',
      breakdown: isUnknown
        ? []
        : terms.length === 0
          ? sum({ name: `${which}: the model has none`, value: 0, unit: 'parameter' })
          : terms,
      assumptions: [...subject.assumptions, ...assumptionsOf(subject.config, subject.weights)],
      sources: subject.weights ? [{ title: `${subject.weights.id}: ${subject.weights.source}` }] : [],
    }
  },
})

/** Of a bare count only the count itself is known. */
function ofCount(parameterCount: number, which: Which): Computed<z.output<typeof Output>> {
  const isKnown = which === 'unique'
  return {
    result: {
      uniqueParameters: parameterCount,
      storedElements: null,
      activeParameters: null,
      activeParametersWithoutEmbedding: null,
      mtpParameters: null,
      visionParameters: null,
      audioParameters: null,
      components: [],
    },
    value: isKnown ? parameterCount : null,
    unit: 'parameter',
    breakdown: isKnown ? sum({ name: 'parameters, as given', value: parameterCount, unit: 'parameter' }) : [],
    assumptions: [
      {
        field: 'which',
        value: null,
        unit: null,
        because:
          'A bare count says nothing of its components: give a model id or a config for any figure but unique.',
      },
    ],
  }
}

/** The parts whose absence leaves a count unknown; of the model as a whole at least so much is known. */
function partsIn(which: Which): readonly Omission['part'][] {
  switch (which) {
    case 'stored':
      return allParts
    case 'vision':
    case 'projector':
      return ['vision']
    case 'audio':
    case 'attention':
    case 'multi-token-prediction':
      return [which]
    default:
      return []
  }
}

function resultOf(
  figures: ParameterFigures,
  stored: number,
  config: Weights['config'],
): z.output<typeof Output> {
  const all = figures.unique + figures.multiTokenPrediction
  const unless = (which: Which, value: number) =>
    uncounted(config, partsIn(which)).length > 0 ? null : value
  return {
    uniqueParameters: figures.unique,
    storedElements: unless('stored', stored),
    activeParameters: figures.active,
    activeParametersWithoutEmbedding: figures.active - figures.activeEmbedding,
    mtpParameters: unless('multi-token-prediction', figures.multiTokenPrediction),
    visionParameters: unless('vision', figures.vision),
    audioParameters: unless('audio', figures.audio),
    components: parts.flatMap((component) => {
      const parameterCount = figures.byComponent.get(component)?.all ?? 0
      return parameterCount > 0
        ? [{ component, parameters: parameterCount, share: parameterCount / all }]
        : []
    }),
  }
}

/** The terms of the count that was asked for; empty for a component that the model does not have. */
function termsOf(which: Which, figures: ParameterFigures, stored: readonly Term[]): readonly Term[] {
  if (which === 'stored') return stored
  const of = (kind: 'all' | 'active', names: readonly (typeof parts)[number][]): Term[] =>
    sum(
      ...names.flatMap((name) => {
        const value = figures.byComponent.get(name)?.[kind] ?? 0
        return value > 0 ? [{ name, value, unit: 'parameter' } as const] : []
      }),
    )
  switch (which) {
    case 'unique':
      return of('all', components)
    case 'active':
      return of('active', components)
    case 'active-without-embedding':
      return of(
        'active',
        components.filter((name) => name !== 'embedding'),
      )
    default:
      return of('all', [which])
  }
}

function assumptionsOf(config: Weights['config'], weights: Weights | null): Assumption[] {
  const unknownFields = {
    vision: 'visionParameters',
    audio: 'audioParameters',
    'multi-token-prediction': 'mtpParameters',
    attention: 'components',
  } as const
  const said = (field: string, because: string): Assumption => ({ field, value: null, unit: null, because })
  const { omissions } = architectureOf(config)
  return [
    ...lowerBounds(config, { field: 'uniqueParameters', parts: modelParts }),
    ...lowerBounds(config, { field: 'activeParameters', parts: ['attention'] }),
    ...uncounted(config, allParts).flatMap(({ part, because }) => [
      said(unknownFields[part], `Unknown: ${because}`),
      said('storedElements', `Unknown, since this is not counted: ${because}`),
    ]),
    ...omissions
      .filter(({ isStored }) => !isStored)
      .map(({ part, because }) => ({ field: unknownFields[part], value: 0, unit: null, because })),
    ...(weights ? [] : [filesUnknown]),
  ]
}
