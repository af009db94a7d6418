import type { Context } from 'hono'
/**
 * The body as JSON. Also accepts `text/plain`, so that a sheet can ask without a CORS preflight.
 *
 * @throws HttpProblem 415 for another content type, 400 for a body that is not JSON.
 */
export declare function readJson(c: Context): Promise<unknown>
