import { Hono } from 'hono'
import { openapi } from '../openapi.ts'
import { docsPage } from '../pages/docs.ts'
import { problemPage } from '../pages/problem-page.ts'
import { isProblemName } from '../problem.ts'

/** What people and their programs read before they ask: the reference, the contract, a page for each problem. */
export function pageRoutes(): Hono {
  const routes = new Hono()
  routes.get('/docs', (c) => c.html(docsPage()))
  routes.get('/openapi.json', (c) => c.json(openapi()))
  routes.get('/problems/:name', (c) => {
    const name = c.req.param('name')
    return isProblemName(name) ? c.html(problemPage(name)) : c.notFound()
  })
  return routes
}
