import { quote } from '../problem.ts'
import { BITS_PER_BYTE } from '../units.ts'
import type { ByteReader } from './byte-reader.ts'
import { Cursor } from './cursor.ts'
import type { FileHeader, MetadataValue } from './file-header.ts'
import { JsonWalker } from './json-walker.ts'
import { longestKeptText, mostHeaderBytes, mostPairs } from './limits.ts'
import { refusal } from './refusal.ts'
import { elementsOf, type HeaderTensor, TensorList } from './tensor.ts'
import { checkFileHolds, tiledBytes } from './tiling.ts'

/**
 * Bits of one element.
 *
 * @see safetensors, safetensors/src/tensor.rs @24b0b285, enum Dtype
 */
const bitsOfDtype: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  I16: 16,
  U16: 16,
  I32: 32,
  U32: 32,
  I64: 64,
  U64: 64,
  F16: 16,
  BF16: 16,
  F32: 32,
  F64: 64,
  C64: 64,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  F8_E8M0: 8,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F4: 4,
}

const lengthBytes = 8
const openingBrace = 0x7b

/**
 * Reads the header of one safetensors file: 8 bytes of length, so many bytes of JSON, then the data that its
 * offsets must tile.
 *
 * @throws InputProblem for a header that contradicts itself or the file's length.
 * @see safetensors, safetensors/src/tensor.rs @24b0b285, read_metadata and Metadata::validate
 */
export async function readSafetensors(reader: ByteReader): Promise<FileHeader> {
  const cursor = new Cursor(reader, lengthBytes + mostHeaderBytes)
  await cursor.need(lengthBytes, "the header's length")
  const jsonBytes = littleEndian64(cursor.take(lengthBytes))
  const headerBytes = lengthBytes + jsonBytes
  if (jsonBytes > mostHeaderBytes) {
    throw refusal(`it states a header of ${jsonBytes} bytes, more than ${mostHeaderBytes}.`)
  }
  if (reader.size !== null && headerBytes > reader.size) {
    throw refusal(`it states a header of ${jsonBytes} bytes, but has only ${reader.size} bytes in all.`)
  }
  cursor.limit = headerBytes
  await cursor.need(1, 'its JSON')
  if (cursor.view[0] !== openingBrace) throw refusal('its header does not begin with "{".')
  const { tensors, metadata } = await readJson(new JsonWalker(cursor))
  const dataBytes = tiledBytes(tensors, 1)
  checkFileHolds(headerBytes, dataBytes, reader.size)
  if (reader.size !== null && headerBytes + dataBytes < reader.size) {
    throw refusal(`its tensors end at byte ${headerBytes + dataBytes}, but it has ${reader.size} bytes.`)
  }
  return { format: 'safetensors', version: null, tensors, headerBytes, dataBytes, metadata }
}

function littleEndian64(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0)
}

async function readJson(walker: JsonWalker): Promise<Pick<FileHeader, 'tensors' | 'metadata'>> {
  const list = new TensorList()
  let metadata: Record<string, MetadataValue> | undefined
  await walker.open()
  for (let name = await walker.key(); name !== null; name = await walker.key()) {
    if (name === '__metadata__') {
      if (metadata) throw refusal('__metadata__ is listed twice.')
      metadata = await readMetadata(walker)
    } else list.add(tensorOf(name, await walker.value()))
  }
  await walker.end()
  return { tensors: list.tensors, metadata: metadata ?? {} }
}

/** The map of texts under `__metadata__`; training logs of any length may hide there, so long texts are passed over. */
async function readMetadata(walker: JsonWalker): Promise<Record<string, MetadataValue>> {
  const kept = new Map<string, MetadataValue>()
  await walker.open()
  for (let key = await walker.key(); key !== null; key = await walker.key()) {
    const text = await walker.textUpTo(longestKeptText)
    if (text !== null && kept.size < mostPairs) kept.set(key, text)
  }
  return Object.fromEntries(kept)
}

function tensorOf(name: string, entry: unknown): HeaderTensor {
  const { dtype, shape, data_offsets: offsets, ...rest } = entryOf(name, entry)
  if (Object.keys(rest).length > 0) {
    throw refusal(
      `tensor ${quote(name)} has a field ${quote(Object.keys(rest)[0])} that the format does not know.`,
    )
  }
  const bits = typeof dtype === 'string' && Object.hasOwn(bitsOfDtype, dtype) ? bitsOfDtype[dtype] : undefined
  if (typeof dtype !== 'string' || bits === undefined) {
    throw refusal(`tensor ${quote(name)} has the dtype ${quote(dtype)}, which the format does not know.`)
  }
  if (!Array.isArray(shape)) throw refusal(`tensor ${quote(name)} has no shape.`)
  const elements = elementsOf(name, shape)
  const [begin, end] = offsetsOf(name, offsets)
  if (end - begin !== (elements * bits) / BITS_PER_BYTE) {
    throw refusal(
      `tensor ${quote(name)} lies in ${end - begin} bytes, but ${elements} elements of ${dtype} take ${(elements * bits) / BITS_PER_BYTE}.`,
    )
  }
  return { name, dtype, shape: shape.map(Number), elements, begin, bytes: end - begin }
}

function entryOf(name: string, entry: unknown): Record<string, unknown> {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) {
    throw refusal(`tensor ${quote(name)} is no object with dtype, shape and data_offsets.`)
  }
  return { ...entry }
}

function offsetsOf(name: string, offsets: unknown): readonly [number, number] {
  const isPair = Array.isArray(offsets) && offsets.length === 2
  const [begin, end] = isPair ? offsets : []
  if (!isWhole(begin) || !isWhole(end) || begin > end) {
    throw refusal(
      `tensor ${quote(name)} has the data_offsets ${quote(offsets)}, which are no two whole numbers in order.`,
    )
  }
  return [begin, end]
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
