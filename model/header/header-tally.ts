import type { Assumption } from '../calculation.ts'
import type { FileHeader } from './file-header.ts'
import type { HeaderSummary } from './header-summary.ts'
import type { HeaderTensor } from './tensor.ts'
import { type PackedWidths, roleOf, type TensorRole } from './tensor-role.ts'

const parameters: TensorRole = { kind: 'parameters', perElement: 1, packing: null }

/** Running sums over the tensors of one file or of many; keeps no tensor. */
export class HeaderTally {
  parameterCount = 0
  tensorBytes = 0
  readonly #widths: PackedWidths
  readonly #parametersByDtype = new Map<string, number>()
  readonly #bytesByDtype = new Map<string, number>()
  readonly #packings = new Map<string, number>()
  #scaleElements = 0
  #bufferElements = 0
  #tensorCount = 0
  #fileCount = 0
  #fileBytes = 0

  constructor(widths: PackedWidths) {
    this.#widths = widths
  }

  add(header: FileHeader): void {
    this.#fileCount += 1
    this.#fileBytes += header.headerBytes + header.dataBytes
    for (const tensor of header.tensors) {
      // A GGUF tensor's elements are its weights, whatever its blocks hold.
      this.#addTensor(tensor, header.format === 'gguf' ? ggufRole(tensor) : roleOf(tensor, this.#widths))
    }
  }

  #addTensor(tensor: HeaderTensor, role: TensorRole): void {
    this.#tensorCount += 1
    this.tensorBytes += tensor.bytes
    grow(this.#bytesByDtype, tensor.dtype, tensor.bytes)
    if (role.kind === 'scales') this.#scaleElements += tensor.elements
    else if (role.kind === 'buffers') this.#bufferElements += tensor.elements
    else {
      const count = tensor.elements * role.perElement
      this.parameterCount += count
      grow(this.#parametersByDtype, tensor.dtype, count)
      if (role.packing !== null) grow(this.#packings, role.packing, count)
    }
  }

  summary({
    format,
    architecture,
    notes,
  }: Pick<HeaderSummary, 'format' | 'architecture'> & {
    readonly notes: readonly Assumption[]
  }): HeaderSummary {
    const packings = [...this.#packings].map(([packing, count]) => ({
      field: 'parameterCount',
      value: count,
      unit: 'parameter' as const,
      because: `Counted as weights of ${packing}.`,
    }))
    return {
      format,
      fileCount: this.#fileCount,
      tensorCount: this.#tensorCount,
      parameterCount: this.parameterCount,
      parametersByDtype: Object.fromEntries(this.#parametersByDtype),
      bytesByDtype: Object.fromEntries(this.#bytesByDtype),
      scaleElements: this.#scaleElements,
      bufferElements: this.#bufferElements,
      tensorBytes: this.tensorBytes,
      fileBytes: this.#fileBytes,
      architecture,
      assumptions: [...packings, ...notes],
    }
  }
}

const ggufRole = ({ dtype }: HeaderTensor): TensorRole =>
  /^I(8|16|32|64)$/.test(dtype) ? { kind: 'buffers' } : parameters

const grow = (sums: Map<string, number>, key: string, amount: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}
