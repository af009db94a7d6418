import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the stand-in misbehaves for one address, in place of serving its file. */
export type Fault = (response: ServerResponse, file: Buffer) => void

export interface StandIn {
  /** To be set as the mirror: `ORIGIN/models.dev/api.json` stands for `https://models.dev/api.json`. */
  readonly origin: string
  /** Files by their address without `https://`. */
  readonly files: Map<string, Buffer | string>
  readonly faults: Map<string, Fault>
  /** Answers by status, as they were sent. */
  readonly answers: { readonly path: string; readonly status: number }[]
  stop(): Promise<void>
}

/** Publishers that serve their files from this machine, with an ETag each. */
export async function standIn(): Promise<StandIn> {
  const files = new Map<string, Buffer | string>()
  const faults = new Map<string, Fault>()
  const answers: { path: string; status: number }[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1))
    const file = Buffer.from(files.get(path) ?? '')
    const fault = faults.get(path)
    response.on('close', () => answers.push({ path, status: response.statusCode }))
    if (fault) {
      fault(response, file)
      return
    }
    if (!files.has(path)) {
      response.writeHead(404).end()
      return
    }
    const etag = `"${createHash('sha256').update(file).digest('hex').slice(0, 16)}"`
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end()
      return
    }
    response.writeHead(200, { etag, 'content-type': 'text/plain; charset=utf-8' }).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    files,
    faults,
    answers,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
