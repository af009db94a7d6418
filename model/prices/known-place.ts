import { type GpuOffer, knownMeters, type TokenOffer } from '../offers.ts'
import { unknown } from '../problem.ts'

/** @throws InputProblem for a meter that is none of ours, and that no offer of the model has. */
export function expectMeter(meter: string, offers: readonly TokenOffer[]): void {
  const names = new Set([
    ...Object.keys(knownMeters),
    ...offers.flatMap(({ meters }) => meters.map((price) => price.meter)),
  ])
  if (!names.has(meter)) throw unknown('meter', 'meter', meter, names)
}

/** @throws InputProblem for a region in which nobody sells the GPU. */
export function expectRegion(region: string | undefined, offers: readonly GpuOffer[], gpu: string): void {
  if (region === undefined || offers.length === 0) return
  const names = new Set(offers.flatMap((offer) => offer.region ?? []))
  if (!names.has(region.toLowerCase()))
    throw unknown('region', `region with a price of ${gpu}`, region, names)
}
