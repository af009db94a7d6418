import { Hono } from 'hono'
import { z } from 'zod'
import { validInput } from '../../model/calculation.ts'
import { OfferQuery } from '../../model/offers.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { readJson } from '../read-body.ts'

/** One calculation asks for fewer. */
const mostQueries = 50

export const offers = {
  id: 'prices/offers',
  input: z.strictObject({
    queries: z
      .array(OfferQuery)
      .min(1)
      .max(mostQueries)
      .meta({ title: 'Queries', description: `Up to ${mostQueries}, each of a model's or a GPU's offers` }),
  }),
}

/**
 * `POST /v1/prices/offers`: the observations that calculations rest on, whole and in order of the queries, for a page that
 * computes by itself.
 */
export function offerRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  routes.post('/prices/offers', async (c) => {
    const { queries } = validInput(offers, await readJson(c))
    const facts = await factsFor(queries)
    const { version, pricesAsOf } = facts
    const results = queries.map((query) =>
      query.kind === 'token' ? facts.tokenOffers(query) : facts.gpuOffers(query),
    )
    return c.json({ results, dataset: { version, pricesAsOf } })
  })
  return routes
}
