import { z } from 'zod'
import { evaluate, sum, type Term } from '../../breakdown.ts'
import { type Assumption, calculation } from '../../calculation.ts'
import { invalid } from '../../problem.ts'
import { bestMixOf, type Mix, mixOn } from './base-search.ts'
import { batchFields, loadField, MixResult, servingFields } from './best-mix-fields.ts'
import { type Profile, sizesOf } from './profile.ts'
import { profileOf } from './profile-of.ts'

export const bestMix = calculation({
  id: 'best-mix',
  title: 'Best mix',
  summary:
    'How much of an hourly load to own, commit to or reserve, and what to leave to on-demand GPUs, spot and an API, in whole units; batches go to idle hours',
  formula:
    'cost = base × baseUsdPerReplicaHour × hours + units × usdPerUnitHour × hours + Σ over hours of the cheapest burst + Σ over days of the batch that idle hours leave',
  sheet: false,
  input: z.strictObject({ millionTokensByHour: loadField, ...servingFields, ...batchFields }),
  output: MixResult,
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
    const { mix, terms, result, assumptions } = solved(profileOf(input))
    return { result, value: mix.usd, unit: 'USD', breakdown: terms, assumptions }
  },
})

/** The best mix of a profile with its terms; a profile that nothing serves is refused with what would. */
export function solved(
  profile: Profile,
  path = '',
): {
  readonly mix: Mix
  readonly terms: Term[]
  readonly result: MixResult
  readonly assumptions: readonly Assumption[]
} {
  const { mix, tried, isComplete } = bestMixOf(profile)
  if (!mix) {
    const field = `${path}maximumReplicas`
    throw invalid(
      field,
      `${field}: no base of up to ${profile.baseSizes.maximum} replicas serves every hour and batch with the burst there is; accepted: more replicas, replicas on demand, an API that is fast enough, or a higher API limit.`,
    )
  }
  const terms = sum(
    { name: `base of ${mix.baseReplicas} replicas`, value: mix.baseUsd, unit: 'USD' },
    { name: `${mix.provisionedUnits} provisioned units`, value: mix.provisionedUsd, unit: 'USD' },
    { name: 'replicas above the base', value: mix.replicaUsd, unit: 'USD' },
    { name: 'API', value: mix.apiUsd, unit: 'USD' },
    { name: 'replicas for batches', value: mix.batchReplicaUsd, unit: 'USD' },
    { name: 'API, batch', value: mix.batchApiUsd, unit: 'USD' },
  )
  const { usd: _, ...figures } = mix
  return {
    mix: { ...mix, usd: evaluate(terms) },
    terms,
    result: {
      ...figures,
      baseUseRatio: useOf(mix, profile),
      nextBaseUsdPerReplicaHour: priceOfNext(mix, profile),
      triedSizes: tried,
      isComplete,
    },
    assumptions: [latency, ...(isComplete ? [] : [cut(tried)])],
  }
}

const latency: Assumption = {
  field: 'millionTokensPerReplicaHour',
  value: null,
  unit: 'million tokens',
  because: 'Within an hour the load is taken as level, and a replica on demand as ready at once.',
}
const cut = (tried: number): Assumption => ({
  field: 'isComplete',
  value: false,
  unit: null,
  because: `The search was cut after ${tried} sizes: a cheaper one may exist. Fewer units or a larger step would let it finish.`,
})

function useOf(
  { baseReplicas, provisionedUnits, batchOnIdleMillionTokens }: Mix,
  { millionTokensByHour, millionTokensPerReplicaHour, units }: Profile,
): number | null {
  const capacity =
    baseReplicas * millionTokensPerReplicaHour + provisionedUnits * (units?.millionTokensPerUnitHour ?? 0)
  if (capacity === 0) return null
  const served = millionTokensByHour.reduce((total, load) => total + Math.min(load, capacity), 0)
  return (served + batchOnIdleMillionTokens) / (capacity * millionTokensByHour.length)
}

/** What the next step of the base would save above it, for each of its replica hours: it pays below that price. */
function priceOfNext(best: Mix, profile: Profile): number | null {
  const next = sizesOf(profile.baseSizes).find((size) => size > best.baseReplicas)
  const mix = next === undefined ? null : mixOn(next, best.provisionedUnits, profile)
  if (next === undefined || mix === null) return null
  const saved = best.usd - best.baseUsd - (mix.usd - mix.baseUsd)
  return saved / ((next - best.baseReplicas) * profile.millionTokensByHour.length)
}
