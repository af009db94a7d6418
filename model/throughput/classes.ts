import type { PrecisionId } from '../precision.ts'
import type { GpuFigures } from './gpu-figures.ts'
import type { Layout } from './layout.ts'
import type { ModelFigures } from './model-figures.ts'

interface Described {
  readonly model: ModelFigures
  readonly gpu: GpuFigures
  readonly layout: Layout
  readonly precision: PrecisionId
  readonly engine: string
}

/** The classes whose factors a deployment takes: what runs it, on what, in which format, cut how, under which traffic. */
export const classesOf = ({
  model,
  gpu,
  layout,
  precision,
  engine,
  lengths,
  release,
}: Described & {
  readonly lengths: 'fixed' | 'uniform'
  /** Major and minor version of the engine, or its year and month; null where nobody says. */
  readonly release: string | null
}): string[] => [
  `kind:${model.kind}`,
  `engine:${engine}`,
  `gpu:${gpu.id}`,
  `link:${gpu.link}`,
  `format:${precision}`,
  `parallel:TP${layout.tensorParallel}`,
  `lengths:${engine} ${lengths}`,
  ...(release === null ? [] : [`release:${engine} ${release}`]),
]

/**
 * Names of the levels that a deployment's residuals are kept under, coarse to fine: benchmark and engine, then GPU,
 * then model and precision, then layout.
 */
export function levelsOf({
  benchmark,
  engine,
  gpuName,
  modelId,
  precision,
  layout,
}: Pick<Described, 'engine' | 'precision' | 'layout'> & {
  readonly benchmark: string
  readonly gpuName: string
  readonly modelId: string
}): string[] {
  const words = [
    `${benchmark} ${engine}`,
    gpuName,
    `${modelId} ${precision}`,
    `TP${layout.tensorParallel} PP${layout.pipelineParallel} DP${layout.dataParallel}`,
  ]
  return words.map((_, index) => words.slice(0, index + 1).join(' / '))
}
