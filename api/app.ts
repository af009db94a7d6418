import { Hono } from 'hono'
import type { FactsProvider } from './facts-provider.ts'
import { notFound, problemOf, sendProblem } from './problem.ts'
import { calculateRoutes } from './routes/calculate.ts'

export interface AppParts {
  readonly factsFor: FactsProvider
}

/** The whole HTTP service; the two servers differ only in the parts they pass. */
export function createApp(parts: AppParts): Hono {
  const app = new Hono()
  app.route('/v1', calculateRoutes(parts.factsFor))
  app.notFound((c) => sendProblem(c, notFound(`There is no ${c.req.method} ${c.req.path}.`).problem))
  app.onError((error, c) => {
    const problem = problemOf(error)
    if (problem.status === 500) console.error(error)
    return sendProblem(c, problem)
  })
  return app
}
