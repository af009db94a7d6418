/** What may serve the load above the base in one hour. Null is "not to be had". */
export interface Burst {
  readonly millionTokensPerReplicaHour: number
  /** The cheapest replica that may serve it. */
  readonly usdPerReplicaHour: number | null
  readonly apiUsdPerMillionTokens: number | null
  /** The API's rate limit; infinite where there is none, 0 where the API may not be used. */
  readonly apiMillionTokens: number
}

export interface BurstHour {
  readonly replicas: number
  readonly apiMillionTokens: number
  readonly usd: number
}

/** Loads and capacities that differ by less than this share are the same number, written twice. */
const sameNumber = 1e-12

/**
 * The cheapest way to serve one hour's load above the base, or null where nothing can.
 *
 * With k whole replicas the cost k × replica + (rest - k × capacity) × API is linear in k up to the last replica, which may be
 * part idle: so the best k is the fewest that the API's limit allows, all but the last replica, or all.
 */
export function burstHour(restMillionTokens: number, burst: Burst): BurstHour | null {
  if (restMillionTokens <= 0) return { replicas: 0, apiMillionTokens: 0, usd: 0 }
  const { millionTokensPerReplicaHour: capacity, usdPerReplicaHour: replicaUsd } = burst
  const limit = burst.apiUsdPerMillionTokens === null ? 0 : burst.apiMillionTokens
  const tolerance = sameNumber * restMillionTokens
  const least = Math.max(0, Math.ceil((restMillionTokens - limit - tolerance) / capacity))
  if (replicaUsd === null) return least > 0 ? null : served(restMillionTokens, 0, burst)
  const all = Math.ceil((restMillionTokens - tolerance) / capacity)
  let best: BurstHour | null = null
  for (const replicas of [least, Math.max(least, all - 1), Math.max(least, all)]) {
    const hour = served(restMillionTokens, replicas, burst)
    if (best === null || hour.usd < best.usd) best = hour
  }
  return best
}

function served(restMillionTokens: number, replicas: number, burst: Burst): BurstHour {
  const left = Math.max(0, restMillionTokens - replicas * burst.millionTokensPerReplicaHour)
  const apiMillionTokens = burst.apiUsdPerMillionTokens === null ? 0 : left
  return {
    replicas,
    apiMillionTokens,
    usd: replicas * (burst.usdPerReplicaHour ?? 0) + apiMillionTokens * (burst.apiUsdPerMillionTokens ?? 0),
  }
}
