import { Hono } from 'hono'
import { sampleTrace, sampleTraceTitle } from '../../data/sample-trace/sample-trace.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { plan } from '../../model/compare/plan.ts'
import { profileOf } from '../../model/workload/profile.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { homePage } from '../pages/home.ts'

/** `/`: the shipped example's verdict. The plan is made once for each day and dataset. */
export function homeRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  const pages = new Map<string, ReturnType<typeof homePage>>()
  routes.get('/', async (c) => {
    const { asOf, version } = await factsFor([])
    const key = `${asOf} ${version}`
    const page =
      pages.get(key) ??
      homePage({ answer: await sample(factsFor), trafficName: sampleTraceTitle, today: asOf })
    pages.clear()
    pages.set(key, page)
    return c.html(page)
  })
  return routes
}

async function sample(factsFor: FactsProvider) {
  const prepared = prepare(plan, {
    model: 'meta-llama/Llama-3.3-70B-Instruct',
    workload: { from: 'profile', profile: profileOf(sampleTrace) },
  })
  return answer(plan, prepared, await factsFor(prepared.prices))
}
