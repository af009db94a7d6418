/** What was known of a file when it was last taken. */
export interface KnownFile {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** A file as it came; null bytes where the publisher says that it is the one that was taken before. */
export interface FetchedFile extends KnownFile {
  readonly bytes: Uint8Array | null
}

/** How patient a fetch is, and what it uses of the world. */
export interface Fetching {
  fetch(url: string, init: RequestInit): Promise<Response>
  sleep(milliseconds: number): Promise<void>
  /** From 0, inclusive, to 1, exclusive. */
  random(): number
  readonly timeoutMilliseconds: number
  readonly mostBytes: number
  readonly attempts: number
}

/** The largest list that is taken in has 3 MB; a publisher whose file answers slower or larger than this is refused. */
export const patient: Fetching = {
  fetch: (url, init) => fetch(url, init),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
  timeoutMilliseconds: 30_000,
  mostBytes: 20_000_000,
  attempts: 3,
}

const mostRedirects = 5
const firstPauseMilliseconds = 1000

/** A file that did not come, in a sentence. */
export class FetchProblem extends Error {
  /** Whether it may come if it is asked for again. */
  readonly isPassing: boolean

  constructor(url: string, what: string, { isPassing }: { isPassing: boolean }) {
    super(`${url} ${what}.`)
    this.name = 'FetchProblem'
    this.isPassing = isPassing
  }
}

/**
 * Takes a file, unless it is still the one that is known. What may pass (no answer, a cut connection, a server's own
 * error) is tried again after a pause of random length below a limit that doubles.
 *
 * @throws FetchProblem when it does not come whole and in time.
 * @see Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015: full jitter.
 */
export async function fetchFile(
  url: string,
  known: KnownFile | null,
  fetching: Fetching = patient,
): Promise<FetchedFile> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchOnce(url, known, fetching)
    } catch (error) {
      const problem = asProblem(error, url, fetching)
      if (!problem.isPassing || attempt >= fetching.attempts) throw problem
      await fetching.sleep(fetching.random() * firstPauseMilliseconds * 2 ** (attempt - 1))
    }
  }
}

async function fetchOnce(url: string, known: KnownFile | null, fetching: Fetching): Promise<FetchedFile> {
  const response = await answerOf(url, known, fetching)
  const { status, headers } = response
  const lastModified = headers.get('last-modified')
  if (status === 304 && known) return { ...known, bytes: null }
  if (status !== 200)
    throw new FetchProblem(url, `answers with status ${status}`, {
      isPassing: status >= 500 || status === 429,
    })
  if (isOlder(lastModified, known))
    throw new FetchProblem(
      url,
      `serves a file of ${lastModified}, older than the one of ${known?.lastModified}`,
      {
        isPassing: false,
      },
    )
  const bytes = await bytesOf(response, url, fetching.mostBytes)
  if (
    headers.get('content-type')?.startsWith('text/html') ||
    new TextDecoder().decode(bytes.subarray(0, 1)) === '<'
  )
    throw new FetchProblem(url, 'sends a web page where a data file was', { isPassing: false })
  return { bytes, etag: headers.get('etag'), lastModified }
}

/** The answer at the end of the redirects. */
async function answerOf(url: string, known: KnownFile | null, fetching: Fetching): Promise<Response> {
  const signal = AbortSignal.timeout(fetching.timeoutMilliseconds)
  const headers = {
    'user-agent': 'weighbridge',
    accept: 'application/json, text/plain, */*',
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
  }
  let address = url
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await fetching.fetch(address, { headers, signal, redirect: 'manual' })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await response.body?.cancel()
    address = new URL(location, address).href
  }
  throw new FetchProblem(url, `redirects more than ${mostRedirects} times`, { isPassing: false })
}

async function bytesOf(response: Response, url: string, mostBytes: number): Promise<Uint8Array> {
  const tooLarge = new FetchProblem(url, `sends more than ${mostBytes / 1e6} MB`, { isPassing: false })
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (announced > mostBytes) {
    await response.body?.cancel()
    throw tooLarge
  }
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const part = await reader?.read()
    if (part === undefined || part.done) break
    const chunk: Uint8Array = part.value
    length += chunk.length
    if (length > mostBytes) {
      await reader?.cancel()
      throw tooLarge
    }
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

const isOlder = (lastModified: string | null, known: KnownFile | null): boolean =>
  lastModified !== null &&
  known?.lastModified !== undefined &&
  known.lastModified !== null &&
  Date.parse(lastModified) < Date.parse(known.lastModified)

function asProblem(error: unknown, url: string, { timeoutMilliseconds }: Fetching): FetchProblem {
  if (error instanceof FetchProblem) return error
  const name = error instanceof Error ? error.name : ''
  const what =
    name === 'TimeoutError' || name === 'AbortError'
      ? `does not answer whole within ${timeoutMilliseconds / 1000} s`
      : `breaks off or cannot be reached (${reasonOf(error)})`
  return new FetchProblem(url, what, { isPassing: true })
}

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error)
}
