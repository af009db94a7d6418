import type { Assumption } from '../calculation.ts'
import { loadWatts } from '../energy/load-watts.ts'
import type { Facts } from '../facts.ts'
import { gpuOf } from '../gpu-field.ts'
import { InputProblem } from '../problem.ts'
import type { Source } from '../source.ts'
import type { Replay } from './fleet.ts'
import type { ServingFleet } from './serving-fleet.ts'

/** Energy of the GPUs of a replay. Null is unknown. */
export interface ReplayEnergy {
  readonly busyJoules: number | null
  readonly idleJoules: number | null
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
}

/** `joules = watts × GPUs × seconds`, apart for the seconds in which a step ran and for the paid rest. */
export function replayEnergy(
  { recorder, requestSeconds }: Replay,
  { gpusPerReplica }: ServingFleet,
  { gpu, watts, idleWatts }: { gpu: string; watts?: number | undefined; idleWatts?: number | undefined },
  facts: Facts,
): ReplayEnergy {
  const { busySeconds, onSeconds } = recorder
  const idleSeconds = Math.max(0, onSeconds - busySeconds)
  const idle = idleWatts === undefined ? null : idleWatts * gpusPerReplica * idleSeconds
  const restUnknown: Assumption[] =
    idle === null
      ? [
          {
            field: 'idleWatts',
            value: null,
            unit: 'watt',
            because:
              'Energy at rest is unknown: no source at hand states what an idle GPU with a loaded model draws.',
          },
        ]
      : []
  const batch = Math.max(1, requestSeconds / Math.max(busySeconds, Number.MIN_VALUE))
  const load = knownWatts(() => loadWatts({ gpu: gpuOf(gpu, facts), batch, given: watts, facts }))
  return {
    busyJoules: load === null ? null : load.watts * gpusPerReplica * busySeconds,
    idleJoules: idle,
    assumptions: [
      ...restUnknown,
      ...(load?.assumption ? [load.assumption] : []),
      ...(load === null
        ? [
            {
              field: 'watts',
              value: null,
              unit: 'watt' as const,
              because: `Energy is unknown: no source states what ${gpu} draws.`,
            },
          ]
        : []),
    ],
    sources: load?.sources ?? [],
  }
}

function knownWatts<Watts>(watts: () => Watts): Watts | null {
  try {
    return watts()
  } catch (problem) {
    if (problem instanceof InputProblem) return null
    throw problem
  }
}
