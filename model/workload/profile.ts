import { z } from 'zod'
import { invalid } from '../problem.ts'
import { SECONDS_PER_MINUTE } from '../units.ts'
import { ascending, correlation, indexOfDispersion, mean, quantile, total } from './statistics.ts'
import type { Trace } from './trace.ts'

const count = z.number().nonnegative()

const PerMinute = z.strictObject({ mean: count, p50: count, p95: count, p99: count, max: count })
const Lengths = z.strictObject({ mean: count, p10: count, p50: count, p90: count, p99: count, max: count })

/** A month of minutes is 43,800; this holds a quarter of a year. */
const longestSeries = 150_000
const Series = z.array(count).min(1).max(longestSeries)

/** What a plan needs to know of a trace: how much, how fast by minute, how bursty, and how long requests are. */
export const Profile = z
  .strictObject({
    startedAt: z.iso.datetime().nullable().meta({ title: 'First request' }),
    spanSeconds: z
      .number()
      .min(SECONDS_PER_MINUTE)
      .meta({ title: 'Span', description: 'From the first request to the last', 'x-unit': 'second' }),
    requestCount: z.number().int().positive().meta({ title: 'Requests', 'x-unit': 'request' }),
    inputTokens: count.meta({ title: 'Input tokens', 'x-unit': 'token' }),
    outputTokens: count.meta({ title: 'Output tokens', 'x-unit': 'token' }),
    cachedInputTokens: count
      .nullable()
      .meta({ title: 'Cached input tokens', description: 'Null: the trace does not say', 'x-unit': 'token' }),
    minutes: z
      .strictObject({ requests: Series, inputTokens: Series, outputTokens: Series })
      .meta({ title: 'Minute by minute', description: 'Whole minutes after the first request' }),
    requestsPerMinute: PerMinute,
    inputTokensPerMinute: PerMinute,
    outputTokensPerMinute: PerMinute,
    dispersion: z
      .strictObject({ perSecond: count, perMinute: count })
      .meta({ title: 'Burstiness', description: 'Variance over mean of request counts; 1 is Poisson' }),
    inputTokensPerRequest: Lengths,
    outputTokensPerRequest: Lengths,
    lengthCorrelation: z
      .number()
      .min(-1)
      .max(1)
      .nullable()
      .meta({ title: 'Correlation of input and output length', 'x-unit': 'ratio' }),
  })
  .meta({ title: 'Workload profile', description: 'As made from a request trace' })
export type Profile = z.output<typeof Profile>

/**
 * The profile of a trace.
 *
 * @throws InputProblem where the trace is shorter than a minute, so that no rate by minute follows from it, or longer
 *   than a series of minutes may be.
 */
export function profileOf(trace: Trace): Profile {
  const { seconds, inputTokens, outputTokens, cachedInputTokens } = trace
  const spanSeconds = seconds[seconds.length - 1] ?? 0
  if (spanSeconds < SECONDS_PER_MINUTE) {
    throw invalid(
      'trace',
      `trace: ${seconds.length} requests span ${spanSeconds} seconds; at least ${SECONDS_PER_MINUTE} are needed for a rate by minute.`,
    )
  }
  if (spanSeconds > longestSeries * SECONDS_PER_MINUTE) {
    throw invalid(
      'trace',
      `trace: ${seconds.length} requests span ${spanSeconds} seconds; at most ${longestSeries * SECONDS_PER_MINUTE} are read, a quarter of a year by minute.`,
    )
  }
  const byMinute = (amounts: ArrayLike<number> | null) => binned(seconds, amounts, SECONDS_PER_MINUTE)
  const requests = byMinute(null)
  const minutes = { requests, inputTokens: byMinute(inputTokens), outputTokens: byMinute(outputTokens) }
  return {
    startedAt: trace.startedAt,
    spanSeconds,
    requestCount: seconds.length,
    inputTokens: total(inputTokens),
    outputTokens: total(outputTokens),
    cachedInputTokens: cachedInputTokens && total(cachedInputTokens),
    minutes,
    requestsPerMinute: perMinute(minutes.requests),
    inputTokensPerMinute: perMinute(minutes.inputTokens),
    outputTokensPerMinute: perMinute(minutes.outputTokens),
    dispersion: {
      perSecond: indexOfDispersion(binned(seconds, null, 1)),
      perMinute: indexOfDispersion(requests),
    },
    inputTokensPerRequest: lengths(inputTokens),
    outputTokensPerRequest: lengths(outputTokens),
    lengthCorrelation: correlation(inputTokens, outputTokens),
  }
}

/** Sums in whole bins after the first arrival; what falls in a last part of a bin is left out. Null counts arrivals. */
function binned(
  seconds: ArrayLike<number>,
  amounts: ArrayLike<number> | null,
  secondsPerBin: number,
): number[] {
  const span = seconds[seconds.length - 1] ?? 0
  const bins = new Array<number>(Math.floor(span / secondsPerBin)).fill(0)
  for (let i = 0; i < seconds.length; i++) {
    const bin = Math.floor((seconds[i] ?? 0) / secondsPerBin)
    const sum = bins[bin]
    if (sum !== undefined) bins[bin] = sum + (amounts === null ? 1 : (amounts[i] ?? 0))
  }
  return bins
}

function perMinute(sums: readonly number[]): z.output<typeof PerMinute> {
  const sorted = ascending(sums)
  return {
    mean: mean(sums),
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
  }
}

function lengths(tokens: ArrayLike<number>): z.output<typeof Lengths> {
  const sorted = ascending(tokens)
  return {
    mean: mean(tokens),
    p10: quantile(sorted, 0.1),
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
  }
}
