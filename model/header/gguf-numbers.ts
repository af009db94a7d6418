import type { Cursor } from './cursor.ts'
import { refusal } from './refusal.ts'

/** Little-endian numbers at the cursor. */
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export async function unsigned32(cursor: Cursor, what: string): Promise<number> {
  await cursor.need(4, what)
  return view(cursor.take(4)).getUint32(0, true)
}

/** @throws InputProblem for a number above 2^53, which no true count or length reaches. */
export async function unsigned64(cursor: Cursor, what: string): Promise<number> {
  await cursor.need(8, what)
  const value = view(cursor.take(8)).getBigUint64(0, true)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw refusal(`${what} is ${value}, more than can be counted.`)
  return Number(value)
}

type Read = (data: DataView) => number | boolean

/** Scalar types of a GGUF value by number: bytes, and how they are read. */
export const scalarTypes: ReadonlyMap<number, { readonly bytes: number; readonly read: Read }> = new Map([
  [0, { bytes: 1, read: (data: DataView) => data.getUint8(0) }],
  [1, { bytes: 1, read: (data: DataView) => data.getInt8(0) }],
  [2, { bytes: 2, read: (data: DataView) => data.getUint16(0, true) }],
  [3, { bytes: 2, read: (data: DataView) => data.getInt16(0, true) }],
  [4, { bytes: 4, read: (data: DataView) => data.getUint32(0, true) }],
  [5, { bytes: 4, read: (data: DataView) => data.getInt32(0, true) }],
  [6, { bytes: 4, read: (data: DataView) => data.getFloat32(0, true) }],
  [7, { bytes: 1, read: (data: DataView): number | boolean => data.getUint8(0) !== 0 }],
  [10, { bytes: 8, read: (data: DataView) => Number(data.getBigUint64(0, true)) }],
  [11, { bytes: 8, read: (data: DataView) => Number(data.getBigInt64(0, true)) }],
  [12, { bytes: 8, read: (data: DataView) => data.getFloat64(0, true) }],
])

export const textType = 8
export const arrayType = 9

/** @throws InputProblem where the header ends first. */
export async function scalar(cursor: Cursor, type: number, what: string): Promise<number | boolean> {
  const known = scalarTypes.get(type)
  if (!known) throw refusal(`${what} has the type ${type}, which GGUF does not know.`)
  await cursor.need(known.bytes, what)
  return known.read(view(cursor.take(known.bytes)))
}
