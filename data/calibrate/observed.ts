import type { Facts } from '../../model/facts.ts'
import { type PrecisionId, precisionAliases, precisions } from '../../model/precision.ts'
import type { StepConstants } from '../../model/throughput/constants.ts'
import { type GpuFigures, gpuFigures } from '../../model/throughput/gpu-figures.ts'
import { type ModelFigures, modelFigures } from '../../model/throughput/model-figures.ts'
import type { Measurement } from './measurement.ts'

/** What a fit sees of one row: the logarithms that were measured, and a function that predicts them. */
export interface Observation {
  readonly row: Measurement
  readonly kind: ModelFigures['kind']
  readonly classes: readonly string[]
  /** Names of the residual levels that the row belongs to, coarse to fine. */
  readonly levels: readonly string[]
  readonly measured: readonly number[]
  predict(constants: StepConstants): readonly number[]
}

/** A row's model, GPU and precision as the facts know them. */
export interface Subject {
  readonly model: ModelFigures
  readonly gpu: GpuFigures
  /** The GPU as the row names it, where that says less than an id does: `a100` may be either memory. */
  readonly gpuName: string
  readonly precision: PrecisionId
}

/** The file's spelling of GPUs, where it is not an id. The two without a form factor stand for the commoner one. */
const gpuIds: Readonly<Record<string, string>> = {
  a100: 'a100-sxm-40gb',
  'h100-80gb': 'h100-sxm-80gb',
  'rtx-pro-6000-blackwell-server': 'rtx-pro-6000-blackwell-server-96gb',
}
const unspecific = new Set(['a100', 'h100-80gb'])

/** The file's spelling of precisions, where no other table uses it. */
const precisionIds: Readonly<Record<string, PrecisionId>> = { q4_k_m: 'q4_k', fp4: 'nvfp4' }

/** The subject of a row, or the reason why it has none. */
export function subjectOf(row: Measurement, facts: Facts): Subject | string {
  const weights = facts.weights(row.model)
  if (!weights) return `The facts do not know the model ${row.model}.`
  const gpuFacts = facts.gpu(gpuIds[row.gpu] ?? row.gpu)
  if (!gpuFacts?.memoryBytesPerSecond) return `The facts do not know the GPU ${row.gpu} and its bandwidth.`
  const precision = precisionOf(row.precision)
  if (!precision)
    return row.precision === '' ? 'The row states no precision.' : `No precision is called ${row.precision}.`
  const gpu = gpuFigures(gpuFacts)
  if (!gpu.peakFlopPerSecond.bf16 && !gpu.peakFlopPerSecond.fp16)
    return `The 16-bit peak of ${row.gpu} is not known.`
  return {
    model: modelFigures(weights.id, weights.config),
    gpu,
    gpuName: unspecific.has(row.gpu) ? row.gpu : gpu.id,
    precision,
  }
}

const precisionOf = (text: string): PrecisionId | undefined =>
  precisionIds[text] ?? precisionAliases[text] ?? (text in precisions ? (text as PrecisionId) : undefined)
