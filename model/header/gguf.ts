import { quote } from '../problem.ts'
import type { ByteReader } from './byte-reader.ts'
import { Cursor } from './cursor.ts'
import type { FileHeader, MetadataValue } from './file-header.ts'
import { name, readMetadata } from './gguf-metadata.ts'
import { unsigned32, unsigned64 } from './gguf-numbers.ts'
import { ggufTypes } from './gguf-types.ts'
import { mostHeaderBytes, mostTensors } from './limits.ts'
import { refusal } from './refusal.ts'
import { elementsOf, type HeaderTensor, TensorList } from './tensor.ts'
import { checkFileHolds, tiledBytes } from './tiling.ts'

const magicBytes = 4
const versions = [2, 3]
const mostDimensionsOfGguf = 4
const defaultAlignment = 32
/** Name's length, dimension count, one dimension, type, offset: no tensor is described in less. */
const leastTensorBytes = 8 + 4 + 4 + 8
const leastPairBytes = 8 + 4 + 1

/**
 * Reads the header of one GGUF file, version 2 or 3, little-endian. Vocabularies are passed over, so memory does
 * not grow with them.
 *
 * @throws InputProblem for a header that contradicts itself or the file's length.
 * @see ggml-org/ggml, docs/gguf.md, gguf_header_t and gguf_tensor_info_t
 */
export async function readGguf(reader: ByteReader): Promise<FileHeader> {
  const cursor = new Cursor(reader, mostHeaderBytes)
  await cursor.need(magicBytes, 'the magic')
  cursor.take(magicBytes)
  const version = await unsigned32(cursor, 'the version')
  if (!versions.includes(version)) {
    throw refusal(`it states GGUF version ${version}; versions 2 and 3, little-endian, can be read.`)
  }
  const tensorCount = await unsigned64(cursor, 'the tensor count')
  const pairs = await unsigned64(cursor, 'the count of key-value pairs')
  checkCounts(cursor, tensorCount, pairs)
  const metadata = await readMetadata(cursor, pairs)
  const alignment = alignmentOf(metadata)
  const list = new TensorList()
  for (let index = 0; index < tensorCount; index++) list.add(await readTensor(cursor, alignment))
  const padded = Math.ceil(cursor.position / alignment) * alignment
  const dataBytes = tiledBytes(list.tensors, alignment)
  checkFileHolds(padded, dataBytes, list.tensors.length === 0 ? null : reader.size)
  // A file of metadata alone, such as a vocabulary, may end before the padding.
  const headerBytes = Math.min(padded, reader.size ?? padded)
  return { format: 'gguf', version, tensors: list.tensors, headerBytes, dataBytes, metadata }
}

function checkCounts(cursor: Cursor, tensorCount: number, pairs: number): void {
  if (tensorCount > mostTensors) {
    throw refusal(`it states ${tensorCount} tensors, more than ${mostTensors}.`)
  }
  const least = tensorCount * leastTensorBytes + pairs * leastPairBytes
  if (least > cursor.limit - cursor.position) {
    throw refusal(
      `it states ${tensorCount} tensors and ${pairs} pairs, which take at least ${least} bytes, more than it has.`,
    )
  }
}

function alignmentOf(metadata: Readonly<Record<string, MetadataValue>>): number {
  const alignment = metadata['general.alignment'] ?? defaultAlignment
  const isPowerOfTwo =
    typeof alignment === 'number' && alignment >= 1 && Number.isInteger(Math.log2(alignment))
  if (!isPowerOfTwo || alignment > 2 ** 20) {
    throw refusal(`it states the alignment ${quote(alignment)}, which is no power of two up to 2^20.`)
  }
  return alignment
}

async function readTensor(cursor: Cursor, alignment: number): Promise<HeaderTensor> {
  const tensor = await name(cursor, "a tensor's name")
  const what = `tensor ${quote(tensor)}`
  const dimensions = await unsigned32(cursor, `the dimensions of ${what}`)
  if (dimensions > mostDimensionsOfGguf) {
    throw refusal(`${what} states ${dimensions} dimensions, more than ${mostDimensionsOfGguf}.`)
  }
  const shape: number[] = []
  for (let axis = 0; axis < dimensions; axis++) shape.push(await unsigned64(cursor, `a dimension of ${what}`))
  const typeId = await unsigned32(cursor, `the type of ${what}`)
  const begin = await unsigned64(cursor, `the offset of ${what}`)
  const type = ggufTypes.get(typeId)
  if (!type) throw refusal(`${what} has the type ${typeId}, whose block size is not known here.`)
  const elements = elementsOf(tensor, shape)
  if ((shape[0] ?? 1) % type.blockWeights !== 0) {
    throw refusal(
      `${what} has rows of ${shape[0]} weights, which do not fill blocks of ${type.blockWeights} (${type.name}).`,
    )
  }
  if (begin % alignment !== 0)
    throw refusal(`${what} begins at byte ${begin}, off the alignment of ${alignment}.`)
  return {
    name: tensor,
    dtype: type.name,
    shape,
    elements,
    begin,
    bytes: (elements / type.blockWeights) * type.blockBytes,
  }
}
