import type { Assumption } from '../calculation.ts'
import type { PeakFormat } from '../facts.ts'
import { type FormatSupport, formatSupport } from '../format-support.ts'
import { type PrecisionId, precisions } from '../precision.ts'
import { invalid } from '../problem.ts'
import type { GpuFigures } from './gpu-figures.ts'

/** How a GPU multiplies weights of a precision. */
export interface Arithmetic extends FormatSupport {
  readonly format: PeakFormat
  readonly flopPerSecond: number
}

const halfFormats = ['bf16', 'fp16'] as const
const bitsOfHalf = 16

/**
 * The dense peak at which a GPU multiplies weights of a precision: the format's own where a source says that the
 * hardware multiplies in it, else the 16-bit peak, which is what the weights are widened to.
 *
 * @throws InputProblem where no source states the peak that is needed: none stands in for another.
 */
export function arithmeticOf(gpu: GpuFigures, precision: PrecisionId): Arithmetic {
  const { arithmetic: own, bitsPerWeight } = precisions[precision]
  const stated = formatSupport(gpu, precision)
  const ownPeak = own === null ? null : (gpu.peakFlopPerSecond[own] ?? null)
  if (stated.support === 'native' && own !== null && ownPeak !== null) {
    return { format: own, flopPerSecond: ownPeak, ...stated }
  }
  if (bitsPerWeight > bitsOfHalf) {
    throw invalid('gpu', `gpu: no source states the ${precision} peak of ${gpu.id}, so its speed is unknown.`)
  }
  for (const format of halfFormats) {
    const flopPerSecond = gpu.peakFlopPerSecond[format]
    if (flopPerSecond) {
      return {
        format,
        flopPerSecond,
        ...(stated.support === 'emulated' ? stated : { support: 'unstated', source: null }),
      }
    }
  }
  throw invalid('gpu', `gpu: no source states the 16-bit peak of ${gpu.id}, so its speed is unknown.`)
}

/** What an answer says of arithmetic that is not the format's own; nothing where it is. */
export function arithmeticAssumptions(
  gpu: Pick<GpuFigures, 'id'>,
  precision: PrecisionId,
  { support, format, source }: Arithmetic,
): Assumption[] {
  if (support === 'native') return []
  const why =
    support === 'emulated'
      ? `${gpu.id} does not multiply ${precision} as it is stored: the bytes are saved, the arithmetic runs at the ${format} peak`
      : `No source states a peak at which ${gpu.id} multiplies ${precision}: the ${format} peak is taken, which is too low if there is one`
  return [
    {
      field: 'arithmetic',
      value: format,
      unit: null,
      because: `${why}.`,
      ...(source && { source }),
    },
  ]
}
