import { type PrecisionId, precisions } from '../precision.ts'
import { BITS_PER_BYTE } from '../units.ts'
import { type Arithmetic, arithmeticOf } from './arithmetic.ts'
import type { StepConstants } from './constants.ts'
import type { GpuFigures } from './gpu-figures.ts'
import type { Layout } from './layout.ts'
import { type ModelFigures, parametersPerToken } from './model-figures.ts'
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
  /** Attention seconds of a prompt for each pair of a query token and a context token, over all full layers. */
  readonly fullPairSeconds: number
  /** The same in decode. */
  readonly decodePairSeconds: number
  readonly windowPairSeconds: number
  readonly layerSeconds: number
  readonly communicationSeconds: number
  readonly communicationSecondsPerToken: number
  /** Exchange of tokens with the experts on other GPUs: dispatch and combine in each layer. */
  readonly exchangeSeconds: number
  readonly exchangeSecondsPerToken: number
  /** How much longer one prompt alone takes than its share of the work: its attention runs on one copy of many. */
  readonly promptDelay: number
  /** Tokens that a step proposes for each sequence beyond the next one. */
  readonly draftTokens: number
  /** Tokens of a sequence that a step yields: the next one and the drafts that are kept. */
  readonly tokensPerStep: number
}

export interface Corrections {
  readonly firstToken: number
  readonly outputToken: number
}

/** Tokens that are drafted for each step, and the chance that one is kept; the fit's own where null. */
export interface Drafting {
  readonly draftTokens: number
  readonly acceptance: number | null
}

const uncorrected: Corrections = { firstToken: 1, outputToken: 1 }

const activationBytes = 2
/** Twice in a layer: after attention and after feed-forward (Megatron-LM, section 3). */
const allReducesPerLayer = 2
/** One multiplication and one addition for the scores, and again for the values. */
const attentionFlopPerPair = 4
/** Tokens go to their experts and come back. */
const exchangesPerLayer = 2
/** One byte on the way there, two on the way back. */
const exchangeBytes = 1.5

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
  drafting = { draftTokens: 0, acceptance: null },
}: {
  model: ModelFigures
  gpu: GpuFigures
  layout: Layout
  precision: PrecisionId
  cachePrecision: PrecisionId
  constants: StepConstants
  smoothMaximumPower: number
  corrections?: Corrections
  drafting?: Drafting
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
  const exchanges = dataParallel > 1 ? exchangesPerLayer * model.moeLayerCount : 0
  const linkBytesPerSecond = constants.linkEfficiency * gpu.linkBytesPerSecond
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
    decodePairSeconds: (attentionFlopPerPair * model.decodeAttentionWidth) / flopPerSecond,
    windowPairSeconds: (attentionFlopPerPair * model.windowAttentionWidth) / flopPerSecond,
    layerSeconds: model.layerCount * constants.layerSeconds + model.moeLayerCount * constants.moeLayerSeconds,
    communicationSeconds: allReduces * constants.allReduceSeconds,
    communicationSecondsPerToken:
      (allReduces * ringShare * model.hiddenSize * activationBytes) / linkBytesPerSecond,
    exchangeSeconds: exchanges * constants.allReduceSeconds,
    exchangeSecondsPerToken:
      (exchanges * exchangeBytes * model.hiddenSize * model.expertsPerToken * (1 - 1 / dataParallel)) /
      dataParallel /
      linkBytesPerSecond,
    promptDelay: 1 + (dataParallel - 1) * attentionShare(model),
    draftTokens: drafting.draftTokens,
    tokensPerStep: tokensPerStep({
      draftTokens: drafting.draftTokens,
      acceptance: drafting.acceptance ?? constants.draftAcceptance,
    }),
  }
}

/** Share of a token's multiplications that the copies of attention do, and not the experts that they share. */
const attentionShare = (model: ModelFigures): number =>
  (model.attentionParameterCount + model.headParameterCount) / parametersPerToken(model)

/**
 * Tokens of a sequence that one step yields where so many are drafted: each is kept only if those before it were.
 *
 *   1 + q + q² + … + qⁿ = (1 − qⁿ⁺¹) / (1 − q)
 *
 * @see Leviathan et al., Fast Inference from Transformers via Speculative Decoding, equation 1, arXiv 2211.17192.
 */
function tokensPerStep({ draftTokens, acceptance }: { draftTokens: number; acceptance: number }): number {
  let kept = 1
  let tokens = 1
  for (let draft = 0; draft < draftTokens; draft += 1) {
    kept *= acceptance
    tokens += kept
  }
  return tokens
}
