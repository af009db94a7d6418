import { Hono } from 'hono'
import { z } from 'zod'
import { xlsxOf } from '../../addin/workbook/xlsx.ts'
import { answer, prepare, validInput } from '../../model/calculation.ts'
import { compare } from '../../model/compare/compare.ts'
import { plan } from '../../model/compare/plan.ts'
import { comparisonBook } from '../../model/workbook/comparison-book.ts'
import { dialects } from '../../model/workbook/dialect.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { readJson } from '../read-body.ts'

export const workbook = {
  id: 'workbook',
  input: z.strictObject({
    plan: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ title: 'Plan', description: 'The input of /v1/plan; give this or compare' }),
    compare: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ title: 'Comparison', description: 'The input of /v1/compare; give this or plan' }),
    dialect: z.enum(dialects).default('plain').meta({
      title: 'Dialect',
      description:
        'plain needs nothing installed; excel and calc call the functions of the add-in or the extension',
    }),
  }),
}

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** `POST /v1/workbook`: a comparison as a workbook whose formulas are live. */
export function workbookRoutes(factsFor: FactsProvider): Hono {
  const routes = new Hono()
  routes.post('/workbook', async (c) => {
    const { plan: planned, compare: compared, dialect } = validInput(workbook, await readJson(c))
    const { input, facts } =
      planned === undefined
        ? await askedComparison(compared ?? {}, factsFor)
        : await plannedComparison(planned, factsFor)
    const { plannedUtilisation, hoursPerMonth, horizonMonths, ...rest } = input
    const settings = { plannedUtilisation, hoursPerMonth, horizonMonths }
    const file = await xlsxOf(comparisonBook({ ...rest, settings }, facts, dialect))
    return c.body(Uint8Array.from(file), 200, {
      'content-type': xlsxType,
      'content-disposition': 'attachment; filename="weighbridge.xlsx"',
    })
  })
  return routes
}

async function askedComparison(raw: unknown, factsFor: FactsProvider) {
  const { input, prices } = prepare(compare, raw)
  return { input, facts: await factsFor(prices) }
}

/** The options that a plan chooses, whose offers it has fetched already. */
async function plannedComparison(raw: unknown, factsFor: FactsProvider) {
  const prepared = prepare(plan, raw)
  const facts = await factsFor(prepared.prices)
  return { input: answer(plan, prepared, facts).result.asked, facts }
}
