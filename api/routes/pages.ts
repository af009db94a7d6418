import { Hono } from 'hono'
import type { FactsProvider } from '../facts-provider.ts'
import { openapi } from '../openapi.ts'
import { accuracyPage } from '../pages/accuracy.ts'
import { docsPage } from '../pages/docs.ts'
import { priceSourcesPage } from '../pages/price-sources.ts'
import { problemPage } from '../pages/problem-page.ts'
import { isProblemName } from '../problem.ts'

/** What people and their programs read before they ask: the reference, the accuracy of speed, the contract, a page for each problem. */
export function pageRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  const references = new Map<string, ReturnType<typeof docsPage>>()
  routes.get('/docs', async (c) => {
    const facts = await factsFor([])
    const page = references.get(facts.version) ?? docsPage(facts)
    references.set(facts.version, page)
    return c.html(page)
  })
  routes.get('/docs/accuracy', (c) => c.html(accuracyPage()))
  routes.get('/docs/prices', async (c) => {
    const { asOf } = await factsFor([])
    const { agreementOf, publishers, quarantine } = await import('../../data/provenance.ts')
    const { provisionedSources } = await import('../../data/provisioned-offers.ts')
    const { released } = await import('../../data/released.ts')
    return c.html(
      priceSourcesPage({ publishers, agreementOf, quarantine, released, provisionedSources, asOf }),
    )
  })
  routes.get('/openapi.json', (c) => c.json(openapi()))
  routes.get('/problems/:name', (c) => {
    const name = c.req.param('name')
    return isProblemName(name) ? c.html(problemPage(name)) : c.notFound()
  })
  return routes
}
