import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import type { GpuOffer } from '../offers.ts'
import { gpuListings } from '../prices/gpu-market.ts'
import { InputProblem } from '../problem.ts'

/** The on-demand listings of a GPU on the day of the facts, the cheapest first. */
export const onDemand = (gpu: string, facts: Facts) =>
  gpuListings(facts.gpuOffers({ kind: 'gpu', gpu, pricing: 'on-demand' }), {
    day: facts.asOf,
    pricing: 'on-demand',
  })

/** Whole instances of an offer that hold so many GPUs, and what they cost. */
const wholeInstances = (offer: GpuOffer, gpuCount: number): { instances: number; usdPerHour: number } => {
  const instances = Math.ceil(gpuCount / offer.gpuCount)
  return { instances, usdPerHour: instances * (offer.usdPerHour ?? 0) }
}

/**
 * Rent of so many GPUs: as given, or the cheapest whole instances in the price book.
 *
 * @throws InputProblem where neither is known.
 */
export function fleetRent(
  { gpu, gpuCount, usdPerHour }: { gpu: string; gpuCount: number; usdPerHour: number | undefined },
  facts: Facts,
): { usdPerHour: number; offer: GpuOffer | null; assumptions: readonly Assumption[] } {
  if (usdPerHour !== undefined) return { usdPerHour, offer: null, assumptions: [] }
  const [best] = onDemand(gpu, facts)
    .filter(({ offer }) => offer.usdPerHour !== null)
    .map(({ offer }) => ({ offer, ...wholeInstances(offer, gpuCount) }))
    .toSorted((a, b) => a.usdPerHour - b.usdPerHour)
  if (!best) {
    throw new InputProblem([
      {
        pointer: '#/usdPerHour',
        detail: `usdPerHour: no on-demand price of ${gpu} is known on ${facts.asOf}; give the rent of the fleet.`,
        kind: 'unknown',
      },
    ])
  }
  const { offer, instances } = best
  return {
    usdPerHour: best.usdPerHour,
    offer,
    assumptions: [
      {
        field: 'usdPerHour',
        value: best.usdPerHour,
        unit: 'USD/hour',
        because: `default: the cheapest on demand, ${instances} × ${offer.instance} of ${offer.seller}`,
      },
    ],
  }
}
