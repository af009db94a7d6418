import type { Gpu, PeakFormat } from '../facts.ts'
import { type PrecisionId, precisions } from '../precision.ts'
import { invalid } from '../problem.ts'
import { GB } from '../units.ts'

/** The figures of one GPU that speed follows from. Computed once. */
export interface GpuFigures {
  readonly id: string
  readonly memoryBytes: number
  /** True where only the label is known; devices report at least that. */
  readonly memoryFromLabel: boolean
  readonly memoryBytesPerSecond: number
  readonly peakFlopPerSecond: Gpu['peakFlopPerSecond']
  readonly link: 'switched' | 'pcie'
  /** One direction, one GPU to all others. */
  readonly linkBytesPerSecond: number
  /** GPUs that share the fast link: what a tensor-parallel group may span. */
  readonly domainGpuCount: number
}

/** Raw bandwidth of 16 lanes in one direction: PCI Express Base Specification, 16 GT/s in 4.0 and doubled by each later one. */
const pcieBytesPerSecond = (generation: number | null): number => 32 * GB * 2 ** ((generation ?? 4) - 4)

/**
 * @throws InputProblem where no source states the GPU's bandwidth or memory: neither is borrowed from another.
 */
export function gpuFigures(gpu: Gpu): GpuFigures {
  if (gpu.memoryBytesPerSecond === null) {
    throw invalid('gpu', `gpu: no source states the memory bandwidth of ${gpu.id}, so its speed is unknown.`)
  }
  const memoryBytes = gpu.memoryBytesReported ?? (gpu.memoryLabelGb === null ? null : gpu.memoryLabelGb * GB)
  if (memoryBytes === null) {
    throw invalid('gpu', `gpu: no source states the memory of ${gpu.id}, so nothing can be fitted into it.`)
  }
  // A bridge joins two cards only, so a PCIe card counts as having no switch.
  const switched = gpu.linkBytesPerSecondBidirectional !== null && !/PCIe/.test(gpu.formFactor)
  return {
    id: gpu.id,
    memoryBytes,
    memoryFromLabel: gpu.memoryBytesReported === null,
    memoryBytesPerSecond: gpu.memoryBytesPerSecond,
    peakFlopPerSecond: gpu.peakFlopPerSecond,
    link: switched ? 'switched' : 'pcie',
    linkBytesPerSecond:
      switched && gpu.linkBytesPerSecondBidirectional !== null
        ? gpu.linkBytesPerSecondBidirectional / 2
        : pcieBytesPerSecond(gpu.pcieGeneration),
    domainGpuCount: Number(/(\d+)-GPU domain/.exec(gpu.interconnect ?? '')?.[1] ?? 8),
  }
}

/** How a GPU multiplies weights of a precision. */
export interface Arithmetic {
  readonly format: PeakFormat
  readonly flopPerSecond: number
  /** True where the hardware lacks the format, so that weights are widened to 16 bits before they multiply. */
  readonly emulated: boolean
}

/**
 * The dense peak at which a GPU multiplies weights of a precision: the format's own where the hardware has it,
 * else the 16-bit peak, since the weights are then unpacked first.
 *
 * @throws InputProblem where no source states a 16-bit peak either.
 */
export function arithmeticOf(gpu: GpuFigures, precision: PrecisionId): Arithmetic {
  const own = precisions[precision].arithmetic
  const native = own === null ? null : (gpu.peakFlopPerSecond[own] ?? null)
  if (own !== null && native !== null) return { format: own, flopPerSecond: native, emulated: false }
  for (const format of ['bf16', 'fp16'] as const) {
    const flopPerSecond = gpu.peakFlopPerSecond[format]
    if (flopPerSecond) return { format, flopPerSecond, emulated: own !== format }
  }
  throw invalid('gpu', `gpu: no source states the 16-bit peak of ${gpu.id}, so its speed is unknown.`)
}
