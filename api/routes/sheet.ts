import { Hono } from 'hono'
import { z } from 'zod'
import { SheetError, sheetErrorOf } from '../../addin/functions/sheet-error.ts'
import type { Filling, Surroundings } from '../../addin/functions/sheet-function.ts'
import { sheetFunctions } from '../../addin/functions/sheet-functions.ts'
import { answer, prepare, validInput } from '../../model/calculation.ts'
import { calculationOf } from '../../model/catalog.ts'
import { didYouMean, quote } from '../../model/problem.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { readJson } from '../read-body.ts'

/** What a sheet shows: one value, rows of values, or an error with its sentence. */
type Shown =
  | { readonly value: unknown }
  | { readonly rows: readonly (readonly unknown[])[] }
  | { readonly error: string; readonly sentence: string }

const sheetCall = {
  id: 'evaluate',
  input: z.strictObject({
    name: z.string().max(100).meta({ title: 'Name', description: 'Of a function, such as MEMORY' }),
    cells: z
      .array(z.unknown())
      .max(255)
      .default([])
      .meta({ title: 'Cells', description: 'Its arguments, in order' }),
  }),
}

/**
 * `POST /addin/evaluate { name, cells }`: one function of a sheet by the very code that Excel runs, for sheets that
 * cannot run it themselves. The answer is what the cell shows, so an error of the cell is no error of the request.
 */
export function sheetRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  routes.post('/evaluate', async (c) => {
    const { name, cells } = validInput(sheetCall, await readJson(c))
    return c.json(await shownBy(name, cells, factsFor).catch(failure))
  })
  return routes
}

async function shownBy(name: string, cells: readonly unknown[], factsFor: FactsProvider): Promise<Shown> {
  const found = sheetFunctions.find((one) => one.name === name.toUpperCase())
  if (!found) {
    const names = sheetFunctions.map((one) => one.name)
    throw new SheetError('#VALUE!', `There is no function ${quote(name)}.${didYouMean(name, names)}`)
  }
  const surroundings: Surroundings = {
    facts: await factsFor([]),
    async ask({ id, input }) {
      const calculation = calculationOf(id)
      if (!calculation) throw new Error(`There is no calculation ${quote(id)}.`)
      const prepared = prepare(calculation, input)
      return answer(calculation, prepared, await factsFor(prepared.prices))
    },
  }
  return inCells(await found.evaluate(cells, surroundings))
}

function inCells(filling: Filling): Shown {
  if (typeof filling !== 'object') return { value: filling }
  if ('properties' in filling) return { value: filling.text }
  // An error inside a spill is a cell without a value.
  return { rows: filling.map((row) => row.map((cell) => (cell instanceof SheetError ? null : cell))) }
}

function failure(thrown: unknown): Shown {
  const { code, message } = sheetErrorOf(thrown)
  return { error: code, sentence: message }
}
