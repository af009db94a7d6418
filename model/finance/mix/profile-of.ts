import type { z } from 'zod'
import { invalid } from '../../problem.ts'
import { HOURS_PER_DAY } from '../../units.ts'
import type { batchFields, servingFields } from './best-mix-fields.ts'
import { dayOf, type Profile, sizesOf } from './profile.ts'

type Serving = z.output<z.ZodObject<typeof servingFields>>
type Batch = z.output<z.ZodObject<typeof batchFields>>

/** What was asked as a profile; every field that is left out becomes "not to be had". */
export function profileOf(
  input: Serving & Batch & { readonly millionTokensByHour: readonly number[] },
  path = '',
): Profile {
  checkTogether(input, path)
  const { spot, provisioned, millionTokensByHour, latencyLimitMs, apiLatencyMsByHour } = input
  const limit = input.apiMillionTokensPerHour ?? Number.POSITIVE_INFINITY
  const isTooSlow = (hour: number): boolean =>
    latencyLimitMs !== undefined &&
    apiLatencyMsByHour !== undefined &&
    (apiLatencyMsByHour[hour % apiLatencyMsByHour.length] ?? 0) > latencyLimitMs
  return {
    millionTokensByHour,
    batchMillionTokensByDay: input.batchMillionTokensByDay,
    millionTokensPerReplicaHour: input.millionTokensPerReplicaHour,
    baseUsdPerReplicaHour: input.baseUsdPerReplicaHour,
    baseSizes: {
      minimum: input.minimumReplicas,
      step: input.replicaStep,
      maximum: input.maximumReplicas,
    },
    onDemandUsdPerReplicaHour: input.onDemandUsdPerReplicaHour ?? null,
    spotUsdPerReplicaHour: spot ? spotUsd(spot, input.onDemandUsdPerReplicaHour) : null,
    spotForInteractive: spot?.serves === 'all',
    apiUsdPerMillionTokens: input.apiUsdPerMillionTokens ?? null,
    apiMillionTokensByHour: Float64Array.from(millionTokensByHour, (_, hour) =>
      isTooSlow(hour) ? 0 : limit,
    ),
    apiBatchUsdPerMillionTokens: input.apiBatchUsdPerMillionTokens ?? null,
    units: provisioned
      ? {
          usdPerUnitHour: provisioned.usdPerUnitHour,
          millionTokensPerUnitHour: provisioned.millionTokensPerUnitHour,
          sizes: {
            minimum: provisioned.minimumUnits,
            step: provisioned.unitStep,
            maximum: provisioned.maximumUnits,
          },
        }
      : null,
  }
}

/**
 * What an hour of work costs on spot: hours that an interruption undoes are paid again, and hours without spot on demand.
 *
 *   usd = availableRatio × usdPerReplicaHour × (1 + interruptionsPerHour × hoursLostPerInterruption)
 *         + (1 − availableRatio) × onDemandUsdPerReplicaHour
 */
const spotUsd = (
  {
    usdPerReplicaHour,
    interruptionsPerHour,
    hoursLostPerInterruption,
    availableRatio,
  }: NonNullable<Serving['spot']>,
  onDemandUsdPerReplicaHour = 0,
): number =>
  availableRatio * usdPerReplicaHour * (1 + interruptionsPerHour * hoursLostPerInterruption) +
  (1 - availableRatio) * onDemandUsdPerReplicaHour

/** Pairs of a base and a number of units that a search may order: about a fifth of a second. */
const mostPairs = 100_000

function countOf({ minimumReplicas, replicaStep, maximumReplicas, provisioned }: Serving): number {
  const steps = (minimum: number, step: number, maximum: number): number =>
    Math.max(0, Math.floor((maximum - minimum) / step)) + 1
  const unitSteps = provisioned
    ? steps(provisioned.minimumUnits, provisioned.unitStep, provisioned.maximumUnits)
    : 1
  return steps(minimumReplicas, replicaStep, maximumReplicas) * unitSteps
}

function checkTogether(
  input: Serving & Batch & { readonly millionTokensByHour: readonly number[] },
  path: string,
): void {
  const { millionTokensByHour, batchMillionTokensByDay, apiLatencyMsByHour, latencyLimitMs, spot } = input
  const hours = millionTokensByHour.length
  if (
    sizesOf({ minimum: input.minimumReplicas, step: input.replicaStep, maximum: input.maximumReplicas })
      .length <= (input.minimumReplicas > 0 ? 1 : 0)
  ) {
    throw invalid(
      `${path}maximumReplicas`,
      `${path}maximumReplicas: ${input.maximumReplicas} is below minimumReplicas (${input.minimumReplicas}).`,
    )
  }
  const pairs = countOf(input)
  if (pairs > mostPairs) {
    throw invalid(
      `${path}provisioned.maximumUnits`,
      `${path}provisioned.maximumUnits: ${pairs} pairs of a base and a number of units would be tried; at most ${mostPairs} are accepted: fewer units, or a larger unitStep or replicaStep.`,
    )
  }
  if (batchMillionTokensByDay.length > dayOf(hours - 1) + 1) {
    throw invalid(
      `${path}batchMillionTokensByDay`,
      `${path}batchMillionTokensByDay: ${batchMillionTokensByDay.length} days are given for ${hours} hours of load; at most ${dayOf(hours - 1) + 1} are accepted.`,
    )
  }
  if (apiLatencyMsByHour && latencyLimitMs === undefined) {
    throw invalid(
      `${path}latencyLimitMs`,
      `${path}latencyLimitMs is missing: apiLatencyMsByHour is held against it.`,
    )
  }
  if (apiLatencyMsByHour && ![HOURS_PER_DAY, hours].includes(apiLatencyMsByHour.length)) {
    throw invalid(
      `${path}apiLatencyMsByHour`,
      `${path}apiLatencyMsByHour has ${apiLatencyMsByHour.length} entries; accepted: ${HOURS_PER_DAY}, or one for each of the ${hours} hours.`,
    )
  }
  if (spot && spot.availableRatio < 1 && input.onDemandUsdPerReplicaHour === undefined) {
    throw invalid(
      `${path}onDemandUsdPerReplicaHour`,
      `${path}onDemandUsdPerReplicaHour is missing: hours without spot are paid on demand.`,
    )
  }
}
