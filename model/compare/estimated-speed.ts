import type { Interval } from '../calculation.ts'
import type { Facts, Gpu } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'
import type { Source } from '../source.ts'
import type { Traffic } from '../workload/traffic.ts'

/** What one replica sustains, estimated, or why nothing can be said. */
export type EstimatedSpeed =
  | {
      readonly outputTokensPerSecond: Interval
      readonly gpusPerReplica: number
      readonly because: string
      readonly sources: readonly Source[]
    }
  | { readonly unknown: string }

export interface SpeedQuestion {
  readonly model: string | undefined
  readonly precision: PrecisionId | undefined
  readonly gpu: Gpu
  readonly gpusPerReplica: number | undefined
  readonly traffic: Traffic
}

export function estimatedSpeed({ model, gpu }: SpeedQuestion, _facts: Facts): EstimatedSpeed {
  return {
    unknown: `no speed of ${model ?? 'a model'} on ${gpu.id} is given: outputTokensPerSecond is missing.`,
  }
}
