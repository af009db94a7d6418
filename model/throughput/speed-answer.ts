import { z } from 'zod'
import type { Term } from '../breakdown.ts'
import type { Assumption, Computed, Interval } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import type { Unit } from '../meta.ts'
import { occupancySources } from '../serving-memory/budget.ts'
import { engineLimitsSource } from '../serving-memory/engine-defaults.ts'
import type { Source } from '../source.ts'
import { arithmeticAssumptions } from './arithmetic.ts'
import { equationSources } from './constants.ts'
import { gpusOf, layoutName } from './layout.ts'
import { keptAt16BitsSource } from './served-weights.ts'
import { type Serving, servingOf } from './serving.ts'
import type { ServingInput } from './serving-input.ts'
import { regimeOf, regimes } from './serving-terms.ts'
import { type Speed, speedOf } from './speed.ts'

const estimate = (title: string, unit: Unit) => {
  const quantile = z.number().meta({ 'x-unit': unit })
  return z.strictObject({ p10: quantile, p50: quantile, p90: quantile }).nullable().meta({ title })
}

/** The result of `throughput`, `tpot` and `ttft`: the three ask one question and show different cells of it. */
export const SpeedResult = z.strictObject({
  ttftMs: estimate('Time to first token', 'millisecond'),
  tpotMs: estimate('Time per output token', 'millisecond'),
  endToEndMs: estimate('Time of a request', 'millisecond'),
  outputTokensPerSecond: estimate('Output tokens a second, whole deployment', 'token/second'),
  totalTokensPerSecond: estimate('Input and output tokens a second, whole deployment', 'token/second'),
  requestsPerSecond: estimate('Requests a second, whole deployment', 'request/second'),
  outputTokensPerSecondPerGpu: estimate('Output tokens a second of one GPU', 'token/second'),
  regime: z.enum(regimes).nullable().meta({ title: 'What most of an output token is spent on' }),
  fits: z.boolean().meta({ title: 'Whether all requests in flight fit at once' }),
  extrapolated: z.boolean().meta({ title: 'Whether the answer goes beyond what was measured' }),
  layout: z.string().meta({ title: 'Layout' }),
  gpuCount: z.number().meta({ title: 'GPUs', 'x-unit': 'GPU' }),
  replicas: z.number().meta({ title: 'Replicas', 'x-unit': 'replica' }),
  precision: z.string().meta({ title: 'Precision of the weights' }),
  batchPerReplica: z
    .number()
    .nullable()
    .meta({ title: 'Requests that run at once in a replica', 'x-unit': 'request' }),
  largestBatchPerReplica: z
    .number()
    .meta({ title: 'Requests that a replica could run at once', 'x-unit': 'request' }),
  cacheBytesPerGpu: z.number().meta({ title: 'Memory left for KV cache on each GPU', 'x-unit': 'byte' }),
})
export type SpeedResult = z.output<typeof SpeedResult>

export const speedSources: readonly Source[] = [
  ...equationSources,
  keptAt16BitsSource,
  engineLimitsSource,
  ...occupancySources,
]

/** One cell of the answer about speed: a figure with its band and the terms that make its middle. */
export function speedAnswer(
  input: ServingInput,
  facts: Facts,
  cell: {
    readonly unit: Unit
    readonly interval: (speed: Speed) => Interval | null
    readonly terms: (speed: Speed) => readonly Term[]
  },
): Computed<SpeedResult> {
  const serving = servingOf(input, facts)
  const speed = speedOf(serving, input)
  const interval = speed && cell.interval(speed)
  return {
    result: resultOf(serving, speed, input),
    value: interval?.p50 ?? null,
    unit: cell.unit,
    breakdown: interval && speed ? cell.terms(speed) : [],
    interval,
    assumptions: [...serving.assumptions, ...placeAssumptions(serving, speed, interval)],
    sources: [facts.throughput.source],
  }
}

function resultOf(serving: Serving, speed: Speed | null, input: ServingInput): SpeedResult {
  const { layout, sequencesPerReplica, room } = serving.fitted
  const perReplica = serving.load === 'single' ? 1 : input.concurrency / layout.replicas
  return {
    ttftMs: speed?.ttftMs ?? null,
    tpotMs: speed?.tpotMs ?? null,
    endToEndMs: speed?.endToEndMs ?? null,
    outputTokensPerSecond: speed?.outputTokensPerSecond ?? null,
    totalTokensPerSecond: speed?.totalTokensPerSecond ?? null,
    requestsPerSecond: speed?.requestsPerSecond ?? null,
    outputTokensPerSecondPerGpu: speed?.outputTokensPerSecondPerGpu ?? null,
    regime: speed && regimeOf(speed.prediction),
    fits:
      sequencesPerReplica > 0 &&
      (serving.requestsPerSecond !== null
        ? speed?.saturated === false
        : serving.load === 'offline' || perReplica <= sequencesPerReplica),
    extrapolated: serving.reach.reasons.length > 0,
    layout: layoutName(layout),
    gpuCount: gpusOf(layout),
    replicas: layout.replicas,
    precision: serving.precision,
    batchPerReplica: speed?.prediction.batch ?? null,
    largestBatchPerReplica: sequencesPerReplica,
    cacheBytesPerGpu: Math.max(0, room.cacheBytes),
  }
}

function placeAssumptions(serving: Serving, speed: Speed | null, interval: Interval | null): Assumption[] {
  const { layout } = serving.fitted
  if (speed === null) {
    return [
      {
        field: 'fits',
        value: false,
        unit: null,
        because: `${serving.model.id ?? 'The model'} in ${serving.precision} with one request of this length does not fit on ${layoutName(layout)} of ${serving.gpu.id}, so it has no speed there.`,
      },
    ]
  }
  return [
    ...(speed.saturated
      ? [
          {
            field: 'requestsPerSecond',
            value: serving.requestsPerSecond,
            unit: 'request/second' as const,
            because: `Saturated, or near it: the slow end of what the deployment makes is ${Number(speed.requestsPerSecond.p10.toPrecision(3))} requests a second, and what comes above it is unserved.`,
          },
        ]
      : []),
    ...(speed.prediction.placeWaitSeconds > 0 && serving.requestsPerSecond === null
      ? [
          {
            field: 'fits',
            value: false,
            unit: null,
            because: `${serving.fitted.sequencesPerReplica} requests run at once in a replica; the others wait for a place, and their wait is part of the time to first token.`,
          },
        ]
      : []),
    ...arithmeticAssumptions(serving.gpu, serving.precision, serving.latency.deployment.arithmetic),
    ...(interval === null
      ? [
          {
            field: 'interval',
            value: null,
            unit: null,
            because: speed.saturated
              ? 'Saturated: a wait that grows without end has no mean.'
              : 'With all requests queued at once the first token has no time of its own.',
          },
        ]
      : [
          {
            field: 'interval',
            value: serving.reach.coverages.join(' and '),
            unit: null,
            because: `The band is the 10% and 90% quantile of measured / predicted on rows outside the fit (${serving.reach.coverages.join(' and ')}).`,
          },
        ]),
  ]
}
