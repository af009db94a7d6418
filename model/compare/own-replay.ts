import { z } from 'zod'
import type { Facts } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'
import { InputProblem } from '../problem.ts'
import { replay } from '../replay/fleet.ts'
import { type ArrivalSource, steadyFleet } from '../replay/fleet-rules.ts'
import type { LatencySketch } from '../replay/latency-sketch.ts'
import { servingFleet } from '../replay/serving-fleet.ts'
import { poissonSource, profileSource } from '../replay/sources.ts'
import { MILLISECONDS_PER_SECOND, SECONDS_PER_HOUR } from '../units.ts'
import type { Profile } from '../workload/profile.ts'
import type { Traffic } from '../workload/traffic.ts'
import type { Workload } from '../workload/workload.ts'
import type { OptionResult } from './comparison-result.ts'

const milliseconds = z.number().nullable().meta({ 'x-unit': 'millisecond' })
const latency = (title: string) =>
  z.strictObject({ p50: milliseconds, p90: milliseconds, p99: milliseconds }).meta({ title })

/** What requests meet on the best hardware of one's own while traffic is heaviest. */
export const OwnReplay = z.strictObject({
  option: z.string().meta({ title: 'Option' }),
  requests: z.number().meta({ title: 'Requests replayed', 'x-unit': 'request' }),
  requestsPerSecond: z.number().meta({ title: 'Their rate', 'x-unit': 'request/second' }),
  ttftMs: latency('Time to the first token'),
  tpotMs: latency('Time per output token'),
  waitMs: latency('Wait for a place'),
  busyRatio: z.number().meta({ title: 'Share of the time in which a step ran', 'x-unit': 'ratio' }),
})

const busiestMinutes = 5
const drawnRequests = 1000
const seed = 1
/** A second, at most. */
const mostSteps = 1e6

/**
 * Replays the busiest five minutes of a profile, or requests at the rate of the busiest minutes, on the cheapest option with
 * hardware whose speed is estimated. Null where there is none, or where its layout has no step times.
 */
export function ownReplay(
  of: {
    readonly options: readonly OptionResult[]
    readonly model: string
    readonly precision: PrecisionId | undefined
    readonly workload: Workload
    readonly traffic: Traffic
  },
  facts: Facts,
): z.output<typeof OwnReplay> | null {
  const best = of.options.find(({ hardware }) => hardware !== null)
  if (!best?.hardware || of.traffic.outputTokensPerRequest < 1 || !facts.weights(of.model)) return null
  const { gpu, gpuCount, replicaCount } = best.hardware
  const size = Math.floor(gpuCount / replicaCount)
  try {
    const { engine } = servingFleet(
      {
        model: of.model,
        gpu,
        gpuCount: size,
        tensorParallel: size,
        precision: of.precision,
        kvPrecision: 'bf16',
        engine: 'vllm',
        tpotFactor: 1,
        ttftFactor: 1,
        inputTokens: Math.max(1, of.traffic.inputTokensPerRequest),
        outputTokens: of.traffic.outputTokensPerRequest,
      },
      facts,
    )
    const { recorder, endsAt } = replay(
      engine,
      { ...steadyFleet, replicas: replicaCount, mostSteps },
      busiestTraffic(of.workload, of.traffic),
    )
    return {
      option: best.name,
      requests: recorder.arrived,
      requestsPerSecond: recorder.arrived / endsAt,
      ttftMs: quantilesOf(recorder.ttft),
      tpotMs: quantilesOf(recorder.tpot),
      waitMs: quantilesOf(recorder.wait),
      busyRatio: Math.min(1, recorder.busySeconds / recorder.onSeconds),
    }
  } catch (problem) {
    if (problem instanceof InputProblem) return null
    throw problem
  }
}

function busiestTraffic(workload: Workload, traffic: Traffic): ArrivalSource {
  const { cachedInputRatio } = traffic
  if (workload.from === 'profile') {
    const profile = { minutes: busiestOf(workload.profile) }
    return profileSource({ profile, lengths: 'exponential', cachedInputRatio, seed })
  }
  const meanPerSecond = traffic.requestsPerMonth / (traffic.activeHoursPerMonth * SECONDS_PER_HOUR)
  return poissonSource({
    requestsPerSecond: meanPerSecond * traffic.peakToMean,
    requests: drawnRequests,
    inputTokens: traffic.inputTokensPerRequest,
    outputTokens: traffic.outputTokensPerRequest,
    cachedInputRatio,
    lengths: 'exponential',
    seed,
  })
}

/** The minutes one after the other in which most output was asked for. */
function busiestOf({ minutes }: Profile): Profile['minutes'] {
  const sumFrom = (start: number) =>
    minutes.outputTokens.slice(start, start + busiestMinutes).reduce((sum, one) => sum + one, 0)
  const starts = minutes.outputTokens.map((_, index) => index)
  const start = starts.reduce((best, one) => (sumFrom(one) > sumFrom(best) ? one : best), 0)
  const cut = (series: readonly number[]) => series.slice(start, start + busiestMinutes)
  return {
    requests: cut(minutes.requests),
    inputTokens: cut(minutes.inputTokens),
    outputTokens: cut(minutes.outputTokens),
  }
}

const quantilesOf = (sketch: LatencySketch) => {
  const at = (share: number) => {
    const seconds = sketch.quantile(share)
    return seconds === null ? null : seconds * MILLISECONDS_PER_SECOND
  }
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99) }
}
