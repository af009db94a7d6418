import { exp } from '../elementary.ts'
import type { Facts } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'
import { classesOf, levelsOf } from './classes.ts'
import { constantsOf, type Engine, type LatencyFit, type RateFit } from './constants.ts'
import { type Reach, reachOf } from './coverage.ts'
import { type Deployment, type Drafting, deployment } from './deployment.ts'
import type { GpuFigures } from './gpu-figures.ts'
import type { Layout } from './layout.ts'
import { measuredModels } from './measured-models.ts'
import type { ModelFigures } from './model-figures.ts'

/** A deployment with the fit that it is predicted by, and how far it is from that fit's measurements. */
export interface EstimatedDeployment<Fit extends LatencyFit | RateFit> {
  readonly deployment: Deployment
  readonly fit: Fit
  readonly reach: Reach
}

/** Chooses the factors of a deployment's classes, and the corrections of its levels, from a fit. */
export function estimatedDeployment<Fit extends LatencyFit | RateFit>({
  fit,
  facts,
  ...asked
}: {
  fit: Fit
  facts: Facts
  model: ModelFigures
  gpu: GpuFigures
  layout: Layout
  precision: PrecisionId
  cachePrecision: PrecisionId
  engine: Engine
  lengths: 'fixed' | 'uniform'
  release?: string | null
  drafting?: Drafting
}): EstimatedDeployment<Fit> {
  const classes = classesOf({ ...asked, release: asked.release ?? null })
  const levels = (modelId: string) =>
    levelsOf({ ...asked, benchmark: asked.lengths, gpuName: asked.gpu.id, modelId })
  const reach = reachOf({
    fit,
    model: asked.model,
    measuredModels: measuredModels(fit, facts),
    classes,
    layout: asked.layout,
    levels,
  })
  const correction = (by: Readonly<Record<string, number>>) =>
    exp(levels(reach.measuredAs ?? '').reduce((sum, level) => sum + (by[level] ?? 0), 0))
  return {
    deployment: deployment({
      ...asked,
      constants: constantsOf(fit, classes),
      smoothMaximumPower: facts.throughput.smoothMaximumPower,
      ...('levels' in fit && {
        corrections: { firstToken: correction(fit.levels.ttft), outputToken: correction(fit.levels.tpot) },
      }),
    }),
    fit,
    reach,
  }
}
