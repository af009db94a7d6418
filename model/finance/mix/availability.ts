import { z } from 'zod'
import { evaluate, group, product, sum } from '../../breakdown.ts'
import { type Assumption, calculation } from '../../calculation.ts'
import { invalid } from '../../problem.ts'
import { availabilityOf, partsOf, probabilityOfExactly, type Redundancy } from './k-of-n.ts'

const mostReplicas = 1000
const replicas = (title: string, description: string) =>
  z.number().int().min(1).max(mostReplicas).meta({ title, description, 'x-unit': 'replica' })
const share = (title: string, description: string) =>
  z.number().min(0).max(1).meta({ title, description, 'x-unit': 'ratio' })

export const availability = calculation({
  id: 'availability',
  title: 'Availability',
  summary:
    'Probability that enough replicas work, with failures of their own and failures they share; and the count for a target',
  formula:
    'availability = (1 − β q) × P(at least requiredReplicas of replicaCount work), q = 1 − replicaAvailability, β = commonCauseRatio',
  input: z.strictObject({
    requiredReplicas: replicas('Required', 'Replicas that carry the load'),
    replicaAvailability: share('Availability of one', 'Share of the time that one replica works'),
    replicaCount: replicas('Installed', 'Replicas there are, spares included'),
    commonCauseRatio: share(
      'Common cause',
      'Share of a replica’s failures that take all replicas down: zone, network, a bad release',
    ).default(0),
    targetAvailability: share('Target', 'Also say how many replicas reach this').optional(),
  }),
  output: z.strictObject({
    availability: z.number().meta({ title: 'Availability', 'x-unit': 'ratio' }),
    replicaCountForTarget: z.number().nullable().meta({
      title: 'Replicas for the target; null where none is asked or none reaches it',
      'x-unit': 'replica',
    }),
  }),
  sources: [
    { title: 'W. Kuo, M. J. Zuo, "Optimal Reliability Modeling", 2003, chapter 7: k out of n' },
    { title: 'A. Mosleh et al., NUREG/CR-4780, 1988: beta factor of common-cause failures' },
  ],
  examples: [
    {
      title: 'All four must work',
      input: { requiredReplicas: 4, replicaAvailability: 0.99, replicaCount: 4 },
      value: 0.9606,
      tolerance: 1e-5,
    },
    {
      title: 'One spare',
      input: { requiredReplicas: 4, replicaAvailability: 0.99, replicaCount: 5 },
      value: 0.99902,
      tolerance: 1e-6,
    },
    {
      title: 'Two spares',
      input: { requiredReplicas: 4, replicaAvailability: 0.99, replicaCount: 6 },
      value: 0.99998,
      tolerance: 1e-6,
    },
  ],
  compute(input) {
    const { requiredReplicas, replicaCount } = input
    if (replicaCount < requiredReplicas) {
      throw invalid(
        'replicaCount',
        `replicaCount: ${replicaCount} cannot carry the load of ${requiredReplicas} required; at least ${requiredReplicas} is accepted.`,
      )
    }
    const { shared, own } = partsOf(input)
    const working = sum(
      ...Array.from({ length: replicaCount - requiredReplicas + 1 }, (_, spare) => ({
        name: `exactly ${requiredReplicas + spare} of ${replicaCount} work`,
        value: probabilityOfExactly(own, replicaCount, requiredReplicas + spare),
        unit: 'ratio' as const,
      })),
    )
    const breakdown = product(
      { name: 'nothing they share has failed', value: shared, unit: 'ratio' },
      group('enough replicas work', 'ratio', working),
    )
    const target = input.targetAvailability
    const replicaCountForTarget = target === undefined ? null : countFor(input, target)
    return {
      result: { availability: evaluate(breakdown), replicaCountForTarget },
      value: evaluate(breakdown),
      unit: 'ratio',
      breakdown,
      assumptions:
        target !== undefined && replicaCountForTarget === null ? [unreachable(target, shared)] : [],
    }
  },
})

/** The fewest replicas that reach a target, or null where what they share, or the limit, stands before it. */
function countFor(redundancy: Redundancy, target: number): number | null {
  if (partsOf(redundancy).shared < target) return null
  for (let replicaCount = redundancy.requiredReplicas; replicaCount <= mostReplicas; replicaCount++) {
    if (availabilityOf({ ...redundancy, replicaCount }) >= target) return replicaCount
  }
  return null
}

const unreachable = (target: number, shared: number): Assumption => ({
  field: 'replicaCountForTarget',
  value: null,
  unit: 'replica',
  because:
    shared < target
      ? `No number of replicas reaches ${target}: what they share works ${shared} of the time; a second zone or another seller would lift that.`
      : `More than ${mostReplicas} replicas would be needed for ${target}.`,
})
