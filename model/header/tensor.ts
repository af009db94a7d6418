import { quote } from '../problem.ts'
import { longestName, mostDimensions, mostNameBytes, mostTensors } from './limits.ts'
import { refusal } from './refusal.ts'

/** One tensor as a header states it, checked. */
export interface HeaderTensor {
  readonly name: string
  /** As the format spells it: `BF16`, `F8_E4M3`, `Q4_K`. */
  readonly dtype: string
  readonly shape: readonly number[]
  readonly elements: number
  /** Offset from the start of the data. */
  readonly begin: number
  readonly bytes: number
}

/**
 * Elements of a shape.
 *
 * @throws InputProblem where a size is no whole number, or the product leaves what a number can count exactly.
 */
export function elementsOf(name: string, shape: readonly unknown[]): number {
  if (shape.length > mostDimensions) {
    throw refusal(`tensor ${quote(name)} has ${shape.length} dimensions, more than ${mostDimensions}.`)
  }
  let elements = 1
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
      throw refusal(
        `tensor ${quote(name)} has a dimension of ${quote(size)}, which is no whole number from 0 on.`,
      )
    }
    elements *= size
    if (!Number.isSafeInteger(elements)) {
      throw refusal(`tensor ${quote(name)} has more elements than can be counted: ${quote(shape)}.`)
    }
  }
  return elements
}

/** The tensors of one file, checked for their number and names as they come. */
export class TensorList {
  readonly tensors: HeaderTensor[] = []
  readonly #names = new Set<string>()
  #nameBytes = 0

  add(tensor: HeaderTensor): void {
    const { name } = tensor
    if (name.length > longestName) throw refusal(`a tensor's name has more than ${longestName} characters.`)
    if (this.#names.has(name)) throw refusal(`tensor ${quote(name)} is listed twice.`)
    this.#names.add(name)
    this.#nameBytes += name.length
    if (this.#nameBytes > mostNameBytes) {
      throw refusal(`its tensors' names take more than ${mostNameBytes} bytes.`)
    }
    this.tensors.push(tensor)
    if (this.tensors.length > mostTensors) throw refusal(`it lists more than ${mostTensors} tensors.`)
  }
}
