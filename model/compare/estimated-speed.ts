import type { Interval } from '../calculation.ts'
import type { Facts, Gpu } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'
import { InputProblem, quote } from '../problem.ts'
import type { Source } from '../source.ts'
import { arithmeticAssumptions } from '../throughput/arithmetic.ts'
import { servingSubject } from '../throughput/serving-subject.ts'
import { sustainableRate } from '../throughput/sustainable.ts'
import { MILLISECONDS_PER_SECOND } from '../units.ts'
import type { Traffic } from '../workload/traffic.ts'

/** What one replica sustains, estimated, or why nothing can be said. */
export type EstimatedSpeed =
  | {
      readonly outputTokensPerSecond: Interval
      readonly gpusPerReplica: number
      readonly because: string
      readonly sources: readonly Source[]
    }
  | { readonly unknown: string }

/** Upper limits on mean latencies; none where undefined. */
export interface LatencyLimits {
  readonly ttftMs: number | undefined
  readonly tpotMs: number | undefined
}

export interface SpeedQuestion {
  readonly model: string | undefined
  readonly precision: PrecisionId | undefined
  readonly gpu: Gpu
  /** Where undefined, the count that makes most tokens a second for each GPU. */
  readonly gpusPerReplica: number | undefined
  readonly traffic: Traffic
  readonly limits: LatencyLimits
}

/** The estimate of the throughput model for requests of the mean lengths. */
export function estimatedSpeed(question: SpeedQuestion, facts: Facts): EstimatedSpeed {
  const { model, precision, gpu, gpusPerReplica, traffic, limits } = question
  if (model === undefined) {
    return { unknown: 'outputTokensPerSecond is not given, and no model from which to estimate it.' }
  }
  if (!facts.weights(model)) {
    return { unknown: `the weights of ${quote(model)} are not known here: there is no copy of them to own.` }
  }
  const inSeconds = (milliseconds: number | undefined) =>
    milliseconds === undefined ? undefined : milliseconds / MILLISECONDS_PER_SECOND
  try {
    const subject = servingSubject({ model, gpu: gpu.id, precision }, facts)
    const rate = sustainableRate(
      {
        ...subject,
        gpusPerReplica,
        inputTokens: traffic.inputTokensPerRequest,
        outputTokens: traffic.outputTokensPerRequest,
        cachedInputRatio: traffic.cachedInputRatio,
        ttftSeconds: inSeconds(limits.ttftMs),
        tpotSeconds: inSeconds(limits.tpotMs),
      },
      facts,
    )
    if ('because' in rate) return { unknown: rate.because }
    const bounds = subject.assumptions.filter(({ value }) => value === 'lower bound')
    const widened = arithmeticAssumptions(subject.gpu, subject.precision, rate.arithmetic)
    const extrapolated =
      rate.reach.reasons.length > 0 ? ` Extrapolated: ${rate.reach.reasons.join('; ')}.` : ''
    return {
      outputTokensPerSecond: rate.outputTokensPerSecond,
      gpusPerReplica: rate.gpusPerReplica,
      because: `Estimated: ${rate.layout} in ${subject.precision} with ${rate.batch} requests at once (limited by ${rate.limitedBy}).${extrapolated}${[...widened, ...bounds.map(({ because }) => ({ because: `Weights: ${because}` }))].map(({ because }) => ` ${because}`).join('')}`,
      sources: [facts.throughput.source],
    }
  } catch (problem) {
    if (problem instanceof InputProblem) return { unknown: problem.message }
    throw problem
  }
}
