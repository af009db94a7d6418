import type { Source } from '../source.ts'
import type { Layout } from '../throughput/layout.ts'
import type { ModelFigures } from '../throughput/model-figures.ts'
import type { ServedWeights } from '../throughput/served-weights.ts'
import { GiB } from '../units.ts'
import type { EngineLimits } from './engine-defaults.ts'

/** What fills one GPU beside the KV cache, in bytes. */
export interface Occupancy {
  readonly weightBytes: number
  readonly activationBytes: number
  readonly graphBytes: number
  readonly nonTorchBytes: number
}

export const occupancySources: readonly Source[] = [
  {
    title: 'Weights in memory, 2% above their size on disk: KAITO model presets (kaito-project/kaito)',
    url: 'https://github.com/kaito-project/kaito',
  },
  {
    title:
      'CUDA graphs 0.99 GiB: gpt-oss-120b on one GPU, vLLM log in GloriaXimingLu/inferencex-profiling @237385bf',
    url: 'https://github.com/GloriaXimingLu/inferencex-profiling',
  },
  {
    title:
      'Outside PyTorch 0.15 GiB, 0.6 GiB under tensor parallelism; activation peaks of five models on H100: llm-d-incubation/llm-d-planner src/planner/capacity_planner.py @e50305af',
    url: 'https://github.com/llm-d-incubation/llm-d-planner/blob/e50305af/src/planner/capacity_planner.py',
  },
]

const weightPadding = 1.02
const allGraphsBytes = 0.99 * GiB
const nonTorchBytes = { alone: 0.15 * GiB, parallel: 0.6 * GiB }
/**
 * Bytes of the sampler for each sequence and vocabulary entry. The five activation peaks of llm-d-planner, measured
 * with 1,024 sequences, are 38.4 to 39.6 of these, whatever the model: logits and their copies, in 32 bits.
 */
const samplerBytesPerLogit = 39
const activationBytesPerElement = 2

/**
 * Memory of one GPU that is not KV cache, as an engine's start-up profile finds it.
 *
 *   weights     = resident bytes × 1.02, divided over the GPUs that share them
 *   activations = 39 × sequences × vocabulary + 2 × tokensPerStep × (hidden + 2 × feedForward / TP)
 *   graphs      = 0.99 GiB × captured batch sizes / all batch sizes
 */
export function occupancy({
  model,
  weights,
  layout: { tensorParallel, pipelineParallel, dataParallel },
  limits,
}: {
  model: ModelFigures
  weights: ServedWeights
  layout: Layout
  limits: EngineLimits
}): Occupancy {
  const shards = tensorParallel * pipelineParallel
  const shared = weights.residentBytes - weights.routedExpertBytes
  return {
    weightBytes: (weightPadding * (shared + weights.routedExpertBytes / dataParallel)) / shards,
    activationBytes:
      samplerBytesPerLogit * limits.sequences * model.vocabularySize +
      activationBytesPerElement *
        limits.tokensPerStep *
        (model.hiddenSize + (2 * model.feedForwardSize) / tensorParallel),
    graphBytes: (allGraphsBytes * capturedSizes(limits.sequences)) / capturedSizes(mostCaptured / 2),
    nonTorchBytes: tensorParallel * pipelineParallel > 1 ? nonTorchBytes.parallel : nonTorchBytes.alone,
  }
}

export const occupiedBytes = (of: Occupancy): number =>
  of.weightBytes + of.activationBytes + of.graphBytes + of.nonTorchBytes

const mostCaptured = 512

/** How many batch sizes vLLM captures: 1, 2, 4, every 8th below 256, every 16th to twice the sequences, 512 at most. */
function capturedSizes(sequences: number): number {
  const most = Math.min(2 * sequences, mostCaptured)
  if (most < 8) return 1 + Math.floor(Math.log2(most))
  return 3 + Math.floor(Math.min(most, 248) / 8) + (most >= 256 ? 1 + Math.floor((most - 256) / 16) : 0)
}
