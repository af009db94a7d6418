import { evaluate, group, product, type Term, times } from '../breakdown.ts'
import type { Interval } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { gpuOf } from '../gpu-field.ts'
import type { GpuOffer } from '../offers.ts'
import type { PrecisionId } from '../precision.ts'
import { gpuListings } from '../prices/gpu-market.ts'
import { gpuFigures } from '../throughput/gpu-figures.ts'
import type { ModelFigures } from '../throughput/model-figures.ts'
import { type Sustainable, sustainableRate } from '../throughput/sustainable.ts'

/** The load that a fleet must carry, and the limits it must keep. */
export interface Demand {
  readonly requestsPerSecond: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly ttftSeconds?: number | undefined
  readonly tpotSeconds?: number | undefined
  /** Share of a replica's sustainable rate that the plan counts on. */
  readonly plannedUtilisation: number
}

/** One way to carry the load: whole replicas in whole instances of one kind. */
export interface Candidate {
  readonly gpu: string
  readonly precision: PrecisionId
  readonly rate: Sustainable
  readonly offer: GpuOffer
  readonly instances: number
  readonly gpus: number
  readonly usdPerHour: number
  /** Rented GPUs where the rate is at the ends of its band: a faster fleet needs fewer. */
  readonly band: Interval
  readonly terms: readonly Term[]
}

export interface Excluded {
  readonly gpu: string
  readonly precision: PrecisionId
  readonly because: string
}

/** Replicas larger than one instance would cross its network, which no measurement behind the constants does. */
const replicaSizes = [1, 2, 4, 8]

/** All ways to carry a demand on one GPU at one precision, or the reason why there is none. */
export function candidatesOf(
  {
    model,
    gpu: gpuId,
    precision,
    demand,
  }: { model: ModelFigures; gpu: string; precision: PrecisionId; demand: Demand },
  facts: Facts,
): readonly Candidate[] | Excluded {
  const gpu = gpuFigures(gpuOf(gpuId, facts))
  const excluded = (because: string): Excluded => ({ gpu: gpu.id, precision, because })
  const listings = gpuListings(facts.gpuOffers({ kind: 'gpu', gpu: gpuId, pricing: 'on-demand' }), {
    day: facts.asOf,
    pricing: 'on-demand',
  })
  if (listings.length === 0) return excluded('No on-demand price of it is known on that day.')
  const rates = replicaSizes.map((gpusPerReplica) =>
    sustainableRate({ model, gpu, precision, gpusPerReplica, ...demand }, facts),
  )
  const sustained = rates.filter((rate) => 'batch' in rate)
  if (sustained.length === 0) {
    const last = rates.at(-1)
    return excluded(last && 'because' in last ? last.because : 'It sustains nothing.')
  }
  const candidates = sustained.flatMap((rate) =>
    listings
      .filter(({ offer }) => offer.gpuCount >= rate.gpusPerReplica && offer.usdPerHour !== null)
      .map(({ offer }) => candidate({ gpu: gpu.id, precision, rate, offer, demand })),
  )
  return candidates.length > 0 ? candidates : excluded('No instance with it is large enough for one replica.')
}

function candidate({
  gpu,
  precision,
  rate,
  offer,
  demand,
}: {
  gpu: string
  precision: PrecisionId
  rate: Sustainable
  offer: GpuOffer
  demand: Demand
}): Candidate {
  const { outputTokensPerSecond: speed } = rate
  const terms = fleetTerms(speed.p50, { rate, offer, demand })
  const gpus = evaluate(terms)
  const instances = gpus / offer.gpuCount
  return {
    gpu,
    precision,
    rate,
    offer,
    instances,
    gpus,
    usdPerHour: instances * (offer.usdPerHour ?? 0),
    band: {
      p10: evaluate(fleetTerms(speed.p90, { rate, offer, demand })),
      p50: gpus,
      p90: evaluate(fleetTerms(speed.p10, { rate, offer, demand })),
    },
    terms,
  }
}

/** `GPUs = ⌈⌈demand / (rate × utilisation)⌉ / replicas of an instance⌉ × GPUs of an instance` */
function fleetTerms(
  tokensPerSecond: number,
  { rate, offer, demand }: { rate: Sustainable; offer: GpuOffer; demand: Demand },
): readonly Term[] {
  const wanted = product(
    { name: 'requests a second', value: demand.requestsPerSecond, unit: 'request/second' },
    { name: 'output tokens of a request', value: demand.outputTokens, unit: 'token' },
  )
  const planned = product(
    { name: 'output tokens a second of one replica', value: tokensPerSecond, unit: 'token/second' },
    { name: 'planned utilisation', value: demand.plannedUtilisation, unit: 'ratio' },
  )
  return [
    { ...group('output tokens a second wanted', 'token/second', wanted), operator: 'add' },
    { ...group('counted on of one replica', 'token/second', planned), operator: 'divide by' },
    { name: 'whole replicas', operator: 'round up to a multiple of', value: 1, unit: 'replica' },
    {
      name: 'replicas of one instance',
      operator: 'divide by',
      value: Math.floor(offer.gpuCount / rate.gpusPerReplica),
      unit: 'replica',
    },
    { name: 'whole instances', operator: 'round up to a multiple of', value: 1, unit: 'instance' },
    times({ name: 'GPUs of one instance', value: offer.gpuCount, unit: 'GPU' }),
  ]
}
