import type { ByteReader } from './byte-reader.ts'
import type { FileHeader } from './file-header.ts'
import { readGguf } from './gguf.ts'
import { refusal } from './refusal.ts'
import { readSafetensors } from './safetensors.ts'
import { readSafetensorsIndex, type SafetensorsIndex } from './safetensors-index.ts'
import { utf8 } from './utf8.ts'

export type Header =
  | { readonly kind: 'file'; readonly header: FileHeader }
  | { readonly kind: 'index'; readonly index: SafetensorsIndex }

/**
 * Reads whatever a file's first bytes say it is: safetensors, GGUF, or an index of safetensors files.
 *
 * @throws InputProblem for anything else, and says what it looks like.
 */
export async function readHeader(reader: ByteReader): Promise<Header> {
  const start = await reader.read(0, sniffedBytes)
  const text = String.fromCharCode(...start)
  if (start.length === 0) throw refusal('it is empty.')
  if (text.startsWith('GGUF')) return { kind: 'file', header: await readGguf(reader) }
  if (text.startsWith(lfsPointer)) throw lfsRefusal(await reader.read(0, longestPointer))
  const other = otherKinds.find(([prefix]) => text.startsWith(prefix))
  if (other) throw refusal(`it is ${other[1]}, not safetensors or GGUF.`)
  // A length's upper bytes are zero, and JSON text holds no zero byte: "{" as the first byte decides nothing.
  const isText = !start.includes(0)
  if (isText && /^\s*\{/.test(text)) return { kind: 'index', index: await readSafetensorsIndex(reader) }
  if (isText) throw refusal('it is text, not safetensors or GGUF.')
  return { kind: 'file', header: await readSafetensors(reader) }
}

const sniffedBytes = 64
const longestPointer = 1024
const lfsPointer = 'version https://git-lfs'

const otherKinds: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'a zip archive, as PyTorch saves weights'],
  ['\u0080\u0002', 'a Python pickle'],
  ['\u0080\u0004', 'a Python pickle'],
  ['\u0089HDF', 'HDF5'],
  ['ggjt', 'GGML, the form before GGUF'],
  ['tjgg', 'GGML, the form before GGUF'],
  ['lmgg', 'GGML, the form before GGUF'],
  ['FUGG', 'GGUF written backwards'],
  ['<', 'a web page'],
]

/** A pointer says how long the real file is, which is worth passing on. */
function lfsRefusal(bytes: Uint8Array): Error {
  const size = /^size (\d+)$/m.exec(utf8(bytes, 'the pointer'))?.[1]
  return refusal(
    `it is a Git LFS pointer, not the weights themselves${size === undefined ? '' : ` (the real file has ${size} bytes)`}.`,
  )
}
