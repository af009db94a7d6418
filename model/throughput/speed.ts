import type { Interval } from '../calculation.ts'
import { MILLISECONDS_PER_SECOND } from '../units.ts'
import { predictServing, type ServingPrediction } from './closed-loop.ts'
import { spreadOf } from './coverage.ts'
import { banded, latencySpread, rateOf, scaled, sumOf } from './estimate.ts'
import { gpusOf } from './layout.ts'
import { predictOffline, predictStaticBatch } from './other-loads.ts'
import type { Serving } from './serving.ts'
import type { ServingInput } from './serving-input.ts'

/** One replica's prediction, and the bands of the whole deployment's figures. */
export interface Speed {
  readonly prediction: ServingPrediction
  readonly busyReplicas: number
  readonly ttftMs: Interval | null
  readonly tpotMs: Interval
  readonly endToEndMs: Interval | null
  readonly outputTokensPerSecond: Interval
  readonly totalTokensPerSecond: Interval
  readonly requestsPerSecond: Interval
  readonly outputTokensPerSecondPerGpu: Interval
}

/** The speed of a deployment under its load, or null where no request fits. */
export function speedOf(serving: Serving, input: ServingInput): Speed | null {
  const { fitted, load } = serving
  const { layout, sequencesPerReplica } = fitted
  if (sequencesPerReplica === 0) return null
  const concurrency = load === 'single' ? 1 : input.concurrency
  const busyReplicas = load === 'offline' ? layout.replicas : Math.min(layout.replicas, concurrency)
  const perReplica = {
    inputTokens: input.inputTokens,
    outputTokens: input.outputTokens,
    concurrency: Math.max(1, concurrency / layout.replicas),
    batchLimit: sequencesPerReplica,
  }
  const predict =
    load === 'offline' ? predictOffline : load === 'static-batch' ? predictStaticBatch : predictServing
  const prediction = predict((serving.rate ?? serving.latency).deployment, perReplica)
  const bands = bandsOf(serving, prediction, input)
  const output = scaled(bands.outputTokensPerSecond, busyReplicas)
  const { inputTokens, outputTokens } = input
  return {
    prediction,
    busyReplicas,
    ttftMs: bands.firstToken && scaled(bands.firstToken, MILLISECONDS_PER_SECOND),
    tpotMs: scaled(bands.outputToken, MILLISECONDS_PER_SECOND),
    endToEndMs: bands.request && scaled(bands.request, MILLISECONDS_PER_SECOND),
    outputTokensPerSecond: output,
    totalTokensPerSecond: scaled(output, (inputTokens + outputTokens) / outputTokens),
    requestsPerSecond: scaled(output, 1 / outputTokens),
    outputTokensPerSecondPerGpu: scaled(output, 1 / gpusOf(layout)),
  }
}

/** Bands of one replica. In a batch from start to end, or a full queue, one spread covers the whole rate. */
function bandsOf(
  { load, latency, rate }: Serving,
  prediction: ServingPrediction,
  { outputTokens }: ServingInput,
) {
  const spread = latencySpread(latency.fit, latency.reach)
  const outputToken = banded(prediction.outputTokenSeconds, spread.outputToken)
  const admitted = banded(prediction.admittedFirstTokenSeconds, spread.firstToken)
  if (rate) {
    return {
      outputTokensPerSecond: banded(prediction.outputTokensPerSecond, spreadOf(rate.fit.spread, rate.reach)),
      outputToken,
      firstToken: load === 'offline' ? null : admitted,
      request: null,
    }
  }
  const running = sumOf(admitted, scaled(outputToken, outputTokens))
  // The wait is a multiple of running times, so it is as uncertain as they are.
  const placeWait = scaled(running, prediction.placeWaitSeconds / running.p50)
  return {
    // While requests wait for a place, the running ones alone set the rate.
    outputTokensPerSecond: rateOf(prediction.batch * outputTokens, running),
    outputToken,
    firstToken: sumOf(placeWait, admitted),
    request: sumOf(placeWait, running),
  }
}
