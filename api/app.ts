import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { didYouMean } from '../model/problem.ts'
import type { FactsProvider } from './facts-provider.ts'
import { refuseOtherMethods } from './other-methods.ts'
import { HttpProblem, problemOf, sendProblem } from './problem.ts'
import { batchRoutes } from './routes/batch.ts'
import { calculateRoutes } from './routes/calculate.ts'

export interface AppParts {
  readonly factsFor: FactsProvider
}

/** The whole HTTP service; the two servers differ only in the parts they pass. */
export function createApp(parts: AppParts): Hono {
  const app = new Hono()
  app.use(secureHeaders(), cors({ origin: '*', allowMethods: ['GET', 'HEAD', 'POST'] }))
  app.route('/v1', calculateRoutes(parts.factsFor))
  app.route('/v1', batchRoutes(parts.factsFor))
  refuseOtherMethods(app)
  const paths = [...new Set(app.routes.map(({ path }) => path))]
  app.notFound((c) => {
    const detail = `There is nothing at ${c.req.path}.${didYouMean(c.req.path, paths)}`
    return sendProblem(c, new HttpProblem('not-found', detail).problem)
  })
  app.onError((error, c) => sendProblem(c, problemOf(error)))
  return app
}
