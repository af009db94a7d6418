import { SECONDS_PER_HOUR } from '../units.ts'
import type { ReplicaRules } from './replica.ts'

/** One request as a source gives it; the source may use the same object again. */
export interface Arrival {
  /** Seconds from the start, not before those of the last one. */
  readonly at: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens: number
}

/** Requests one by one, so that any number of them needs no memory. */
export interface ArrivalSource {
  next(): Arrival | null
}

export const routings = ['least-requests', 'two-choices', 'round-robin'] as const
export type Routing = (typeof routings)[number]

export interface Autoscaling {
  readonly fewest: number
  readonly most: number
  /** Requests in flight that one replica should have. */
  readonly requestsPerReplica: number
  readonly everySeconds: number
  /** So long must fewer replicas have been enough before any is stopped. */
  readonly calmSeconds: number
}

export interface FleetRules extends ReplicaRules {
  readonly replicas: number
  readonly routing: Routing
  /** From the order of a replica to its first request; it is paid for from the order on. */
  readonly coldStartSeconds: number
  readonly autoscaling: Autoscaling | null
  /** Mean time of one replica from its start to its failure; infinite where none fails. */
  readonly secondsBetweenFailures: number
  readonly repairSeconds: number
  /** Everything ends here: what is unfinished then is unserved. */
  readonly stopAt: number
  readonly stretchSeconds: number
  readonly seed: number
  /** Stretches of steps, over all replicas, after which a replay is refused as too long. */
  readonly mostSteps: number
}

/** A fleet that neither scales nor fails, and serves whoever comes, however long it takes. */
export const steadyFleet: FleetRules = {
  replicas: 1,
  routing: 'least-requests',
  coldStartSeconds: 0,
  autoscaling: null,
  secondsBetweenFailures: Number.POSITIVE_INFINITY,
  repairSeconds: 0,
  stopAt: Number.POSITIVE_INFINITY,
  stretchSeconds: SECONDS_PER_HOUR,
  seed: 1,
  mostSteps: Number.POSITIVE_INFINITY,
  patienceSeconds: Number.POSITIVE_INFINITY,
  sharedPrefixTokens: 0,
}
