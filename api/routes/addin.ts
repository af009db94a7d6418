import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { createMiddleware } from 'hono/factory'
import { oxt } from '../../addin/calc/oxt.ts'
import type { StaticFile } from './static.ts'

export interface AddinParts {
  /** A file that `npm run build` made, or null where there is none of that name. */
  readonly addinFile: StaticFile
  /** Where people reach this server; without it, the address that was asked. Excel takes only https. */
  readonly publicUrl?: string | undefined
}

/** The built files name this host; each answer names the server's own in its place. */
const placeholder = 'weighbridge.invalid'

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  gs: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  xml: 'application/xml; charset=utf-8',
}
const addressed = new Set(['xml', 'json', 'html', 'gs'])

/** `/addin/{file}`: the functions, their pane and the manifests, filled with the address of this server. */
export function addinRoutes({ addinFile, publicUrl }: AddinParts): Hono {
  const routes = new Hono()
  routes.use(etag())
  routes.get('/', (c) => c.redirect('/addin/help.html'))
  routes.get('/weights.oxt', (c) =>
    c.body(oxt(new URL(publicUrl ?? c.req.url).origin), 200, {
      'content-type': 'application/vnd.openofficeorg.extension',
      'content-disposition': 'attachment; filename="weights.oxt"',
    }),
  )
  routes.get('/:name{[a-zA-Z0-9_-]+(?:/[a-zA-Z0-9_-]+)*\\.[a-z]+}', async (c) => {
    const name = c.req.param('name')
    const kind = name.split('.').at(-1) ?? ''
    const bytes = await addinFile(name)
    if (bytes === null) return c.notFound()
    const { origin, host } = new URL(publicUrl ?? c.req.url)
    const body = addressed.has(kind)
      ? new TextDecoder()
          .decode(bytes)
          .replaceAll(`https://${placeholder}`, origin)
          .replaceAll(placeholder, host)
      : bytes
    // Excel keeps the files as long as it likes; a browser asks each time whether they changed.
    return c.body(body, 200, {
      'content-type': types[kind] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    })
  })
  return routes
}

/**
 * Excel on the web shows the pane in a frame and reads the functions from its own origin: what `secureHeaders` forbids
 * elsewhere must be allowed here. Used outside of it, so that it has the last word.
 */
export const allowExcel = createMiddleware(async (c, next) => {
  await next()
  c.res.headers.delete('x-frame-options')
  c.res.headers.delete('content-security-policy')
  c.res.headers.set('cross-origin-resource-policy', 'cross-origin')
  c.res.headers.set('cross-origin-opener-policy', 'unsafe-none')
})
