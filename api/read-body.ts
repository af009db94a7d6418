import type { Context } from 'hono'
import { jsonFault, nestingDepth } from './json-fault.ts'
import { HttpProblem } from './problem.ts'

/** Ten times what a batch of 10,000 calls takes; a pasted config is below 100 kB. */
const largestJsonBytes = 16e6

/** No input comes near: a config's deepest field lies five deep. */
const deepestNesting = 100

/**
 * The body as JSON. Also accepts `text/plain`, so that a sheet can ask without a CORS preflight.
 *
 * @throws HttpProblem 415 for another content type, 413 for too large a body, 400 for one that is not JSON, 422 for
 * one nested deeper than any input is.
 */
export async function readJson(c: Context): Promise<unknown> {
  const text = await readText(c, {
    types: ['application/json', 'text/plain'],
    largestBytes: largestJsonBytes,
  })
  const depth = nestingDepth(text)
  if (depth > deepestNesting) {
    throw new HttpProblem(
      'invalid-input',
      `The body is nested ${depth} deep; at most ${deepestNesting} levels are accepted.`,
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    const fault = jsonFault(text)
    if (!fault) throw error
    throw new HttpProblem(
      'malformed-json',
      `The body is not JSON: line ${fault.line}, column ${fault.column}: ${fault.found} where ${fault.expected} is expected.`,
    )
  }
}

/** The body as text, of one of the content types and no larger than said; it is never held beyond that size. */
export async function readText(
  c: Context,
  { types, largestBytes }: { readonly types: readonly string[]; readonly largestBytes: number },
): Promise<string> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === undefined || !types.includes(type)) {
    throw new HttpProblem(
      'unsupported-media-type',
      `content-type: ${type ?? 'none'} is not supported; accepted: ${types.join(', ')}.`,
    )
  }
  const declared = Number(c.req.header('content-length') ?? 0)
  if (declared > 0 && declared <= largestBytes) return c.req.text()

  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  // What is too much is read and thrown away: a sender that is cut off never hears the answer.
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.byteLength
    if (bytes <= largestBytes) text += decoder.decode(chunk, { stream: true })
  }
  if (bytes > largestBytes) {
    throw new HttpProblem('too-large', `The body has ${bytes} bytes; at most ${largestBytes} are accepted.`)
  }
  return text + decoder.decode()
}
