import type { Context } from 'hono'
import { malformedJson, unsupportedMediaType } from './problem.ts'

/**
 * The body as JSON. Also accepts `text/plain`, so that a sheet can ask without a CORS preflight.
 *
 * @throws HttpProblem 415 for another content type, 400 for a body that is not JSON.
 */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json' && type !== 'text/plain') {
    throw unsupportedMediaType(type, 'application/json, text/plain')
  }
  const text = await c.req.text()
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformedJson(`The body is not JSON: ${(error as Error).message}.`)
  }
}
