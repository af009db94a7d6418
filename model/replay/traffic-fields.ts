import { z } from 'zod'
import { invalid } from '../problem.ts'
import { DAYS_PER_WEEK, HOURS_PER_DAY, SECONDS_PER_HOUR } from '../units.ts'
import { Profile } from '../workload/profile.ts'
import type { ArrivalSource } from './fleet-rules.ts'
import { lengthKinds, poissonSource, profileSource, traceSource } from './sources.ts'

const mostRequests = 1_000_000
/** Longer ones are sampled into a profile first. */
const longestDays = 5 * DAYS_PER_WEEK
const longestSeconds = longestDays * HOURS_PER_DAY * SECONDS_PER_HOUR

const column = z.array(z.number().nonnegative().max(1e9)).min(1).max(mostRequests)

const Trace = z.strictObject({
  seconds: column.meta({
    title: 'Arrivals',
    description: 'Seconds after the first, ascending',
    'x-unit': 'second',
  }),
  inputTokens: column.meta({ title: 'Input tokens', description: 'Of each request', 'x-unit': 'token' }),
  outputTokens: column.meta({ title: 'Output tokens', description: 'Of each request', 'x-unit': 'token' }),
  cachedInputTokens: column.optional().meta({
    title: 'Cached input tokens',
    description: 'Of each prompt, answered by a prefix cache',
    'x-unit': 'token',
  }),
})

/** Where the requests come from: exactly one of the first three. */
export const trafficFields = {
  requestsPerSecond: z.number().positive().max(1e5).optional().meta({
    title: 'Requests a second',
    description: 'Mean rate of requests that know nothing of each other (Poisson)',
    'x-unit': 'request/second',
  }),
  trace: Trace.optional().meta({ title: 'Trace', description: 'Recorded requests, column by column' }),
  // What a profile does not say may also be left out.
  profile: Profile.partial({ startedAt: true, cachedInputTokens: true, lengthCorrelation: true })
    .optional()
    .meta({
      title: 'Profile',
      description: 'As made from a trace; its minutes are filled with requests at random',
    }),
  requests: z.number().int().min(1).max(mostRequests).default(10_000).meta({
    title: 'Requests',
    description: 'How many are drawn for a mean rate',
    'x-unit': 'request',
  }),
  lengths: z.enum(lengthKinds).default('exponential').meta({
    title: 'Lengths',
    description: 'Of drawn requests: exponential, or all alike',
  }),
}

type Traffic = z.output<ReturnType<typeof z.object<typeof trafficFields>>>

/** @throws InputProblem where the requests come from nowhere or from two places, or the trace is out of order or too long. */
export function trafficSource(
  traffic: Traffic & {
    readonly inputTokens: number
    readonly outputTokens: number
    readonly cachedInputRatio: number
    readonly seed: number
  },
): ArrivalSource {
  const { requestsPerSecond, trace, profile } = traffic
  const given = [requestsPerSecond, trace, profile].filter((one) => one !== undefined)
  if (given.length !== 1) {
    throw invalid(
      'requestsPerSecond',
      `requestsPerSecond: ${given.length} of requestsPerSecond, trace and profile are given; exactly one is accepted.`,
    )
  }
  if (requestsPerSecond !== undefined) return poissonSource({ ...traffic, requestsPerSecond })
  if (profile) {
    checkSpan('profile.spanSeconds', profile.spanSeconds)
    checkCount('profile.requestCount', profile.requestCount)
    return profileSource({ ...traffic, profile })
  }
  if (trace) checkTrace(trace)
  return traceSource({
    seconds: trace?.seconds ?? [],
    inputTokens: trace?.inputTokens ?? [],
    outputTokens: trace?.outputTokens ?? [],
    cachedInputTokens: trace?.cachedInputTokens ?? null,
  })
}

function checkTrace({ seconds, ...columns }: z.output<typeof Trace>): void {
  for (const [name, cells] of Object.entries(columns)) {
    if (cells && cells.length !== seconds.length) {
      throw invalid(
        `trace.${name}`,
        `trace.${name}: ${cells.length} values for ${seconds.length} arrivals; one for each is accepted.`,
      )
    }
  }
  seconds.forEach((at, index) => {
    const before = seconds[index - 1] ?? 0
    if (at < before) {
      throw invalid(
        `trace.seconds.${index}`,
        `trace.seconds.${index}: ${at} lies before the arrival above it (${before}); requests must stand in the order of arrival.`,
      )
    }
  })
  checkSpan('trace.seconds', seconds.at(-1) ?? 0)
}

function checkSpan(field: string, seconds: number): void {
  if (seconds <= longestSeconds) return
  const days = Math.round(seconds / SECONDS_PER_HOUR / HOURS_PER_DAY)
  throw invalid(
    field,
    `${field}: the requests span ${days} days; at most ${longestDays} are replayed, so cut out the weeks that matter.`,
  )
}

function checkCount(field: string, count: number): void {
  if (count <= mostRequests) return
  throw invalid(field, `${field}: ${count} requests; at most ${mostRequests} are replayed.`)
}
