import { Hono } from 'hono'
import { etag } from 'hono/etag'

/** The bytes of a stylesheet, a script or a picture, or null where there is none of that name. */
export type StaticFile = (name: string) => Promise<Uint8Array<ArrayBuffer> | ArrayBuffer | null>

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** `/static/{name}`: what the pages load. */
export function staticRoutes(staticFile: StaticFile): Hono {
  const routes = new Hono()
  routes.use(etag())
  routes.get('/:name{(?:(?:dashboard|accuracy)/)?[a-zA-Z0-9_-]+\\.(?:css|js|svg)}', async (c) => {
    const name = c.req.param('name')
    const bytes = await staticFile(name)
    if (bytes === null) return c.notFound()
    return c.body(bytes, 200, {
      'content-type': types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'cache-control': isNamedByContent(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
  })
  return routes
}

/** The bundler ends the names of chunks in a hash of what they hold: `draw-DUn2K4Yb.js`. */
const isNamedByContent = (name: string): boolean => /-[\w-]{8}\.js$/.test(name)
