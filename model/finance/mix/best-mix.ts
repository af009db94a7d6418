import { z } from 'zod'
import { evaluate, sum } from '../../breakdown.ts'
import { type Assumption, calculation } from '../../calculation.ts'
import { invalid } from '../../problem.ts'
import { baseSizes, bestMixOf, type Mix, mixOn, type Profile } from './base-search.ts'

const usdPerReplicaHour = (title: string, description: string) =>
  z.number().min(0).max(1e6).meta({ title, description, 'x-unit': 'USD/hour' })
const replicas = (title: string, description: string, least: number) =>
  z.number().int().min(least).max(1000).meta({ title, description, 'x-unit': 'replica' })
/** Hours times base sizes that a search may take: a year at 1,000 sizes. */
const mostSteps = 8784 * 1000
const usd = (title: string) => z.number().meta({ title, 'x-unit': 'USD' })
const millionTokens = (title: string) => z.number().meta({ title, 'x-unit': 'million tokens' })

export const bestMix = calculation({
  id: 'best-mix',
  title: 'Best mix',
  summary:
    'How much of an hourly load to own or commit to, and what to leave to on-demand GPUs and an API, in whole replicas',
  formula:
    'cost(base) = base × baseUsdPerReplicaHour × hours + Σ over hours of the cheapest burst above base × capacity; every base size is tried',
  sheet: false,
  input: z.strictObject({
    millionTokensByHour: z
      .array(z.number().min(0).max(1e9).meta({ 'x-unit': 'million tokens' }))
      .min(1)
      .max(8784)
      .meta({ title: 'Load by hour', description: 'Million tokens of each hour, from a day to a year' }),
    millionTokensPerReplicaHour: z.number().positive().max(1e9).meta({
      title: 'Capacity of a replica',
      description: 'Million tokens that a replica serves in an hour within the latency limits',
      'x-unit': 'million tokens',
    }),
    baseUsdPerReplicaHour: usdPerReplicaHour('Base', 'Owned or committed replica, paid every hour'),
    onDemandUsdPerReplicaHour: usdPerReplicaHour(
      'On demand',
      'Replica rented for the hours it is needed; without it, none can be had',
    ).optional(),
    apiUsdPerMillionTokens: z
      .number()
      .min(0)
      .max(1e6)
      .optional()
      .meta({ title: 'API', description: 'Without it, there is no API', 'x-unit': 'USD/million tokens' }),
    apiMillionTokensPerHour: z.number().min(0).max(1e9).optional().meta({
      title: 'API limit',
      description: 'Rate limit of the API; without it, none',
      'x-unit': 'million tokens',
    }),
    minimumReplicas: replicas('Minimum', 'Smallest base that is sold, other than none', 0).default(0),
    replicaStep: replicas('Step', 'Replicas that are only sold together', 1).default(1),
    maximumReplicas: replicas('Maximum', 'Largest base to try', 0).default(100),
  }),
  output: z.strictObject({
    baseReplicas: z.number().meta({ title: 'Base', 'x-unit': 'replica' }),
    baseUseRatio: z
      .number()
      .nullable()
      .meta({ title: 'Use of the base; null without one', 'x-unit': 'ratio' }),
    baseUsd: usd('Base'),
    onDemandReplicaHours: z.number().meta({ title: 'Hours of replicas on demand', 'x-unit': 'hour' }),
    onDemandUsd: usd('On demand'),
    apiMillionTokens: millionTokens('Through the API'),
    apiUsd: usd('API'),
    burstHours: z.number().meta({ title: 'Hours above the base', 'x-unit': 'hour' }),
    nextBaseUsdPerReplicaHour: z.number().nullable().meta({
      title: 'What the next step of the base may cost at most; null where there is no next step',
      'x-unit': 'USD/hour',
    }),
    triedSizes: z.number().meta({ title: 'Base sizes tried', 'x-unit': 'count' }),
  }),
  sources: [],
  examples: [
    {
      title: 'A day of 12 quiet and 12 busy hours: own for the night, burst by day',
      input: {
        millionTokensByHour: [...Array(12).fill(1), ...Array(12).fill(3)],
        millionTokensPerReplicaHour: 1,
        baseUsdPerReplicaHour: 2,
        apiUsdPerMillionTokens: 3,
      },
      value: 24 * 2 + 12 * 2 * 3,
    },
  ],
  compute(input) {
    const profile: Profile = {
      ...input,
      onDemandUsdPerReplicaHour: input.onDemandUsdPerReplicaHour ?? null,
      apiUsdPerMillionTokens: input.apiUsdPerMillionTokens ?? null,
      apiMillionTokensPerHour: input.apiMillionTokensPerHour ?? Number.POSITIVE_INFINITY,
    }
    const sizes = baseSizes(profile)
    if (sizes.length === 0) {
      throw invalid(
        'maximumReplicas',
        `maximumReplicas: ${input.maximumReplicas} is below minimumReplicas (${input.minimumReplicas}).`,
      )
    }
    const steps = sizes.length * input.millionTokensByHour.length
    if (steps > mostSteps) {
      throw invalid(
        'maximumReplicas',
        `maximumReplicas: ${steps} steps would be taken; at most ${mostSteps} are accepted.`,
      )
    }
    const best = bestMixOf(profile)
    if (!best) {
      throw invalid(
        'maximumReplicas',
        `maximumReplicas: no base of up to ${input.maximumReplicas} replicas serves every hour with the burst there is; accepted: more replicas, replicas on demand, an API, or a higher API limit.`,
      )
    }
    const breakdown = sum(
      { name: `base of ${best.baseReplicas} replicas`, value: best.baseUsd, unit: 'USD' },
      { name: 'replicas on demand', value: best.onDemandUsd, unit: 'USD' },
      { name: 'API', value: best.apiUsd, unit: 'USD' },
    )
    const { usd: _, ...mix } = best
    return {
      result: {
        ...mix,
        baseUseRatio: useOf(best, profile),
        nextBaseUsdPerReplicaHour: priceOfNext(best, profile),
        triedSizes: sizes.length,
      },
      value: evaluate(breakdown),
      unit: 'USD',
      breakdown,
      assumptions: [latency],
    }
  },
})

const latency: Assumption = {
  field: 'millionTokensPerReplicaHour',
  value: null,
  unit: 'million tokens',
  because: 'Within an hour the load is taken as level, and a replica on demand as ready at once.',
}

function useOf(
  { baseReplicas }: Mix,
  { millionTokensByHour, millionTokensPerReplicaHour }: Profile,
): number | null {
  const capacity = baseReplicas * millionTokensPerReplicaHour
  if (capacity === 0) return null
  const served = millionTokensByHour.reduce((total, load) => total + Math.min(load, capacity), 0)
  return served / (capacity * millionTokensByHour.length)
}

/** What the next step of the base would save in bursts, for each of its replica hours: it pays below that price. */
function priceOfNext(best: Mix, profile: Profile): number | null {
  const next = baseSizes(profile).find((size) => size > best.baseReplicas)
  const mix = next === undefined ? null : mixOn(next, profile)
  if (next === undefined || mix === null) return null
  const saved = best.onDemandUsd + best.apiUsd - mix.onDemandUsd - mix.apiUsd
  return saved / ((next - best.baseReplicas) * profile.millionTokensByHour.length)
}
