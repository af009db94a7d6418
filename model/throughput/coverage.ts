import type { Coverage, LatencyFit, Quantiles, RateFit, Spread } from './constants.ts'
import type { Layout } from './layout.ts'
import type { ModelFigures } from './model-figures.ts'

/** How far a deployment is from the measurements behind the constants, and in what way. */
export interface Reach {
  /** The columns of the spread that apply; their envelope is the band. */
  readonly coverages: readonly [Coverage, ...Coverage[]]
  /** Why the answer goes beyond what was measured; empty where it does not. */
  readonly reasons: readonly string[]
  /** The measured model of the same shape, if there is one. */
  readonly measuredAs: string | null
}

/** Two models of one shape run alike, whatever they were taught: an instruct version counts as its base. */
const sameShape = (one: ModelFigures, other: ModelFigures): boolean =>
  (Object.keys(one) as (keyof ModelFigures)[]).every((key) => key === 'id' || one[key] === other[key])

/**
 * What the fit has seen of a deployment.
 *
 * A GPU, a model, an engine, a format or pipeline stages that no row has are each a reason of their own. With none of
 * them, the layout decides: measured at other lengths, or not measured in this combination. A release that no row has
 * counts as such a combination.
 */
export function reachOf({
  fit,
  model,
  measuredModels,
  classes,
  layout,
  levels,
}: {
  fit: LatencyFit | RateFit
  model: ModelFigures
  /** Figures of the models that the fit has seen. */
  measuredModels: readonly ModelFigures[]
  classes: readonly string[]
  layout: Layout
  /** The levels of the deployment, given the id that the measurements know the model by. */
  levels: (modelId: string) => readonly string[]
}): Reach {
  const measuredAs = measuredModels.find((measured) => sameShape(measured, model))?.id ?? null
  const unseen = classes.filter(
    (name) => /^(engine|gpu|format):/.test(name) && fit.factors[name] === undefined,
  )
  const released = Object.keys(fit.factors).some((name) => name.startsWith('release:'))
  const unseenReleases = classes.filter(
    (name) => released && name.startsWith('release:') && fit.factors[name] === undefined,
  )
  const named = unseen.map((name) => `no measurement behind the constants is of ${name.replace(':', ' ')}`)
  const reasons = [
    ...(measuredAs === null
      ? [`no measurement behind the constants is of ${model.id ?? 'this model'} or its shape`]
      : []),
    ...named,
    ...unseenReleases.map(
      (name) => `no measurement behind the constants is of ${name.slice('release:'.length)}`,
    ),
    ...(layout.pipelineParallel > 1 ? ['no measurement behind the constants uses pipeline parallelism'] : []),
  ]
  const farther: Coverage[] = [
    ...(measuredAs === null ? (['model-unseen'] as const) : []),
    ...(named.length > 0 || layout.pipelineParallel > 1 ? (['gpu-unseen'] as const) : []),
  ]
  const [first, ...others] = farther
  if (first !== undefined) return { coverages: [first, ...others], reasons, measuredAs }
  const finest = levels(measuredAs ?? '').at(-1) ?? ''
  const measuredLayout =
    unseenReleases.length === 0 && 'levels' in fit && fit.levels.tpot[finest] !== undefined
  return { coverages: [measuredLayout ? 'series' : 'deployment'], reasons, measuredAs }
}

/** The band of measured / predicted that holds for a reach: the widest of its columns, and never narrower than those nearer. */
export function spreadOf(spread: Spread, { coverages }: Pick<Reach, 'coverages'>): Quantiles {
  const far = coverages.some((coverage) => coverage.endsWith('unseen'))
  const columns = far ? [...coverages, 'deployment' as const] : coverages
  return {
    p10: Math.min(...columns.map((coverage) => spread[coverage].p10)),
    p90: Math.max(...columns.map((coverage) => spread[coverage].p90)),
  }
}
