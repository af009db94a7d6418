import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { log } from '../elementary.ts'
import { SECONDS_PER_MINUTE } from '../units.ts'
import type { Profile } from '../workload/profile.ts'
import type { Trace } from '../workload/trace.ts'
import type { Arrival, ArrivalSource } from './fleet-rules.ts'

/** A recorded trace, as it stands. */
export function traceSource(
  trace: Pick<Trace, 'seconds' | 'inputTokens' | 'outputTokens' | 'cachedInputTokens'>,
): ArrivalSource {
  let index = -1
  return {
    next() {
      index += 1
      if (index >= trace.seconds.length) return null
      return {
        at: trace.seconds[index] ?? 0,
        inputTokens: trace.inputTokens[index] ?? 0,
        outputTokens: trace.outputTokens[index] ?? 0,
        cachedInputTokens: trace.cachedInputTokens?.[index] ?? 0,
      }
    },
  }
}

/** How one request's length is drawn: all alike, or exponential about the mean, in whole tokens of at least one. */
export const lengthKinds = ['fixed', 'exponential'] as const
export type LengthKind = (typeof lengthKinds)[number]

/** Requests that know nothing of each other (Poisson), so many in all, drawn one at a time. */
export function poissonSource(of: {
  readonly requestsPerSecond: number
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputRatio: number
  readonly lengths: LengthKind
  readonly seed: number
}): ArrivalSource {
  const random = xoroshiro128plus(of.seed)
  const exponential = (mean: number) => -mean * log(1 - uniformFloat64(random))
  /** Rounding up an exponential gives the geometric law, whose mean is 1 / (1 - e^(-1/scale)). */
  const scaleOf = (mean: number) => (mean <= 1 ? 0 : -1 / log(1 - 1 / mean))
  const scales = { input: scaleOf(of.inputTokens), output: scaleOf(of.outputTokens) }
  const length = (mean: number, scale: number) =>
    of.lengths === 'fixed' || scale === 0 ? Math.round(mean) : Math.max(1, Math.ceil(exponential(scale)))
  let made = 0
  let at = 0
  return {
    next(): Arrival | null {
      if (made === of.requests) return null
      made += 1
      at += exponential(1 / of.requestsPerSecond)
      const inputTokens = length(of.inputTokens, scales.input)
      return {
        at,
        inputTokens,
        outputTokens: length(of.outputTokens, scales.output),
        cachedInputTokens: Math.floor(inputTokens * of.cachedInputRatio),
      }
    },
  }
}

/**
 * Requests at the rates that a profile has minute by minute, spread at random within each (a Poisson process given its
 * count), with the mean lengths of their minute.
 */
export function profileSource({
  profile,
  lengths,
  cachedInputRatio,
  seed,
}: {
  readonly profile: Pick<Profile, 'minutes'>
  readonly lengths: LengthKind
  readonly cachedInputRatio: number
  readonly seed: number
}): ArrivalSource {
  const { minutes } = profile
  let minute = -1
  let inMinute: ArrivalSource | null = null
  return {
    next(): Arrival | null {
      for (;;) {
        const arrival = inMinute?.next()
        if (arrival && arrival.at < SECONDS_PER_MINUTE) {
          return { ...arrival, at: minute * SECONDS_PER_MINUTE + arrival.at }
        }
        minute += 1
        const requests = minutes.requests[minute]
        if (requests === undefined) return null
        inMinute =
          requests === 0
            ? null
            : poissonSource({
                requestsPerSecond: requests / SECONDS_PER_MINUTE,
                requests: Number.POSITIVE_INFINITY,
                inputTokens: (minutes.inputTokens[minute] ?? 0) / requests,
                outputTokens: (minutes.outputTokens[minute] ?? 0) / requests,
                cachedInputRatio,
                lengths,
                seed: seed + minute,
              })
      }
    },
  }
}
