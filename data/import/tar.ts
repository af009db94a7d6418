import { gunzipSync } from 'node:zlib'

const blockBytes = 512

const textAt = (block: Uint8Array, from: number, length: number): string =>
  new TextDecoder().decode(block.subarray(from, from + length)).replace(/\0.*$/s, '')

/**
 * The files of a gzipped tar archive (POSIX.1-1988 ustar: a header block, then the content in whole blocks).
 *
 * @throws Error when the archive is cut off.
 */
export function filesInTar(gzipped: Uint8Array): ReadonlyMap<string, string> {
  const bytes = gunzipSync(gzipped)
  const files = new Map<string, string>()
  for (let at = 0; at + blockBytes <= bytes.length; ) {
    const header = bytes.subarray(at, at + blockBytes)
    const name = textAt(header, 0, 100)
    if (name === '') break
    const size = Number.parseInt(textAt(header, 124, 12), 8)
    const content = bytes.subarray(at + blockBytes, at + blockBytes + size)
    if (content.length < size) throw new Error(`${name} is cut off`)
    files.set(name, new TextDecoder().decode(content))
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes
  }
  return files
}
