import { Hono } from 'hono'

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
  routes.get('/:name{(?:dashboard/)?[a-zA-Z0-9_-]+\\.(?:css|js|svg)}', async (c) => {
    const name = c.req.param('name')
    const bytes = await staticFile(name)
    if (bytes === null) return c.notFound()
    return c.body(bytes, 200, {
      'content-type': types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'cache-control': 'public, max-age=300',
    })
  })
  return routes
}
