import { exp, log, log1p } from '../../elementary.ts'
/**
 * Probability that exactly so many of `count` independent replicas work.
 *
 *   P(i) = C(count, i) × working^i × (1 - working)^(count - i)
 */
export function probabilityOfExactly(working: number, count: number, i: number): number {
  if (working === 0 || working === 1) return i === count * working ? 1 : 0
  let logarithm = i * log(working) + (count - i) * log1p(-working)
  for (let k = 1; k <= count - i; k++) logarithm += log((i + k) / k)
  return exp(logarithm)
}

export interface Redundancy {
  readonly requiredReplicas: number
  readonly replicaCount: number
  readonly replicaAvailability: number
  /** Share of a replica's failures that take all replicas with them: the beta factor. */
  readonly commonCauseRatio: number
}

/** A replica's availability as far as its own failures go, and that of what all replicas share. */
export function partsOf({ replicaAvailability, commonCauseRatio }: Redundancy): {
  readonly shared: number
  readonly own: number
} {
  const down = 1 - replicaAvailability
  return { shared: 1 - commonCauseRatio * down, own: 1 - (1 - commonCauseRatio) * down }
}

/**
 * Probability that at least the required replicas work.
 *
 *   availability = (1 - β q) × Σ over i from required to count of P(i), q = 1 - replicaAvailability, working = 1 - (1 - β) q
 *
 * @see W. Kuo, M. J. Zuo, "Optimal Reliability Modeling", 2003, chapter 7 (k out of n)
 * @see A. Mosleh et al., NUREG/CR-4780, "Procedures for Treating Common Cause Failures in Safety and Reliability Studies",
 * 1988 (beta factor)
 */
export function availabilityOf(redundancy: Redundancy): number {
  const { requiredReplicas, replicaCount } = redundancy
  const { shared, own } = partsOf(redundancy)
  let enough = 0
  for (let i = replicaCount; i >= requiredReplicas; i--) enough += probabilityOfExactly(own, replicaCount, i)
  return shared * Math.min(1, enough)
}
