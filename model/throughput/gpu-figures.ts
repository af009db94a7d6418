import type { Gpu } from '../facts.ts'
import { invalid } from '../problem.ts'
import { GB } from '../units.ts'

/** The figures of one GPU that speed follows from. Computed once. */
export interface GpuFigures {
  readonly id: string
  readonly architecture: string
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
    architecture: gpu.architecture,
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
