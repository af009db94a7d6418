import type { Weights } from './facts.ts'
import { invalid } from './problem.ts'
import { elementsOf, shareOf, type TensorGroup, tensorCountOf, tensorsOf } from './tensors.ts'

/** The counts of one architecture, never mixed: what is learned, what one token runs through, what predicts further. */
export interface ParameterFigures {
  /** Every learned tensor once, a tied head once, without the layers that predict further tokens. */
  readonly unique: number
  /** What one token runs through: all of the text model but the routed experts it is not sent to. */
  readonly active: number
  /** Of those, the embedding of tokens. */
  readonly activeEmbedding: number
  readonly multiTokenPrediction: number
  /** Vision tower and projector. */
  readonly vision: number
  /** The tower that hears. */
  readonly audio: number
  /** Learned parameters and the active ones among them, by component; those that predict further tokens are one. */
  readonly byComponent: ReadonlyMap<
    ReturnType<typeof shareOf>,
    { readonly all: number; readonly active: number }
  >
}

const cache = new WeakMap<Weights['config'], ParameterFigures>()

/**
 * The parameter counts of a raw config.
 *
 * @throws InputProblem for a family that is not known, a field that is wrong, or a count no double holds exactly.
 */
export function parameterFigures(config: Weights['config']): ParameterFigures {
  const known = cache.get(config)
  if (known) return known
  const groups = tensorsOf(config).filter(({ learned }) => learned)
  const byComponent = new Map<ReturnType<typeof shareOf>, { all: number; active: number }>()
  for (const group of groups) {
    const sums = byComponent.get(shareOf(group)) ?? { all: 0, active: 0 }
    sums.all += parametersOf(group)
    sums.active += activeParametersOf(group)
    byComponent.set(shareOf(group), sums)
  }
  const all = groups.reduce((sum, group) => sum + parametersOf(group), 0)
  if (!Number.isSafeInteger(all)) {
    throw invalid(
      'config',
      `config: it describes ${all} parameters; at most ${Number.MAX_SAFE_INTEGER} can be counted.`,
    )
  }
  const multiTokenPrediction = byComponent.get('multi-token-prediction')?.all ?? 0
  const audio = byComponent.get('audio')?.all ?? 0
  const towers = groups.filter(({ part }) => part === 'tower')
  const figures = {
    unique: all - multiTokenPrediction,
    active: groups.reduce((sum, group) => sum + activeParametersOf(group), 0),
    activeEmbedding: byComponent.get('embedding')?.active ?? 0,
    multiTokenPrediction,
    vision: towers.reduce((sum, group) => sum + parametersOf(group), 0) - audio,
    audio,
    byComponent,
  }
  cache.set(config, figures)
  return figures
}

const parametersOf = (group: TensorGroup): number => elementsOf(group) * tensorCountOf(group)

const activeParametersOf = (group: TensorGroup): number =>
  group.part === 'text' || group.part === 'encoder'
    ? elementsOf(group) * group.activeCopies * Math.max(group.layers.length, 1)
    : 0

/** Unique parameters of an architecture: what "70B" means. */
export const parameterCount = (config: Weights['config']): number => parameterFigures(config).unique
