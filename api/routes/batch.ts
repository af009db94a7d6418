import { Hono } from 'hono'
import { z } from 'zod'
import { answer, type Calculation, type Prepared, prepare, validInput } from '../../model/calculation.ts'
import { calculationOf, catalog } from '../../model/catalog.ts'
import { didYouMean, quote } from '../../model/problem.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { HttpProblem, problemOf } from '../problem.ts'
import { readJson } from '../read-body.ts'

const mostCalls = 10_000

/** The answers of so many calls are held at once: their garbage dies young, and their prices are one query. */
const callsAtOnce = 100

const batch = {
  id: 'batch',
  input: z.strictObject({
    calls: z
      .array(z.unknown())
      .max(mostCalls)
      .meta({
        title: 'Calls',
        description: `Up to ${mostCalls} calls, each { "id", "input" }`,
      }),
  }),
}

const call = {
  id: 'call',
  input: z.strictObject({ id: z.string(), input: z.unknown().optional() }),
}

/** `POST /v1/batch`: many calls, answered in order, each with its own answer or problem. */
export function batchRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  routes.post('/batch', async (c) => {
    const { calls } = validInput(batch, await readJson(c))
    const results: string[] = []
    for (let start = 0; start < calls.length; start += callsAtOnce) {
      results.push(...(await answers(calls.slice(start, start + callsAtOnce), factsFor)))
    }
    return c.body(`{"results":[${results.join(',')}]}`, 200, { 'content-type': 'application/json' })
  })
  return routes
}

const ids = catalog.map(({ id }) => id)

interface Ready {
  readonly calculation: Calculation
  readonly prepared: Prepared
}

async function answers(calls: readonly unknown[], factsFor: FactsProvider): Promise<string[]> {
  const ready = calls.map((raw) => orProblem(() => readyCall(raw)))
  const facts = await factsFor(ready.flatMap((one) => ('prepared' in one ? one.prepared.prices : [])))
  return ready.map((one) =>
    JSON.stringify('prepared' in one ? orProblem(() => answer(one.calculation, one.prepared, facts)) : one),
  )
}

function readyCall(raw: unknown): Ready {
  const { id, input } = validInput(call, raw)
  const calculation = calculationOf(id)
  if (!calculation) {
    throw new HttpProblem('not-found', `id: there is no calculation ${quote(id)}.${didYouMean(id, ids)}`)
  }
  return { calculation, prepared: prepare(calculation, input) }
}

function orProblem<Made>(make: () => Made) {
  try {
    return make()
  } catch (error) {
    return problemOf(error)
  }
}
