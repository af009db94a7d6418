import { Hono } from 'hono'
import { sampleTrace, sampleTraceTitle } from '../../data/sample-trace/sample-trace.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { plan } from '../../model/compare/plan.ts'
import { profileOf } from '../../model/workload/profile.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { boardPage } from '../pages/board.ts'
import type { Scenarios } from '../store/scenarios.ts'
import { noneThere } from './kept.ts'
import { bodyOf } from './scenarios.ts'

interface HomeParts {
  readonly factsFor: FactsProvider
  readonly scenarios: Scenarios
}

/** What the shipped example asks. */
const example = {
  model: 'meta-llama/Llama-3.3-70B-Instruct',
  workload: { from: 'profile' as const, profile: profileOf(sampleTrace) },
}

/** `/`: the shipped example's verdict, made once for each day and dataset; `/scenarios/{id}`: a saved one, as it was. */
export function homeRoutes({ factsFor, scenarios }: HomeParts): Hono {
  const routes = new Hono()
  const pages = new Map<string, ReturnType<typeof boardPage>>()
  routes.get('/', async (c) => {
    const { asOf, version } = await factsFor([])
    const key = `${asOf} ${version}`
    const page =
      pages.get(key) ??
      boardPage({
        answer: await answerOf(example, factsFor),
        question: example,
        trafficName: sampleTraceTitle,
        today: asOf,
        scenario: null,
      })
    pages.clear()
    pages.set(key, page)
    return c.html(page)
  })

  routes.get('/scenarios/:id', async (c) => {
    const stored = await scenarios.read(c.req.param('id'))
    if (!stored) return noneThere('scenario')
    const { input, answer: saved, calculation, ...scenario } = bodyOf(stored)
    const { asOf } = await factsFor([])
    // Another calculation, or a version with other fields, has no board; its figures are told as they are.
    if (calculation !== plan.id || !plan.output.safeParse(saved.result).success) {
      return c.redirect(`/v1/scenarios/${stored.id}`)
    }
    return c.html(
      boardPage({
        answer: saved,
        question: input,
        trafficName: 'the request trace of this scenario',
        today: asOf,
        scenario,
      }),
    )
  })
  return routes
}

async function answerOf(question: typeof example, factsFor: FactsProvider) {
  const prepared = prepare(plan, question)
  return answer(plan, prepared, await factsFor(prepared.prices))
}
