import { type Context, Hono } from 'hono'
import { type Answer, answer, type Calculation, type CellValue, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { fieldsOf } from '../../model/fields.ts'
import { invalid, quote } from '../../model/problem.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { fromQuery, isWrittenFormat } from '../query.ts'
import { readJson } from '../read-body.ts'

/** `GET` and `POST /v1/{id}` for each calculation. */
export function calculateRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  for (const calculation of catalog) {
    const run = async (c: Context, raw: unknown): Promise<Response> => {
      const write = writerOf(formatAsked(c, calculation))
      const prepared = prepare(calculation, raw)
      return write(c, answer(calculation, prepared, await factsFor(prepared.prices)))
    }
    routes.get(`/${calculation.id}`, (c) => run(c, fromQuery(c, calculation)))
    routes.post(`/${calculation.id}`, async (c) => run(c, await readJson(c)))
  }
  return routes
}

/** The first `format` of the query that chooses how to write, past the calculation's own field of that name. */
function formatAsked(c: Context, calculation: Calculation): string | undefined {
  const formats = c.req.queries('format') ?? []
  const hasOwn = fieldsOf(calculation).some(({ name }) => name === 'format')
  return hasOwn ? formats.find(isWrittenFormat) : formats[0]
}

type Writer = (c: Context, answered: Answer) => Response

function writerOf(format = 'json'): Writer {
  switch (format) {
    case 'json':
      return (c, answered) => c.json(answered)
    case 'text':
      return (c, answered) => c.text(cellText(answered.value))
    default:
      throw invalid('format', `format: ${quote(format)} is not accepted. Accepted: json, text.`)
  }
}

/** A value as a sheet's WEBSERVICE reads it: the bare number or word; unknown is `#N/A`. */
const cellText = (value: CellValue): string =>
  value === null ? '#N/A' : typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
