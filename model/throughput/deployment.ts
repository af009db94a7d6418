import { type PrecisionId, precisions } from '../precision.ts'
import { BITS_PER_BYTE } from '../units.ts'
import { type Arithmetic, arithmeticOf } from './arithmetic.ts'
import type { StepConstants } from './constants.ts'
import type { GpuFigures } from './gpu-figures.ts'
import type { Layout } from './layout.ts'
import type { ModelFigures } from './model-figures.ts'
import { type ServedWeights, servedWeights } from './served-weights.ts'

/**
 * One replica of a model on GPUs, reduced to the coefficients of its step times, so that a prediction for one
 * batch is a handful of multiplications.
 */
export interface Deployment {
  readonly model: ModelFigures
  readonly gpu: GpuFigures
  readonly layout: Layout
  readonly constants: StepConstants
  readonly smoothMaximumPower: number
  /** What measurements like this one came to, over what the constants alone predict. */
  readonly corrections: Corrections
  readonly weights: ServedWeights
  readonly arithmetic: Arithmetic
  readonly cacheBytesPerElement: number
  /** Seconds that a step spends on reading what every step reads. */
  readonly alwaysReadSeconds: number
  /** Seconds to read all routed experts once. */
  readonly routedExpertSeconds: number
  /** Seconds to read one cached element of one sequence. */
  readonly cacheElementSeconds: number
  readonly linearSecondsPerToken: number
  /** Attention seconds for each pair of a query token and a context token, over all full layers. */
  readonly fullPairSeconds: number
  readonly windowPairSeconds: number
  readonly layerSeconds: number
  readonly communicationSeconds: number
  readonly communicationSecondsPerToken: number
}

export interface Corrections {
  readonly firstToken: number
  readonly outputToken: number
}

const uncorrected: Corrections = { firstToken: 1, outputToken: 1 }

const activationBytes = 2
/** Twice in a layer: after attention and after feed-forward (Megatron-LM, section 3). */
const allReducesPerLayer = 2
/** One multiplication and one addition for the scores, and again for the values. */
const attentionFlopPerPair = 4

export const cacheBytesOf = (precision: PrecisionId): number =>
  precisions[precision].bitsPerWeight / BITS_PER_BYTE

export function deployment({
  model,
  gpu,
  layout,
  precision,
  cachePrecision,
  constants,
  smoothMaximumPower,
  corrections = uncorrected,
}: {
  model: ModelFigures
  gpu: GpuFigures
  layout: Layout
  precision: PrecisionId
  cachePrecision: PrecisionId
  constants: StepConstants
  smoothMaximumPower: number
  corrections?: Corrections
}): Deployment {
  const { tensorParallel, dataParallel } = layout
  const stageGpus = tensorParallel * dataParallel
  const weights = servedWeights(model, precision)
  const arithmetic = arithmeticOf(gpu, precision)
  const bytesPerSecond = constants.memoryEfficiency * gpu.memoryBytesPerSecond
  const flopPerSecond = constants.computeEfficiency * arithmetic.flopPerSecond * stageGpus
  const cacheShards =
    dataParallel * (model.cacheIsLatent ? 1 : Math.min(tensorParallel, model.keyValueHeadCount))
  const cacheBytesPerElement = cacheBytesOf(cachePrecision)
  const allReduces = tensorParallel > 1 ? allReducesPerLayer * model.layerCount : 0
  const ringShare = (2 * (tensorParallel - 1)) / tensorParallel
  return {
    model,
    gpu,
    layout,
    constants,
    smoothMaximumPower,
    corrections,
    weights,
    arithmetic,
    cacheBytesPerElement,
    alwaysReadSeconds: weights.alwaysReadBytes / tensorParallel / bytesPerSecond,
    routedExpertSeconds: weights.routedExpertBytes / stageGpus / bytesPerSecond,
    cacheElementSeconds: (constants.cacheTraffic * cacheBytesPerElement) / cacheShards / bytesPerSecond,
    linearSecondsPerToken: weights.flopPerToken / flopPerSecond,
    fullPairSeconds: (attentionFlopPerPair * model.fullAttentionWidth) / flopPerSecond,
    windowPairSeconds: (attentionFlopPerPair * model.windowAttentionWidth) / flopPerSecond,
    layerSeconds: model.layerCount * constants.layerSeconds + model.moeLayerCount * constants.moeLayerSeconds,
    communicationSeconds: allReduces * constants.allReduceSeconds,
    communicationSecondsPerToken:
      (allReduces * ringShare * model.hiddenSize * activationBytes) /
      (constants.linkEfficiency * gpu.linkBytesPerSecond),
  }
}
