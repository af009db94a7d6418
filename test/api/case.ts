/** One request to either server and what its answer must be like, as data. */
export interface Case {
  readonly name: string
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly status: number
  /** The start of the content type. */
  readonly type?: string
  /** What the body must contain. */
  readonly says?: readonly string[]
  /** What the body must be, to the last character. */
  readonly is?: string
}

/** The server's own way of answering a request: `fetch` to an address, or the application in this process. */
export type Ask = (path: string, init: RequestInit) => Promise<Response>

export const send = async (ask: Ask, { path, method = 'GET', headers = {}, body }: Case): Promise<Response> =>
  ask(path, { method, headers, ...(body !== undefined && { body }) })

const json = { 'content-type': 'application/json' }
export const posted = (body: string, headers: Record<string, string> = json) => ({
  method: 'POST',
  body,
  headers,
})
