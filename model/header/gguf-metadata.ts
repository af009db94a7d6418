import { quote } from '../problem.ts'
import type { Cursor } from './cursor.ts'
import type { MetadataValue } from './file-header.ts'
import { arrayType, scalar, scalarTypes, textType, unsigned32, unsigned64 } from './gguf-numbers.ts'
import { longestKeptArray, longestKeptText, longestName, mostPairs, mostTexts } from './limits.ts'
import { refusal } from './refusal.ts'
import { utf8 } from './utf8.ts'

/** Added to a key whose array was too long to keep: its length. */
export const lengthSuffix = '.length'

/**
 * Reads the key-value pairs of a GGUF header. Of a long array, such as a vocabulary, only the length is kept.
 *
 * @see ggml-org/ggml, docs/gguf.md, gguf_metadata_kv_t
 */
export async function readMetadata(cursor: Cursor, pairs: number): Promise<Record<string, MetadataValue>> {
  if (pairs > mostPairs) throw refusal(`it states ${pairs} key-value pairs, more than ${mostPairs}.`)
  const metadata = new Map<string, MetadataValue>()
  const keys = new Set<string>()
  for (let pair = 0; pair < pairs; pair++) {
    const key = await name(cursor, 'the key of a pair')
    if (keys.has(key)) throw refusal(`the key ${quote(key)} is listed twice.`)
    keys.add(key)
    const type = await unsigned32(cursor, `the type of ${quote(key)}`)
    if (type === arrayType) {
      const { length, values } = await array(cursor, quote(key))
      if (values) metadata.set(key, values)
      else metadata.set(`${key}${lengthSuffix}`, length)
    } else if (type === textType) {
      const value = await text(cursor, quote(key))
      if (value !== null) metadata.set(key, value)
    } else metadata.set(key, await scalar(cursor, type, quote(key)))
  }
  return Object.fromEntries(metadata)
}

/** A name: short, or the file lies. */
export async function name(cursor: Cursor, what: string): Promise<string> {
  const length = await unsigned64(cursor, `the length of ${what}`)
  if (length > longestName) throw refusal(`${what} has ${length} bytes, more than ${longestName}.`)
  await cursor.need(length, what)
  return utf8(cursor.take(length), what)
}

async function text(cursor: Cursor, what: string): Promise<string | null> {
  const length = await unsigned64(cursor, `the length of ${what}`)
  if (length > longestKeptText) {
    cursor.skip(length, what)
    return null
  }
  await cursor.need(length, what)
  return utf8(cursor.take(length), what)
}

interface ReadArray {
  readonly length: number
  /** Null where there are too many to keep, or they are texts. */
  readonly values: readonly number[] | null
}

async function array(cursor: Cursor, what: string): Promise<ReadArray> {
  const type = await unsigned32(cursor, `the element type of ${what}`)
  const length = await unsigned64(cursor, `the length of ${what}`)
  const size = type === textType ? 8 : scalarTypes.get(type)?.bytes
  if (size === undefined) throw refusal(`${what} is an array of the type ${type}, which no header holds.`)
  if (length * size > cursor.limit - cursor.position) {
    throw refusal(`${what} states ${length} elements, more than fit before byte ${cursor.limit}.`)
  }
  if (type === textType) await skipTexts(cursor, length, what)
  else if (length > longestKeptArray) cursor.skip(length * size, what)
  else return { length, values: await numbers(cursor, type, length, what) }
  return { length, values: null }
}

/** A vocabulary, passed over text by text: only the lengths are looked at. */
async function skipTexts(cursor: Cursor, length: number, what: string): Promise<void> {
  if (length > mostTexts) throw refusal(`${what} is an array of ${length} texts, more than ${mostTexts}.`)
  for (let text = 0; text < length; text++) {
    cursor.skip(await unsigned64(cursor, `the length of a text in ${what}`), what)
  }
}

async function numbers(cursor: Cursor, type: number, length: number, what: string): Promise<number[]> {
  const values: number[] = []
  for (let index = 0; index < length; index++) values.push(Number(await scalar(cursor, type, what)))
  return values
}
