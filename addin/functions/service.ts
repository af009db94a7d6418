import type { Answer } from '../../model/calculation.ts'
import type { Outcome } from './batcher.ts'
import { messageOf, SheetError } from './sheet-error.ts'
import type { Call } from './sheet-function.ts'

/** The server that this script came from, with a slash at its end. Read at each request, never while the script loads. */
export const serviceAddress = (): string => new URL('../', location.href).href

/**
 * Asks `POST /v1/batch`. The body is `text/plain`: a browser then sends it to another origin without asking first,
 * which is all that the JavaScript-only runtime of custom functions may do.
 *
 * @throws SheetError #N/A with a sentence when there is no answer to read.
 */
export async function askBatch(
  address: string,
  calls: readonly Call[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const response = await fetch(new URL('v1/batch', address).href, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ calls }),
    signal,
    credentials: 'omit',
  }).catch((cause: unknown) => {
    throw unanswered(address, `it could not be reached (${messageOf(cause)})`)
  })
  const body = await response.text().then(parsed, (cause: unknown) => {
    throw unanswered(address, `its answer broke off (${messageOf(cause)})`)
  })
  const { results, detail } = body ?? {}
  if (Array.isArray(results)) return results.map(outcomeOf)
  throw unanswered(
    address,
    typeof detail === 'string'
      ? `it says: ${detail}`
      : `it answered ${response.status} with something that is not data`,
  )
}

const unanswered = (address: string, why: string): SheetError =>
  new SheetError('#N/A', `No answer from ${address}: ${why}.`)

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** A problem document (RFC 9457) says its status; an answer has none. */
function outcomeOf(result: unknown): Outcome {
  const { status, detail } = (result ?? {}) as { status?: unknown; detail?: unknown }
  if (typeof status !== 'number') return result as Answer
  return new SheetError(
    status === 422 || status === 400 ? '#VALUE!' : '#N/A',
    String(detail ?? `status ${status}`),
  )
}
