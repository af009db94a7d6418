import { open as openFile } from 'node:fs/promises'
import type { ByteReader } from '../model/header/byte-reader.ts'
import { refusal } from '../model/header/refusal.ts'

/** A file on this machine. Each piece opens and closes it: nothing stays open when a reader is dropped. */
export async function fileReader(path: string): Promise<ByteReader> {
  const size = await withFile(path, async (file) => (await file.stat()).size)
  return {
    size,
    read: (offset, length) =>
      withFile(path, async (file) => {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, offset)
        return bytes.subarray(0, bytesRead)
      }),
  }
}

async function withFile<Result>(
  path: string,
  use: (file: Awaited<ReturnType<typeof openFile>>) => Promise<Result>,
): Promise<Result> {
  const file = await openFile(path, 'r')
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** How to reach a file over HTTP, and how much of it may be fetched. */
export interface HttpSource {
  readonly url: string
  /** All ranges together. */
  readonly mostBytes?: number
  /** Each request. */
  readonly timeOutMilliseconds?: number
  readonly fetch?: typeof fetch
}

const usualMostBytes = 128 * 2 ** 20
const usualTimeOutMilliseconds = 20_000

/**
 * A file behind HTTP range requests (RFC 9110 section 14). A server that ignores the range is refused before its
 * body is read, and no answer is read beyond the bytes that were asked for.
 *
 * @throws InputProblem when the server does not answer ranges, or the cap is reached.
 */
export async function httpReader({
  url,
  mostBytes = usualMostBytes,
  timeOutMilliseconds = usualTimeOutMilliseconds,
  fetch: send = fetch,
}: HttpSource): Promise<ByteReader> {
  let fetched = 0
  const range = async (offset: number, length: number): Promise<Range> => {
    if (fetched + length > mostBytes) throw refusal(`reading its header took more than ${mostBytes} bytes.`)
    const last = offset + length - 1
    const response = await send(url, {
      headers: { range: `bytes=${offset}-${last}` },
      signal: AbortSignal.timeout(timeOutMilliseconds),
    }).catch((error: unknown) => {
      throw refusal(`${url} did not answer: ${error instanceof Error ? error.message : String(error)}.`)
    })
    if (response.status !== 206) {
      await response.body?.cancel()
      throw refusal(
        `${url} answered ${response.status} to a request for bytes ${offset} to ${last}; 206 is needed.`,
      )
    }
    const bytes = await bodyUpTo(response, length)
    fetched += bytes.length
    return { bytes, size: sizeIn(response.headers.get('content-range')) }
  }
  const first = await range(0, 1)
  return {
    size: first.size,
    read: async (offset, length) => {
      const wanted = Math.min(length, (first.size ?? Number.MAX_SAFE_INTEGER) - offset)
      return wanted <= 0 ? new Uint8Array(0) : (await range(offset, wanted)).bytes
    },
  }
}

interface Range {
  readonly bytes: Uint8Array
  readonly size: number | null
}

const sizeIn = (contentRange: string | null): number | null => {
  const size = Number(/\/(\d+)$/.exec(contentRange ?? '')?.[1])
  return Number.isSafeInteger(size) ? size : null
}

async function bodyUpTo(response: Response, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  for await (const piece of response.body ?? []) {
    const part = piece.subarray(0, length - filled)
    bytes.set(part, filled)
    filled += part.length
    // Leaving the loop cancels the rest of the body.
    if (filled === length) break
  }
  return bytes.subarray(0, filled)
}
