import type { Facts } from '../facts.ts'
import { gpuOf } from '../gpu-field.ts'
import type { GpuOffer } from '../offers.ts'
import type { PrecisionId } from '../precision.ts'
import { InputProblem } from '../problem.ts'
import { servingFleet } from '../replay/serving-fleet.ts'
import { MILLISECONDS_PER_SECOND, SECONDS_PER_HOUR, TOKENS_PER_MILLION } from '../units.ts'
import type { LoadCurveInput, LoadCurveOutput } from './curve-fields.ts'
import { onDemand } from './fleet-rent.ts'
import { batchLimitOf, openLoad, type ReplicaPace, type RequestShape, replicaPace } from './open-load.ts'

/** Replicas of one kind in instances of one offer: what it costs depends on the load alone. */
export interface CandidateFleet {
  readonly gpu: string
  readonly precision: PrecisionId
  readonly layout: string
  readonly pace: ReplicaPace
  readonly offer: GpuOffer
  readonly replicasPerInstance: number
  readonly extrapolated: boolean
}

/** Replicas larger than one instance would cross its network, which no measurement behind the constants does. */
const replicaSizes = [1, 2, 4, 8]

/** Every way to serve on the GPUs to choose from; those that cannot be sized are left out. */
export function candidateFleets(
  input: LoadCurveInput,
  shape: RequestShape,
  facts: Facts,
): readonly CandidateFleet[] {
  const precisions = input.precisions.length > 0 ? input.precisions : [input.precision]
  return input.gpus.flatMap((name) => {
    const gpu = gpuOf(name, facts, 'gpus').id
    const offers = cheapestBySize(onDemand(gpu, facts).map(({ offer }) => offer))
    return precisions.flatMap((precision) =>
      replicaSizes.flatMap((size) => {
        const fleet = sized({ ...input, gpu, precision, gpuCount: size, tensorParallel: size }, facts)
        if (fleet === null) return []
        const pace = replicaPace(fleet.engine, shape, batchLimitOf(fleet.engine, shape))
        return offers
          .filter(({ gpuCount }) => gpuCount >= size)
          .map((offer) => ({
            gpu,
            precision: fleet.serving.precision,
            layout: fleet.layout,
            pace,
            offer,
            replicasPerInstance: Math.floor(offer.gpuCount / size),
            extrapolated: fleet.serving.reach.reasons.length > 0,
          }))
      }),
    )
  })
}

/** Null where the layout does not exist or not one request fits. */
function sized(input: LoadCurveInput, facts: Facts): ReturnType<typeof servingFleet> | null {
  try {
    return servingFleet(input, facts)
  } catch (problem) {
    if (problem instanceof InputProblem) return null
    throw problem
  }
}

function cheapestBySize(offers: readonly GpuOffer[]): readonly GpuOffer[] {
  const bySize = new Map<number, GpuOffer>()
  for (const offer of offers) {
    if (offer.usdPerHour !== null && !bySize.has(offer.gpuCount)) bySize.set(offer.gpuCount, offer)
  }
  return [...bySize.values()]
}

type BestFleet = NonNullable<LoadCurveOutput['points'][number]['best']>

/** The cheapest candidate that carries a load within its limits; null where none does. */
export function bestFleetAt(
  requestsPerSecond: number,
  candidates: readonly CandidateFleet[],
  { plannedUtilisation, outputTokens, ttftMs, tpotMs }: LoadCurveInput,
): BestFleet | null {
  const priced = candidates
    .map((candidate) => {
      const rate = candidate.pace.saturationRequestsPerSecond * plannedUtilisation
      const replicas = Math.ceil(requestsPerSecond / rate)
      const instances = Math.ceil(replicas / candidate.replicasPerInstance)
      return { candidate, instances, usdPerHour: instances * (candidate.offer.usdPerHour ?? 0) }
    })
    .toSorted((a, b) => a.usdPerHour - b.usdPerHour)
  for (const { candidate, instances, usdPerHour } of priced) {
    const replicas = instances * candidate.replicasPerInstance
    const open = openLoad(candidate.pace, requestsPerSecond / replicas)
    const ttft = (open.ttftSeconds?.p90 ?? Number.POSITIVE_INFINITY) * MILLISECONDS_PER_SECOND
    const tpot = (open.tpotSeconds ?? Number.POSITIVE_INFINITY) * MILLISECONDS_PER_SECOND
    if (ttft > (ttftMs ?? Number.POSITIVE_INFINITY) || tpot > (tpotMs ?? Number.POSITIVE_INFINITY)) continue
    return {
      gpu: candidate.gpu,
      precision: candidate.precision,
      layout: candidate.layout,
      gpus: instances * candidate.offer.gpuCount,
      seller: candidate.offer.seller,
      usdPerHour,
      usdPerMillionOutputTokens:
        (usdPerHour / (requestsPerSecond * outputTokens * SECONDS_PER_HOUR)) * TOKENS_PER_MILLION,
      ttftP90Ms: ttft,
      tpotMs: tpot,
      extrapolated: candidate.extrapolated,
    }
  }
  return null
}
