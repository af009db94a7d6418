import { divideBy, group, product, sum, type Term, times } from '../breakdown.ts'
import { MILLISECONDS_PER_SECOND } from '../units.ts'
import type { ServingPrediction } from './closed-loop.ts'

const milliseconds = (name: string, seconds: number, note?: string) => ({
  name,
  value: seconds * MILLISECONDS_PER_SECOND,
  unit: 'millisecond' as const,
  ...(note !== undefined && { note }),
})

/** The terms of one decode step. */
const stepTerms = ({ step, batch }: ServingPrediction): Term[] =>
  sum(
    milliseconds(
      'reads and arithmetic',
      step.rooflineSeconds,
      `the smooth larger of ${describe(step.memorySeconds)} of reads and ${describe(step.computeSeconds)} of arithmetic`,
    ),
    milliseconds('launching the layers', step.layerSeconds),
    milliseconds('scheduling the step', step.stepSeconds),
    milliseconds(`sampling for ${Number(batch.toPrecision(4))} sequences`, step.sequenceSeconds),
    milliseconds('communication between GPUs', step.communicationSeconds),
  )

const describe = (seconds: number): string => `${(seconds * MILLISECONDS_PER_SECOND).toPrecision(3)} ms`

/** The terms of the time of one output token: a step, and what other requests' prompts add to it. */
export const outputTokenTerms = (prediction: ServingPrediction): Term[] => [
  ...sum(stepShare(prediction), milliseconds("other requests' prompts", prediction.interferenceSeconds)),
  correction(prediction.corrections.outputToken),
]

/** A step, or its share of each token that it yields where tokens are drafted. */
const stepShare = (prediction: ServingPrediction) => {
  const step = group('decode step', 'millisecond', stepTerms(prediction))
  const { tokensPerStep } = prediction
  if (tokensPerStep === 1) return step
  const tokens = { name: 'tokens that a step yields', value: tokensPerStep, unit: 'token' as const }
  return group('decode step, for each token', 'millisecond', [...sum(step), divideBy(tokens)])
}

const correction = (value: number): Term =>
  times({ name: 'measured over predicted, on deployments like it', value, unit: 'ratio' })

/** The terms of the time to the first token of a request that has its place in the batch. */
const admittedTerms = (prediction: ServingPrediction): Term[] => [
  ...sum(
    group(
      'prompts before the first token',
      'millisecond',
      product(
        milliseconds('prefill of one prompt', prediction.prefillSeconds),
        ...(prediction.promptDelay === 1
          ? []
          : [
              {
                name: 'its attention on one of the copies only',
                value: prediction.promptDelay,
                unit: 'ratio' as const,
              },
            ]),
        { name: 'prompts, its own included', value: prediction.promptsBefore, unit: 'count' },
      ),
    ),
    milliseconds('rest of the running step, client and first schedule', prediction.admissionSeconds),
  ),
  correction(prediction.corrections.firstToken),
]

/** The terms of the time to the first token, the wait for a place included. */
export const firstTokenTerms = (prediction: ServingPrediction): Term[] => [
  ...sum(
    group('time to first token, once in the batch', 'millisecond', admittedTerms(prediction)),
    milliseconds('wait for a place in the batch', prediction.placeWaitSeconds),
  ),
]

/** The terms of a deployment's output tokens a second: what its batches make, over the time of one request. */
export function outputRateTerms({
  prediction,
  asManyAsCome,
  busyReplicas,
  requestsPerSecond,
  outputTokens,
}: {
  prediction: ServingPrediction
  asManyAsCome: boolean
  busyReplicas: number
  requestsPerSecond: { readonly p50: number }
  outputTokens: number
}): Term[] {
  if (asManyAsCome) {
    return product(
      { name: 'requests that come a second', value: requestsPerSecond.p50, unit: 'request/second' },
      { name: 'output tokens of a request', value: outputTokens, unit: 'token' },
    )
  }
  const decoding = product(group('time of one output token', 'millisecond', outputTokenTerms(prediction)), {
    name: 'output tokens of a request',
    value: outputTokens,
    unit: 'token',
  })
  return [
    ...product(
      { name: 'replicas at work', value: busyReplicas, unit: 'replica' },
      { name: 'requests running in each', value: prediction.batch, unit: 'request' },
      { name: 'output tokens of a request', value: outputTokens, unit: 'token' },
    ),
    divideBy(
      group(
        'time of one request',
        'millisecond',
        sum(
          group('time to first token, once in the batch', 'millisecond', admittedTerms(prediction)),
          group('all output tokens', 'millisecond', decoding),
        ),
      ),
    ),
    times({ name: 'milliseconds in a second', value: MILLISECONDS_PER_SECOND, unit: 'count' }),
  ]
}

/** The regime of an output token: what most of its time is spent on. */
export function regimeOf({ step, interferenceSeconds }: ServingPrediction): Regime {
  const spent: readonly (readonly [Regime, number])[] = [
    ['memory', step.memorySeconds > step.computeSeconds ? step.rooflineSeconds : 0],
    ['compute', interferenceSeconds + (step.memorySeconds > step.computeSeconds ? 0 : step.rooflineSeconds)],
    ['overhead', step.layerSeconds + step.stepSeconds + step.sequenceSeconds],
    ['communication', step.communicationSeconds],
  ]
  return spent.reduce((most, candidate) => (candidate[1] > most[1] ? candidate : most))[0]
}

export const regimes = ['memory', 'compute', 'overhead', 'communication'] as const
export type Regime = (typeof regimes)[number]
