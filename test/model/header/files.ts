import type { ByteReader } from '../../../model/header/byte-reader.ts'

const encoder = new TextEncoder()

export const bytesOf = (text: string): Uint8Array => encoder.encode(text)

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export function unsigned(value: number | bigint, bytes: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes))
  if (bytes === 4) view.setUint32(0, Number(value), true)
  else view.setBigUint64(0, BigInt(value), true)
  return new Uint8Array(view.buffer)
}

/** A safetensors file: the JSON as given, then so many bytes of data. */
export const safetensorsFile = (
  json: string,
  dataBytes: number,
  statedLength?: number | bigint,
): Uint8Array =>
  joined(unsigned(statedLength ?? bytesOf(json).length, 8), bytesOf(json), new Uint8Array(dataBytes))

export const entry = (dtype: string, shape: readonly number[], begin: number, end: number): object => ({
  dtype,
  shape,
  data_offsets: [begin, end],
})

export const ggufText = (text: string): Uint8Array => joined(unsigned(bytesOf(text).length, 8), bytesOf(text))

/** A key-value pair: the type's number, and the value's bytes. */
export const pair = (key: string, type: number, value: Uint8Array): Uint8Array =>
  joined(ggufText(key), unsigned(type, 4), value)

export const textPair = (key: string, value: string): Uint8Array => pair(key, 8, ggufText(value))
export const wholePair = (key: string, value: number): Uint8Array => pair(key, 4, unsigned(value, 4))

export const arrayPair = (
  key: string,
  type: number,
  length: number | bigint,
  ...values: readonly Uint8Array[]
): Uint8Array => pair(key, 9, joined(unsigned(type, 4), unsigned(length, 8), ...values))

export const tensorInfo = (
  name: string,
  shape: readonly (number | bigint)[],
  type: number,
  offset: number | bigint,
): Uint8Array =>
  joined(
    ggufText(name),
    unsigned(shape.length, 4),
    ...shape.map((size) => unsigned(size, 8)),
    unsigned(type, 4),
    unsigned(offset, 8),
  )

export interface GgufParts {
  readonly version?: number
  readonly pairs?: readonly Uint8Array[]
  readonly tensors?: readonly Uint8Array[]
  readonly dataBytes?: number
  readonly alignment?: number
  /** Counts to state in place of the true ones. */
  readonly stated?: { readonly tensors?: number | bigint; readonly pairs?: number | bigint }
}

export function ggufFile({
  version = 3,
  pairs = [],
  tensors = [],
  dataBytes = 0,
  alignment = 32,
  stated = {},
}: GgufParts): Uint8Array {
  const header = joined(
    bytesOf('GGUF'),
    unsigned(version, 4),
    unsigned(stated.tensors ?? tensors.length, 8),
    unsigned(stated.pairs ?? pairs.length, 8),
    ...pairs,
    ...tensors,
  )
  const padding = (alignment - (header.length % alignment)) % alignment
  return joined(header, new Uint8Array(padding + dataBytes))
}

/** A file of any length that never stands in memory: a start, then one unit over and over. */
export const endless = (start: Uint8Array, unit: Uint8Array, size: number): ByteReader => ({
  size,
  async read(offset, length) {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
    for (let at = 0; at < bytes.length; at++) {
      const place = offset + at
      bytes[at] = (place < start.length ? start[place] : unit[(place - start.length) % unit.length]) ?? 0
    }
    return bytes
  },
})
