import { type Burst, burstHour } from './burst.ts'

export interface Profile extends Burst {
  /** Million tokens of each hour. */
  readonly millionTokensByHour: readonly number[]
  readonly baseUsdPerReplicaHour: number
  /** Base sizes that may be bought: 0, and from the minimum up in whole steps to the maximum. */
  readonly minimumReplicas: number
  readonly replicaStep: number
  readonly maximumReplicas: number
}

/** A base of so many replicas, and what the hours above it take. */
export interface Mix {
  readonly baseReplicas: number
  readonly baseUsd: number
  readonly onDemandReplicaHours: number
  readonly onDemandUsd: number
  readonly apiMillionTokens: number
  readonly apiUsd: number
  readonly burstHours: number
  readonly usd: number
}

/** Base sizes in the order of the search. */
export function baseSizes({ minimumReplicas, replicaStep, maximumReplicas }: Profile): number[] {
  const count = Math.floor((maximumReplicas - minimumReplicas) / replicaStep) + 1
  const sizes = Array.from(
    { length: Math.max(0, count) },
    (_, index) => minimumReplicas + index * replicaStep,
  )
  return minimumReplicas > 0 ? [0, ...sizes] : sizes
}

/** The cost of the whole profile on one base, or null where some hour cannot be served. */
export function mixOn(baseReplicas: number, profile: Profile): Mix | null {
  const capacity = baseReplicas * profile.millionTokensPerReplicaHour
  let [onDemandReplicaHours, apiMillionTokens, burstHours] = [0, 0, 0]
  for (const load of profile.millionTokensByHour) {
    if (load <= capacity) continue
    const hour = burstHour(load - capacity, profile)
    if (hour === null) return null
    burstHours++
    onDemandReplicaHours += hour.replicas
    apiMillionTokens += hour.apiMillionTokens
  }
  const baseUsd = baseReplicas * profile.baseUsdPerReplicaHour * profile.millionTokensByHour.length
  const onDemandUsd = onDemandReplicaHours * (profile.onDemandUsdPerReplicaHour ?? 0)
  const apiUsd = apiMillionTokens * (profile.apiUsdPerMillionTokens ?? 0)
  return {
    baseReplicas,
    baseUsd,
    onDemandReplicaHours,
    onDemandUsd,
    apiMillionTokens,
    apiUsd,
    burstHours,
    usd: baseUsd + onDemandUsd + apiUsd,
  }
}

/** Every base size tried, the cheapest first found; null where none serves every hour. */
export function bestMixOf(profile: Profile): Mix | null {
  let best: Mix | null = null
  for (const size of baseSizes(profile)) {
    const mix = mixOn(size, profile)
    if (mix && (best === null || mix.usd < best.usd)) best = mix
  }
  return best
}
