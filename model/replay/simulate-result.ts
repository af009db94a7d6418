import type { z } from 'zod'
import { MILLISECONDS_PER_SECOND, SECONDS_PER_HOUR } from '../units.ts'
import type { Replay } from './fleet.ts'
import type { LatencySketch } from './latency-sketch.ts'
import type { ReplayEnergy } from './replay-energy.ts'
import type { ServingFleet } from './serving-fleet.ts'
import type { SimulateOutput } from './simulate-fields.ts'

/** A replay as its answer shows it. */
export function replayResult(
  { recorder, requestSeconds, endsAt, mostInFlight, mostReplicas, failures }: Replay,
  fleet: ServingFleet,
  { busyJoules, idleJoules }: ReplayEnergy,
  intervalSeconds: number,
): z.output<typeof SimulateOutput> {
  return {
    waitMs: inMilliseconds(recorder.wait),
    ttftMs: inMilliseconds(recorder.ttft),
    tpotMs: inMilliseconds(recorder.tpot),
    endToEndMs: inMilliseconds(recorder.endToEnd),
    requests: recorder.arrived,
    completedRequests: recorder.completed,
    unservedRequests: recorder.arrived - recorder.completed,
    inputTokens: recorder.inputTokens,
    askedOutputTokens: recorder.askedTokens,
    servedOutputTokens: recorder.servedTokens,
    unservedOutputTokens: recorder.unservedTokens,
    lostOutputTokens: recorder.lostTokens,
    outputTokensPerSecond: share(recorder.servedTokens, endsAt),
    spanSeconds: endsAt,
    meanInFlight: share(requestSeconds, endsAt),
    mostInFlight,
    preemptions: recorder.preemptions,
    failures,
    busyRatio: busyShare(recorder.busySeconds, recorder.onSeconds),
    replicas: fleet.replicas,
    mostReplicas,
    gpuHours: (recorder.onSeconds * fleet.gpusPerReplica) / SECONDS_PER_HOUR,
    busyJoules,
    idleJoules,
    intervals: recorder.stretches.map((stretch, index) => {
      const fromSeconds = index * intervalSeconds
      const seconds = Math.min(intervalSeconds, endsAt - fromSeconds)
      return {
        fromSeconds,
        requests: stretch.requests,
        unservedRequests: stretch.unservedRequests,
        outputTokens: stretch.outputTokens,
        meanWaiting: share(stretch.waitSeconds, seconds),
        replicas: share(stretch.onSeconds, seconds),
        busyRatio: busyShare(stretch.busySeconds, stretch.onSeconds),
      }
    }),
    layout: fleet.layout,
    extrapolated: fleet.serving.reach.reasons.length > 0,
  }
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

/** The last step may outlast the end. */
const busyShare = (busySeconds: number, onSeconds: number): number =>
  Math.min(1, share(busySeconds, onSeconds))

const inMilliseconds = (sketch: LatencySketch) => {
  const milliseconds = (seconds: number | null) =>
    seconds === null ? null : seconds * MILLISECONDS_PER_SECOND
  const at = (quantile: number) => milliseconds(sketch.quantile(quantile))
  return {
    mean: milliseconds(sketch.mean),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    max: sketch.count === 0 ? null : milliseconds(sketch.most),
  }
}
