import { invalid } from '../problem.ts'
import type { GpuFigures } from './gpu-figures.ts'
import type { ModelFigures } from './model-figures.ts'

/** How one deployment's GPUs share the work. */
export interface Layout {
  readonly tensorParallel: number
  readonly pipelineParallel: number
  /** Copies of the attention inside one deployment of a mixture of experts, whose experts are spread over all. */
  readonly dataParallel: number
  readonly replicas: number
}

export const gpusOf = (layout: Layout): number => gpusPerReplica(layout) * layout.replicas

export const gpusPerReplica = ({ tensorParallel, pipelineParallel, dataParallel }: Layout): number =>
  tensorParallel * pipelineParallel * dataParallel

/** `TP8`, `TP4 × PP2`, `2 replicas of TP4`. */
export function layoutName({ tensorParallel, pipelineParallel, dataParallel, replicas }: Layout): string {
  const one = [
    `TP${tensorParallel}`,
    ...(pipelineParallel > 1 ? [`PP${pipelineParallel}`] : []),
    ...(dataParallel > 1 ? [`DP${dataParallel}`] : []),
  ].join(' × ')
  return replicas > 1 ? `${replicas} replicas of ${one}` : one
}

/**
 * Whether a model can be cut so: query heads divide evenly (no TP3 for 64 heads), and key-value heads either
 * divide or are copied whole.
 */
export const dividesHeads = (model: ModelFigures, tensorParallel: number): boolean =>
  model.queryHeadCount % tensorParallel === 0 &&
  (model.cacheIsLatent ||
    model.keyValueHeadCount % tensorParallel === 0 ||
    tensorParallel % model.keyValueHeadCount === 0)

/** The degrees of tensor parallelism that exist for a model inside one fast link, smallest first. */
function tensorParallelDegrees(model: ModelFigures, gpu: GpuFigures, gpuCount: number): number[] {
  const most = Math.min(gpuCount, gpu.domainGpuCount)
  return Array.from({ length: most }, (_, index) => index + 1).filter(
    (degree) => gpuCount % degree === 0 && dividesHeads(model, degree),
  )
}

/** What a person may fix of a layout. */
export interface LayoutWish {
  readonly gpuCount: number
  readonly tensorParallel?: number | undefined
  readonly pipelineParallel?: number | undefined
  readonly dataParallel?: number | undefined
}

/**
 * The layouts of so many GPUs that exist and keep what was asked for: wider tensor parallelism first, then fewer
 * pipeline stages. Whatever groups remain are replicas.
 *
 * @throws InputProblem where none does: heads or GPUs that do not divide, more stages than layers.
 */
export function layoutsOf(model: ModelFigures, gpu: GpuFigures, wish: LayoutWish): [Layout, ...Layout[]] {
  const { gpuCount } = wish
  const dataParallel = wish.dataParallel ?? 1
  const tensorDegrees = wish.tensorParallel
    ? [wish.tensorParallel]
    : tensorParallelDegrees(model, gpu, gpuCount).toReversed()
  const layouts = tensorDegrees.flatMap((tensorParallel) => {
    const left = gpuCount / (tensorParallel * dataParallel)
    const stages = wish.pipelineParallel ? [wish.pipelineParallel] : stagesOf(left, model.layerCount)
    return stages
      .filter((stage) => Number.isInteger(left / stage))
      .map((pipelineParallel) => ({
        tensorParallel,
        pipelineParallel,
        dataParallel,
        replicas: left / pipelineParallel,
      }))
  })
  refuseWhatDoesNotExist(model, wish)
  const [first, ...others] = layouts
  if (!first) {
    const group = (wish.tensorParallel ?? 1) * (wish.pipelineParallel ?? 1) * dataParallel
    throw invalid(
      'gpuCount',
      `gpuCount: ${gpuCount} GPUs do not divide into groups of ${group}; give a multiple of ${group}.`,
    )
  }
  return [first, ...others]
}

const stagesOf = (gpuCount: number, layerCount: number): number[] =>
  Array.from({ length: Math.min(Math.floor(gpuCount), layerCount) }, (_, index) => index + 1)

function refuseWhatDoesNotExist(
  model: ModelFigures,
  { tensorParallel = 1, pipelineParallel = 1, dataParallel = 1 }: LayoutWish,
): void {
  if (!dividesHeads(model, tensorParallel)) {
    throw invalid(
      'tensorParallel',
      `tensorParallel: ${tensorParallel} does not divide ${model.queryHeadCount} query heads and ${model.keyValueHeadCount} key-value heads evenly.`,
    )
  }
  if (pipelineParallel > model.layerCount) {
    throw invalid(
      'pipelineParallel',
      `pipelineParallel: ${pipelineParallel} stages are more than the ${model.layerCount} layers there are.`,
    )
  }
  if (dataParallel > 1 && model.expertCount === 0) {
    throw invalid(
      'dataParallel',
      `dataParallel: ${dataParallel} copies of the attention need experts to share; a dense model runs replicas instead, so give gpuCount and tensorParallel.`,
    )
  }
}
