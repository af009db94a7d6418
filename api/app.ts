import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { didYouMean } from '../model/problem.ts'
import { factsFromStore } from './facts-provider.ts'
import { refuseOtherMethods } from './other-methods.ts'
import { HttpProblem, problemOf, sendProblem } from './problem.ts'
import { addinRoutes, allowExcel } from './routes/addin.ts'
import { batchRoutes } from './routes/batch.ts'
import { calculateRoutes } from './routes/calculate.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.ts'
import { listRoutes } from './routes/list.ts'
import { offerRoutes } from './routes/offers.ts'
import { pageRoutes } from './routes/pages.ts'
import { priceListRoutes } from './routes/price-lists.ts'
import { scenarioRoutes } from './routes/scenarios.ts'
import { sheetRoutes } from './routes/sheet.ts'
import { type StaticFile, staticRoutes } from './routes/static.ts'
import { workbookRoutes } from './routes/workbook.ts'
import { workloadRoutes } from './routes/workloads.ts'
import type { PriceLists } from './store/price-lists.ts'
import type { Prices } from './store/prices.ts'
import type { Scenarios } from './store/scenarios.ts'

export interface AppParts {
  readonly prices: Prices
  readonly scenarios: Scenarios
  readonly priceLists: PriceLists
  /** What runs the server, for `/health`: the only answer in which two servers differ. */
  readonly runtime: string
  readonly staticFile: StaticFile
  /** Where people reach this server, for the add-in's manifests; without it, the address that was asked. */
  readonly publicUrl?: string | undefined
  /** The day that counts as today, `YYYY-MM-DD`. */
  today?(): string
}

/** Pages load nothing from elsewhere and run no script but our files; answers may be read from any origin. */
const headers = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginResourcePolicy: 'cross-origin',
}

/** The whole HTTP service; the two servers differ only in the parts they pass. */
export function createApp({
  prices,
  scenarios,
  priceLists,
  runtime,
  staticFile,
  publicUrl,
  today = utcDay,
}: AppParts): Hono {
  const factsFor = factsFromStore({ prices, priceLists }, today)
  const app = new Hono()
  app.use('/addin/*', allowExcel)
  app.use(
    secureHeaders(headers),
    cors({ origin: '*', allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'], exposeHeaders: ['etag'] }),
  )
  app.route('/v1', calculateRoutes(factsFor))
  app.route('/v1', batchRoutes(factsFor))
  app.route('/v1', listRoutes(factsFor, prices))
  app.route('/v1', offerRoutes(factsFor))
  app.route('/v1', workbookRoutes(factsFor))
  app.route('/v1', workloadRoutes())
  app.route('/v1', scenarioRoutes({ factsFor, scenarios }))
  app.route('/v1', priceListRoutes({ factsFor, prices, priceLists }))
  app.route('/', homeRoutes({ factsFor, scenarios }))
  app.route('/', healthRoutes(prices, runtime))
  app.route('/', pageRoutes(factsFor))
  app.route('/static', staticRoutes(staticFile))
  app.route('/addin', addinRoutes({ addinFile: (name) => staticFile(`addin/${name}`), publicUrl }))
  app.route('/addin', sheetRoutes(factsFor))
  refuseOtherMethods(app)
  const paths = [...new Set(app.routes.map(({ path }) => path))]
  app.notFound((c) => {
    const detail = `There is nothing at ${c.req.path}.${didYouMean(c.req.path, paths)}`
    return sendProblem(c, new HttpProblem('not-found', detail).problem)
  })
  app.onError((error, c) => sendProblem(c, problemOf(error)))
  return app
}

const utcDay = (): string => new Date().toISOString().slice(0, 10)
