import type { Interval } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'
import { type EngineLimits, engineLimits } from '../serving-memory/engine-defaults.ts'
import { type FittedLayout, fittedLayout, usualCounts } from '../serving-memory/fitted-layout.ts'
import type { Arithmetic } from './arithmetic.ts'
import { firstTokenSeconds, predictServing, type ServingPrediction } from './closed-loop.ts'
import type { Engine } from './constants.ts'
import type { Reach } from './coverage.ts'
import { banded, latencySpread, rateOf, scaled, sumOf } from './estimate.ts'
import { estimatedDeployment } from './estimated-deployment.ts'
import type { GpuFigures } from './gpu-figures.ts'
import { gpusPerReplica, layoutName } from './layout.ts'
import type { ModelFigures } from './model-figures.ts'

/** What one replica is asked to sustain. `servingSubject` makes model, GPU and precision from names. */
export interface SustainableQuestion {
  readonly model: ModelFigures
  readonly gpu: GpuFigures
  readonly precision: PrecisionId
  readonly cachePrecision?: PrecisionId | undefined
  /** GPUs of one replica; where left out, the count that makes most tokens a second for each GPU. */
  readonly gpusPerReplica?: number | undefined
  readonly inputTokens: number
  readonly outputTokens: number
  /** Share of the input that a prefix cache answers: it needs no prefill. */
  readonly cachedInputRatio?: number | undefined
  /** Upper limits on the means; none where left out. */
  readonly ttftSeconds?: number | undefined
  readonly tpotSeconds?: number | undefined
  readonly engine?: Engine | undefined
}

/** What one replica sustains, with its band, and what set it. */
export interface Sustainable {
  readonly layout: string
  readonly gpusPerReplica: number
  /** Requests that run at once. */
  readonly batch: number
  readonly limitedBy: 'memory' | 'engine cap' | 'ttft limit' | 'tpot limit'
  readonly outputTokensPerSecond: Interval
  readonly ttftSeconds: Interval
  readonly tpotSeconds: Interval
  readonly prediction: ServingPrediction
  readonly arithmetic: Arithmetic
  readonly reach: Reach
  readonly limits: EngineLimits
}

export type Unsustainable = { readonly because: string }

/** Engines keep a margin to the largest batch: above this, more requests add wait and hardly any speed. */
const engineBatchCap = 256

/**
 * The output tokens a second that one replica sustains, at the largest batch that keeps every limit.
 *
 * The batch is bounded by the memory left for KV cache at the mean context (input + output / 2: an engine admits by
 * current length), by the engine's cap, and by the limits on the mean latencies, which only grow with the batch, so
 * that bisection finds the largest one. The figure is that of a closed loop that always holds so many requests: the
 * rate that a busy replica makes, before any margin for bursts.
 *
 * Its band is the spread of both latencies on rows outside the fit: the slow end has both at their slow end. `reach`
 * says which columns of the spread apply, and why the answer is extrapolated, where it is.
 */
export function sustainableRate(question: SustainableQuestion, facts: Facts): Sustainable | Unsustainable {
  if (question.gpusPerReplica !== undefined) return rateOn(question.gpusPerReplica, question, facts)
  const answers = usualCounts.map((count) => rateOn(count, question, facts))
  const best = answers
    .filter((answer) => 'batch' in answer)
    .reduce<Sustainable | null>((most, one) => (most && perGpu(most) >= perGpu(one) ? most : one), null)
  return best ?? answers.at(-1) ?? { because: 'No count of GPUs was tried.' }
}

const perGpu = (of: Sustainable): number => of.outputTokensPerSecond.p50 / of.gpusPerReplica

function rateOn(gpuCount: number, question: SustainableQuestion, facts: Facts): Sustainable | Unsustainable {
  const { model, gpu, precision, inputTokens, outputTokens } = question
  const cachePrecision = question.cachePrecision ?? 'bf16'
  const limits = engineLimits(gpu)
  const memory = {
    model,
    gpu,
    precision,
    cachePrecision,
    contextTokens: inputTokens + outputTokens / 2,
    limits,
  }
  const found = oneReplica(fittedLayout(memory, { gpuCount }))
  if (found.sequencesPerReplica === 0) {
    return { because: `The weights and one request do not fit on ${gpuCount} ${gpu.id}.` }
  }
  const { deployment, fit, reach } = estimatedDeployment({
    model,
    gpu,
    layout: found.layout,
    precision,
    cachePrecision,
    engine: question.engine ?? 'vllm',
    lengths: 'uniform',
    fit: facts.throughput[model.kind],
    facts,
  })
  const at = (batch: number) =>
    predictServing(deployment, {
      inputTokens,
      prefilledTokens: inputTokens * (1 - (question.cachedInputRatio ?? 0)),
      outputTokens,
      concurrency: batch,
      batchLimit: batch,
    })
  const keepsTtft = (batch: number) => firstTokenSeconds(at(batch)) <= (question.ttftSeconds ?? Infinity)
  const keepsTpot = (batch: number) => at(batch).outputTokenSeconds <= (question.tpotSeconds ?? Infinity)
  const bounded = Math.min(found.sequencesPerReplica, engineBatchCap)
  const batch = largest(bounded, (candidate) => keepsTtft(candidate) && keepsTpot(candidate))
  if (batch === 0) {
    const which = keepsTtft(1) ? 'time per output token' : 'time to first token'
    return { because: `Even one request at a time breaks the limit on the ${which}.` }
  }
  const prediction = at(batch)
  const spread = latencySpread(fit, reach)
  const ttftSeconds = banded(firstTokenSeconds(prediction), spread.firstToken)
  const tpotSeconds = banded(prediction.outputTokenSeconds, spread.outputToken)
  return {
    layout: layoutName(found.layout),
    gpusPerReplica: gpusPerReplica(found.layout),
    batch,
    limitedBy:
      batch < bounded
        ? keepsTtft(batch + 1)
          ? 'tpot limit'
          : 'ttft limit'
        : found.sequencesPerReplica < engineBatchCap
          ? 'memory'
          : 'engine cap',
    outputTokensPerSecond: rateOf(
      batch * outputTokens,
      sumOf(ttftSeconds, scaled(tpotSeconds, outputTokens)),
    ),
    ttftSeconds,
    tpotSeconds,
    prediction,
    arithmetic: deployment.arithmetic,
    reach,
    limits,
  }
}

/** One of the equal groups that a count of GPUs was divided into. */
const oneReplica = (fitted: FittedLayout): FittedLayout => ({
  ...fitted,
  layout: { ...fitted.layout, replicas: 1 },
})

/** The largest whole number up to a bound that a condition holds for, where it holds for all smaller ones too. */
function largest(bound: number, holds: (candidate: number) => boolean): number {
  if (holds(bound)) return bound
  let [good, bad] = [0, bound]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (holds(middle)) good = middle
    else bad = middle
  }
  return good
}
