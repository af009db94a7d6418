import type { Interval } from '../calculation.ts'
import { MILLISECONDS_PER_SECOND } from '../units.ts'
import { predictServing, type ServingPrediction } from './closed-loop.ts'
import { spreadOf } from './coverage.ts'
import { banded, latencySpread, rateOf, scaled, sumOf } from './estimate.ts'
import { gpusOf } from './layout.ts'
import { predictOpenLoop } from './open-loop.ts'
import { predictOffline, predictStaticBatch } from './other-loads.ts'
import type { Serving } from './serving.ts'
import type { ServingInput } from './serving-input.ts'

/** One replica's prediction, and the bands of the whole deployment's figures. */
export interface Speed {
  readonly prediction: ServingPrediction
  /** True where requests come at a rate above the slow end of what the deployment makes, so that the wait grows without end. */
  readonly saturated: boolean
  /** True where the rate is that of the requests that come, and not what the deployment makes. */
  readonly asManyAsCome: boolean
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
  if (serving.requestsPerSecond !== null) return openSpeed(serving, serving.requestsPerSecond, input)
  const concurrency = load === 'single' ? 1 : input.concurrency
  const busyReplicas = load === 'offline' ? layout.replicas : Math.min(layout.replicas, concurrency)
  const perReplica = {
    ...lengthsOf(serving, input),
    concurrency: Math.max(1, concurrency / layout.replicas),
    batchLimit: sequencesPerReplica,
  }
  const predict =
    load === 'offline' ? predictOffline : load === 'static-batch' ? predictStaticBatch : predictServing
  const prediction = predict((serving.rate ?? serving.latency).deployment, perReplica)
  const bands = bandsOf(serving, prediction, input)
  const output = scaled(bands.outputTokensPerSecond, busyReplicas)
  return {
    prediction,
    saturated: false,
    asManyAsCome: false,
    busyReplicas,
    ...inMilliseconds(bands),
    ...ratesOf(output, serving, input),
  }
}

const inMilliseconds = ({ firstToken, outputToken, request }: Bands) => ({
  ttftMs: firstToken && scaled(firstToken, MILLISECONDS_PER_SECOND),
  tpotMs: scaled(outputToken, MILLISECONDS_PER_SECOND),
  endToEndMs: request && scaled(request, MILLISECONDS_PER_SECOND),
})

function ratesOf(output: Interval, { fitted }: Serving, { inputTokens, outputTokens }: ServingInput) {
  return {
    outputTokensPerSecond: output,
    totalTokensPerSecond: scaled(output, (inputTokens + outputTokens) / outputTokens),
    requestsPerSecond: scaled(output, 1 / outputTokens),
    outputTokensPerSecondPerGpu: scaled(output, 1 / gpusOf(fitted.layout)),
  }
}

const lengthsOf = ({ cachedInputRatio }: Serving, { inputTokens, outputTokens }: ServingInput) => ({
  inputTokens,
  prefilledTokens: inputTokens * (1 - cachedInputRatio),
  outputTokens,
})

/** Squared coefficients of variation: drawn evenly from [0.8, 1.0] of a length; exponential for a trace's. */
const promptVariations = { fixed: 0, uniform: 0.2 ** 2 / 12 / 0.9 ** 2, trace: 1 } as const

/** The speed of a deployment to which requests come at a rate: what they find, and what it can make at most. */
function openSpeed(serving: Serving, requestsPerSecond: number, input: ServingInput): Speed {
  const { replicas } = serving.fitted.layout
  const { deployment } = serving.latency
  const load = { ...lengthsOf(serving, input), batchLimit: serving.fitted.sequencesPerReplica }
  const full = predictServing(deployment, { ...load, concurrency: load.batchLimit })
  const most = scaled(bandsOf(serving, full, input).outputTokensPerSecond, replicas)
  const held = predictOpenLoop(deployment, {
    ...load,
    requestsPerSecond: requestsPerSecond / replicas,
    promptVariation: promptVariations[serving.lengths],
  })
  const wanted = requestsPerSecond * input.outputTokens
  const saturated = held === null || wanted > most.p10
  const bands = bandsOf(serving, held ?? full, input)
  const output = {
    p10: Math.min(wanted, most.p10),
    p50: Math.min(wanted, most.p50),
    p90: Math.min(wanted, most.p90),
  }
  return {
    prediction: held ?? full,
    saturated,
    asManyAsCome: wanted <= most.p50,
    busyReplicas: replicas,
    ...inMilliseconds(saturated ? { ...bands, firstToken: null, request: null } : bands),
    ...ratesOf(output, serving, input),
  }
}

interface Bands {
  readonly outputTokensPerSecond: Interval
  readonly outputToken: Interval
  readonly firstToken: Interval | null
  readonly request: Interval | null
}

/** Bands of one replica. In a batch from start to end, or a full queue, one spread covers the whole rate. */
function bandsOf(
  { load, latency, rate }: Serving,
  prediction: ServingPrediction,
  { outputTokens }: ServingInput,
): Bands {
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
