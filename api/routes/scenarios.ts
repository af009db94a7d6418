import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Answer, answer, type Calculation, prepare, validInput } from '../../model/calculation.ts'
import { calculationOf, catalog } from '../../model/catalog.ts'
import { compare } from '../../model/compare/compare.ts'
import type { ComparisonResult } from '../../model/compare/comparison-result.ts'
import { plan } from '../../model/compare/plan.ts'
import { rebaseOf } from '../../model/compare/rebase.ts'
import { engineVersion } from '../../model/engine-version.ts'
import { invalid, unknown } from '../../model/problem.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { readJson } from '../read-body.ts'
import type { ScenarioContent, Scenarios, StoredScenario } from '../store/scenarios.ts'
import { changeOf, noneThere, refuse } from './kept.ts'

const kind = 'scenario'

/** A row of D1 holds 2 MB, and a scenario is one row. */
const largestBytes = 1_900_000

export const scenarioInput = {
  id: 'scenarios',
  input: z.strictObject({
    name: z.string().trim().min(1).max(200).meta({ title: 'Name', description: 'What people call it' }),
    note: z
      .string()
      .max(10_000)
      .default('')
      .meta({ title: 'Note', description: 'What was agreed, and why; plain text' }),
    calculation: z
      .string()
      .default(plan.id)
      .meta({ title: 'Calculation', description: 'An id of the catalog, such as plan or compare' }),
    input: z
      .record(z.string(), z.unknown())
      .meta({ title: 'Input', description: 'Of that calculation, as its own route takes it' }),
  }),
}

interface ScenarioParts {
  readonly factsFor: FactsProvider
  readonly scenarios: Scenarios
}

/**
 * `/v1/scenarios`: questions that are saved with their answers. Who knows the id may read; who has the edit key, which
 * is told once, may change or delete. Nothing lists them.
 */
export function scenarioRoutes({ factsFor, scenarios }: ScenarioParts): Hono {
  const routes = new Hono()

  routes.post('/scenarios', async (c) => {
    const { record: scenario, editKey } = await scenarios.create(await contentOf(await readJson(c), factsFor))
    c.header('location', `/v1/scenarios/${scenario.id}`)
    return told(c, scenario, { status: 201, editKey })
  })

  routes.get('/scenarios/:id', async (c) => told(c, await found(scenarios, c.req.param('id'))))

  routes.put('/scenarios/:id', async (c) => {
    const change = changeOf(c)
    const content = await contentOf(await readJson(c), factsFor)
    const replaced = await scenarios.replace({ ...change, content })
    return 'refused' in replaced ? refuse(c, kind, replaced, bodyOf) : told(c, replaced)
  })

  routes.delete('/scenarios/:id', async (c) => {
    const removed = await scenarios.remove(changeOf(c))
    return removed === 'removed' ? c.body(null, 204) : refuse(c, kind, removed, bodyOf)
  })

  routes.get('/scenarios/:id/rebase', async (c) => {
    const scenario = await found(scenarios, c.req.param('id'))
    const before: Answer = JSON.parse(scenario.answer)
    const { calculation, input } = askedAgain(scenario, before)
    const prepared = prepare(calculation, input)
    const after = answer(calculation, prepared, await factsFor(prepared.prices))
    const [then, now] = [comparisonIn(before), comparisonIn(after)]
    return c.json({ answer: after, moved: then && now ? rebaseOf(then, now) : null })
  })
  return routes
}

async function found(scenarios: Scenarios, id: string): Promise<StoredScenario> {
  return (await scenarios.read(id)) ?? noneThere(kind)
}

/** What is saved: the question, and the answer that it has today. */
async function contentOf(raw: unknown, factsFor: FactsProvider): Promise<ScenarioContent> {
  const { name, note, calculation: id, input } = validInput(scenarioInput, raw)
  const calculation = calculationOf(id)
  if (!calculation) {
    const ids = catalog.map((known) => known.id)
    throw unknown('calculation', 'calculation', id, ids)
  }
  const prepared = prepare(calculation, input)
  const content = {
    name,
    note,
    calculation: id,
    input: JSON.stringify(input),
    answer: JSON.stringify(answer(calculation, prepared, await factsFor(prepared.prices))),
    engineVersion,
    savedAt: new Date().toISOString(),
  }
  const bytes = content.input.length + content.answer.length + note.length
  if (bytes > largestBytes) {
    throw invalid(
      'input',
      `input: with its answer it takes ${bytes} bytes; at most ${largestBytes} can be saved. A shorter trace takes less.`,
    )
  }
  return content
}

/** The same options at today's prices: a plan is not planned anew, or other options would be compared. */
function askedAgain(scenario: StoredScenario, before: Answer): { calculation: Calculation; input: unknown } {
  const planned = scenario.calculation === plan.id ? plan.output.safeParse(before.result) : null
  if (planned?.success) return { calculation: compare, input: { ...planned.data.asked, asOf: undefined } }
  const calculation = calculationOf(scenario.calculation)
  if (!calculation) {
    throw invalid('calculation', `calculation: ${scenario.calculation} is not in this version's catalog.`)
  }
  return { calculation, input: { ...JSON.parse(scenario.input), asOf: undefined } }
}

/** Null where it is none, or one of a version that had other fields. */
function comparisonIn({ id, result }: Answer): ComparisonResult | null {
  if (id === plan.id) return plan.output.safeParse(result).data?.comparison ?? null
  return id === compare.id ? (compare.output.safeParse(result).data ?? null) : null
}

function told(
  c: Context,
  scenario: StoredScenario,
  { status = 200, editKey }: { readonly status?: 200 | 201; readonly editKey?: string } = {},
): Response {
  c.header('etag', `"${scenario.revision}"`)
  c.header('cache-control', 'no-cache')
  return c.json({ ...bodyOf(scenario), ...(editKey !== undefined && { editKey }) }, status)
}

/** A scenario as people read it. */
export const bodyOf = ({ input, answer, ...scenario }: StoredScenario) => ({
  ...scenario,
  input: JSON.parse(input),
  answer: JSON.parse(answer),
})
