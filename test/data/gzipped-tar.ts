import { gzipSync } from 'node:zlib'

/** A gzipped tar archive of small text files. */
export function gzippedTar(files: Readonly<Record<string, string>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(Buffer.byteLength(text).toString(8).padStart(11, '0'), 124)
    const content = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512)
    content.write(text)
    return [header, content]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}
