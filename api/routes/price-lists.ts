import { type Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { z } from 'zod'
import { decimalMarks, parsePriceList } from '../../data/price-list-csv.ts'
import { validInput } from '../../model/calculation.ts'
import { checkNames, type KnownNames } from '../../model/prices/own/check-names.ts'
import { PriceListEntry, PriceListInput } from '../../model/prices/own/price-list.ts'
import { nameKey } from '../../model/prices/shelf.ts'
import { invalid } from '../../model/problem.ts'
import type { FactsProvider } from '../facts-provider.ts'
import { csv } from '../listings/csv.ts'
import { fromQuery } from '../query.ts'
import { readJson, readText } from '../read-body.ts'
import type { PriceListContent, PriceLists, StoredPriceList } from '../store/price-lists.ts'
import type { Prices } from '../store/prices.ts'
import { changeOf, noneThere, refuse } from './kept.ts'

const kind = 'price list'

/** A row of D1 holds 2 MB. */
const largestBytes = 1_900_000

/** A million short lines are read far enough to be refused with a sentence. */
const largestCsvBytes = 16e6

const priceListInput = { id: 'price-lists', input: PriceListInput }

/** What is said of a list that comes as CSV. */
export const csvQuery = {
  id: 'price-lists',
  input: z.strictObject({
    name: PriceListInput.shape.name.default('Own prices'),
    decimal: z.enum(decimalMarks).default('point').meta({
      title: 'Decimal mark',
      description: 'comma for a file that writes 2,50; such numbers are refused unless declared',
    }),
  }),
}

interface Parts {
  readonly factsFor: FactsProvider
  readonly prices: Prices
  readonly priceLists: PriceLists
}

/**
 * `/v1/price-lists`: prices of one's own, which count before the public ones wherever the id of the list is given. Who knows
 * the id may read; who has the edit key, which is told once, may change or delete. Nothing lists them.
 */
export function priceListRoutes({ factsFor, prices, priceLists }: Parts): Hono {
  const routes = new Hono()
  const content = (c: Context) => contentOf(c, factsFor, prices)

  routes.post('/price-lists', async (c) => {
    const { record, editKey } = await priceLists.create(await content(c))
    c.header('location', `/v1/price-lists/${record.id}`)
    return told(c, record, { status: 201, editKey })
  })

  routes.get('/price-lists/:id', async (c) => {
    const list = (await priceLists.read(c.req.param('id'))) ?? noneThere(kind)
    c.header('vary', 'accept', { append: true })
    const type = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'text/csv'],
      default: 'application/json',
    })
    if (type !== 'text/csv' && c.req.query('format') !== 'csv') return told(c, list)
    c.header('etag', `"${list.revision}"`)
    const columns = [...new Set(PriceListEntry.options.flatMap(({ shape }) => Object.keys(shape)))]
    return c.body(csv(columns, list.entries), 200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
    })
  })

  routes.put('/price-lists/:id', async (c) => {
    const change = changeOf(c)
    const replaced = await priceLists.replace({ ...change, content: await content(c) })
    return 'refused' in replaced ? refuse(c, kind, replaced, (current) => current) : told(c, replaced)
  })

  routes.delete('/price-lists/:id', async (c) => {
    const removed = await priceLists.remove(changeOf(c))
    return removed === 'removed' ? c.body(null, 204) : refuse(c, kind, removed, (current) => current)
  })
  return routes
}

/** A list from JSON or CSV, every entry checked; one that is wrong refuses them all. */
async function contentOf(c: Context, factsFor: FactsProvider, prices: Prices): Promise<PriceListContent> {
  const isCsv = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() === 'text/csv'
  const { raw, lines } = isCsv ? await fromCsv(c) : { raw: await readJson(c), lines: null }
  const list = validInput(priceListInput, raw)
  checkNames(list, await knownNames(factsFor, prices), (place, field) =>
    lines ? `line ${lines[place]}, column ${field}` : `entries.${place}.${field}`,
  )
  const bytes = JSON.stringify(list.entries).length
  if (bytes > largestBytes) {
    throw invalid('entries', `entries: they take ${bytes} bytes; at most ${largestBytes} can be kept.`)
  }
  return { ...list, savedAt: new Date().toISOString() }
}

async function fromCsv(c: Context) {
  const { name, decimal } = validInput(csvQuery, fromQuery(c, csvQuery))
  const text = await readText(c, { types: ['text/csv'], largestBytes: largestCsvBytes })
  const { entries, lines } = parsePriceList(text, decimal)
  return { raw: { name, entries }, lines }
}

async function knownNames(factsFor: FactsProvider, prices: Prices): Promise<KnownNames> {
  const facts = await factsFor([])
  const [models, ...places] = await Promise.all([
    prices.modelNames(),
    prices.tokenOfferNames('seller'),
    prices.gpuOfferNames('seller'),
    prices.tokenOfferNames('region'),
    prices.gpuOfferNames('region'),
  ])
  const [tokenSellers, gpuSellers, tokenRegions, gpuRegions] = places
  const set = (...names: readonly (readonly string[])[]) => new Set(names.flat().map(nameKey))
  return {
    models: set(models, facts.weightsIds()),
    sellers: set(tokenSellers, gpuSellers),
    regions: set(tokenRegions, gpuRegions),
    gpus: set(facts.gpus().flatMap(({ id, name, aliases }) => [id, name, ...aliases])),
  }
}

function told(
  c: Context,
  list: StoredPriceList,
  { status = 200, editKey }: { readonly status?: 200 | 201; readonly editKey?: string } = {},
): Response {
  c.header('etag', `"${list.revision}"`)
  c.header('cache-control', 'no-cache')
  return c.json({ ...list, ...(editKey !== undefined && { editKey }) }, status)
}
