import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { etag } from 'hono/etag'
import { validInput } from '../../model/calculation.ts'
import { gpuOf } from '../../model/gpu-field.ts'
import { priceListQuery } from '../../model/prices/own/with-own-prices.ts'
import { PriceListField } from '../../model/prices/price-fields.ts'
import { unknown } from '../../model/problem.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { csv } from '../listings/csv.ts'
import { listings } from '../listings/listings.ts'
import { fromQuery } from '../query.ts'
import type { Prices } from '../store/prices.ts'

/** The lists of facts and prices as JSON or CSV, by `Accept` or `format=csv`; and one model or GPU in full. */
export function listRoutes(factsFor: FactsProvider, prices: Prices): Hono {
  const routes = new Hono()
  routes.use('/prices/*', etag())
  for (const listing of listings) {
    routes.get(`/${listing.id}`, async (c) => {
      const input = validInput(listing, fromQuery(c, listing))
      const priceList = 'priceList' in input ? PriceListField.optional().parse(input.priceList) : undefined
      const facts = await factsFor(priceListQuery(priceList))
      const { total, items } = await listing.page(input, { facts, prices })
      c.header('vary', 'accept', { append: true })
      const type = accepts(c, {
        header: 'Accept',
        supports: ['application/json', 'text/csv'],
        default: 'application/json',
      })
      // IMPORTDATA of a sheet cannot say what it accepts.
      if (type === 'text/csv' || c.req.query('format') === 'csv') {
        const lines = items.flatMap((item) => listing.lines?.(item) ?? [item])
        return c.body(csv(listing.columns, lines), 200, {
          'content-type': 'text/csv; charset=utf-8; header=present',
        })
      }
      const { limit, offset } = input
      const { version, pricesAsOf } = facts
      return c.json({ total, limit, offset, items, dataset: { version, pricesAsOf } })
    })
  }
  routes.get('/models/:id{.+}', async (c) => {
    const facts = await factsFor([])
    const id = c.req.param('id')
    const weights = facts.weights(id)
    if (!weights) throw unknown('id', 'model', id, facts.weightsIds())
    return c.json({ ...weights, dataset: { version: facts.version, pricesAsOf: facts.pricesAsOf } })
  })
  routes.get('/gpus/:id', async (c) => {
    const facts = await factsFor([])
    const gpu = gpuOf(c.req.param('id'), facts)
    return c.json({ ...gpu, dataset: { version: facts.version, pricesAsOf: facts.pricesAsOf } })
  })
  return routes
}
