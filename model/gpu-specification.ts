import type { Gpu, PeakFormat } from './facts.ts'

/** What another source says of a GPU; what it does not say is null. */
export interface GpuSpecification {
  readonly gpu: string
  readonly source: string
  readonly memoryBytesPerSecond: number | null
  readonly powerWatts: number | null
  readonly peakFlopPerSecond: Partial<Record<PeakFormat, number | null>>
}

/** One figure on which a source and our facts differ. */
export interface SpecificationDifference {
  readonly gpu: string
  readonly source: string
  readonly figure: string
  readonly ours: number
  readonly theirs: number
}

/** Labels are rounded to two digits and more: below this two figures are the same. */
const sameWithin = 0.03

/**
 * The figures on which other sources differ from the facts: a factor of two is a sparse peak for a dense one, or an
 * FP16-accumulate peak for an FP32 one.
 */
export function specificationDifferences(
  gpus: readonly Gpu[],
  specifications: readonly GpuSpecification[],
): SpecificationDifference[] {
  const byId = new Map(gpus.map((gpu) => [gpu.id, gpu]))
  return specifications.flatMap(({ gpu: id, source, ...theirs }) => {
    const gpu = byId.get(id)
    if (!gpu) return []
    const peaks = Object.entries(theirs.peakFlopPerSecond).map(
      ([format, value]) => [`${format} peak`, gpu.peakFlopPerSecond[format as PeakFormat], value] as const,
    )
    return [
      ['memory bandwidth', gpu.memoryBytesPerSecond, theirs.memoryBytesPerSecond] as const,
      ['power', gpu.powerWatts, theirs.powerWatts] as const,
      ...peaks,
    ].flatMap(([figure, own, other]) =>
      typeof own === 'number' && typeof other === 'number' && Math.abs(own - other) > sameWithin * own
        ? [{ gpu: id, source, figure, ours: own, theirs: other }]
        : [],
    )
  })
}
