import { type Context, Hono } from 'hono'
import { type Answer, answer, type Calculation, type CellValue, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { fieldsOf, fromText } from '../../model/fields.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { readJson } from '../read-json.ts'

/** `GET` and `POST /v1/{id}` for each calculation. */
export function calculateRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  for (const calculation of catalog) {
    const run = async (c: Context, raw: unknown): Promise<Response> => {
      const prepared = prepare(calculation, raw)
      return respond(c, answer(calculation, prepared, await factsFor(prepared.prices)))
    }
    routes.get(`/${calculation.id}`, (c) => run(c, fromQuery(calculation, c.req.query())))
    routes.post(`/${calculation.id}`, async (c) => run(c, await readJson(c)))
  }
  return routes
}

/** `format` chooses how the answer is written; every other name in the query is a field. */
function fromQuery(calculation: Calculation, query: Record<string, string>): Record<string, unknown> {
  const fields = new Map(fieldsOf(calculation).map((field) => [field.name, field]))
  return Object.fromEntries(
    Object.entries(query)
      .filter(([name]) => name !== 'format')
      .map(([name, text]) => {
        const field = fields.get(name)
        return [name, field ? fromText(field, text) : text]
      }),
  )
}

const respond = (c: Context, answered: Answer): Response =>
  c.req.query('format') === 'text' ? c.text(cellText(answered.value)) : c.json(answered)

/** A value as a sheet's WEBSERVICE reads it: the bare number or word; unknown is `#N/A`. */
const cellText = (value: CellValue): string =>
  value === null ? '#N/A' : typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
