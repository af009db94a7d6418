import type { OwnershipTerms } from '../money/ownership.ts'

/** What every option pays and how it counts tokens. */
interface Common {
  readonly fixedUsdPerMonth: number
  /** Tokens of this model over tokens of the workload, for the same text. */
  readonly tokenizerRatio: number
  /** Output tokens with hidden reasoning over the output that is asked for. */
  readonly hiddenReasoningRatio: number
  /** A price from the book or an estimated speed that would be another for requests of other lengths. */
  readonly followsLengths: boolean
}

/** Where the model runs on GPUs of one's own choice. */
interface Served {
  /** Of one replica at full load. */
  readonly outputTokensPerSecond: number
  readonly gpusPerReplica: number
  /** GPUs of the smallest machine that can be rented or bought. */
  readonly gpusPerInstance: number
}

export interface TokenApi extends Common {
  readonly kind: 'token-api'
  readonly usdPerMillionInput: number
  /** Null where cached tokens pay the input price. */
  readonly usdPerMillionCachedInput: number | null
  readonly usdPerMillionOutput: number
}

interface RentedGpus extends Common, Served {
  readonly kind: 'rented-gpus'
  readonly usdPerGpuHour: number
  /** A commitment is paid in every hour of the month, anything else in active hours. */
  readonly committed: boolean
}

interface BoughtServers extends Common, Served, OwnershipTerms {
  readonly kind: 'bought-servers'
}

/** An option in which every figure is known. */
export type PricedOption = TokenApi | RentedGpus | BoughtServers

export type SelfHosted = RentedGpus | BoughtServers

/** What holds for all options alike. */
export interface Settings {
  /** Share of full speed that a plan counts on in the busiest minutes. */
  readonly plannedUtilisation: number
  readonly hoursPerMonth: number
  readonly horizonMonths: number
}
