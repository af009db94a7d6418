/** One request to either server and what its answer must be like, as data. */
export interface Case {
  readonly name: string
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Asked twice, the second time with the first answer's ETag. */
  readonly revalidated?: boolean
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

export async function send(ask: Ask, one: Case): Promise<Response> {
  const { path, method = 'GET', headers = {}, body, revalidated = false } = one
  const answer = await ask(path, { method, headers, ...(body !== undefined && { body }) })
  if (!revalidated) return answer
  await answer.arrayBuffer()
  return ask(path, { method, headers: { ...headers, 'if-none-match': answer.headers.get('etag') ?? '' } })
}

const json = { 'content-type': 'application/json' }
export const posted = (body: string, headers: Record<string, string> = json) => ({
  method: 'POST',
  body,
  headers,
})
