import { quote } from '../problem.ts'
import { refusal } from './refusal.ts'
import type { HeaderTensor } from './tensor.ts'

/**
 * Bytes of data that the tensors cover, which must lie one after the other with no overlap and no hole beyond the
 * alignment.
 *
 * @throws InputProblem naming the first tensor that does not lie where the one before it ends.
 */
export function tiledBytes(tensors: readonly HeaderTensor[], alignment: number): number {
  const order = Uint32Array.from(tensors.keys()).sort((a, b) => {
    const [left, right] = [tensors[a], tensors[b]]
    return left && right ? left.begin - right.begin || left.bytes - right.bytes : 0
  })
  let end = 0
  for (const index of order) {
    const tensor = tensors[index]
    if (!tensor) continue
    const expected = Math.ceil(end / alignment) * alignment
    if (tensor.begin !== expected) {
      const how = tensor.begin < expected ? 'overlaps the tensor before it' : 'leaves a hole'
      throw refusal(
        `tensor ${quote(tensor.name)} begins at byte ${tensor.begin} of the data, not at ${expected}: it ${how}.`,
      )
    }
    end = tensor.begin + tensor.bytes
    if (!Number.isSafeInteger(end))
      throw refusal(`tensor ${quote(tensor.name)} ends beyond what can be counted.`)
  }
  return end
}

/** @throws InputProblem where the file ends before its data does. */
export function checkFileHolds(dataOffset: number, dataBytes: number, fileBytes: number | null): void {
  if (fileBytes !== null && dataOffset + dataBytes > fileBytes) {
    throw refusal(
      `its tensors end at byte ${dataOffset + dataBytes}, but it has only ${fileBytes} bytes: truncated, or a header that lies.`,
    )
  }
}
