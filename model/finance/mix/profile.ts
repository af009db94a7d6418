import { HOURS_PER_DAY } from '../../units.ts'

/** Sizes that may be bought: none, and from the minimum up in whole steps to the maximum. */
export interface Sizes {
  readonly minimum: number
  readonly step: number
  readonly maximum: number
}

/** A load by the hour, and everything that may serve it. Null is "not to be had". */
export interface Profile {
  /** Million tokens of each hour that must be answered in it. */
  readonly millionTokensByHour: readonly number[]
  /** Million tokens of each day that may be answered at any hour of it. */
  readonly batchMillionTokensByDay: readonly number[]
  readonly millionTokensPerReplicaHour: number
  readonly baseUsdPerReplicaHour: number
  readonly baseSizes: Sizes
  readonly onDemandUsdPerReplicaHour: number | null
  /** What an hour of work costs on spot, interruptions and hours without spot counted. */
  readonly spotUsdPerReplicaHour: number | null
  readonly spotForInteractive: boolean
  readonly apiUsdPerMillionTokens: number | null
  /** Rate limit of each hour; 0 where the API is too slow to be used. */
  readonly apiMillionTokensByHour: Float64Array
  readonly apiBatchUsdPerMillionTokens: number | null
  readonly units: {
    readonly usdPerUnitHour: number
    readonly millionTokensPerUnitHour: number
    readonly sizes: Sizes
  } | null
}

/** Sizes in order; none of them where the maximum is below the minimum. */
export function sizesOf({ minimum, step, maximum }: Sizes): number[] {
  const count = Math.max(0, Math.floor((maximum - minimum) / step) + 1)
  const sizes = Array.from({ length: count }, (_, index) => minimum + index * step)
  return minimum > 0 ? [0, ...sizes] : sizes
}

/** The cheaper of two prices, either of which may not be to be had. */
export const cheaper = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other)

export const dayOf = (hour: number): number => Math.floor(hour / HOURS_PER_DAY)
