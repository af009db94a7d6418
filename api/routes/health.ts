import { Hono } from 'hono'
import type { Prices } from '../store/prices.ts'

/** `/health`: the server answers; `/ready`: its price book does as well. */
export function healthRoutes(prices: Prices, runtime: string): Hono {
  const routes = new Hono()
  routes.get('/health', async (c) => {
    const { version, pricesAsOf } = await prices.book()
    return c.json({ status: 'ok', dataset: { version, pricesAsOf }, runtime })
  })
  routes.get('/ready', async (c) => {
    await prices.book()
    return c.json({ status: 'ready' })
  })
  return routes
}
