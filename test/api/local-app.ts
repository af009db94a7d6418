import { readFile } from 'node:fs/promises'
import type { Hono } from 'hono'
import { createApp } from '../../api/app.ts'
import type { StaticFile } from '../../api/routes/static.ts'
import { shippedBook } from '../../api/shipped-book.ts'
import { openEmbedded } from '../../api/store/embedded.ts'
import { priceListsIn } from '../../api/store/price-lists.ts'
import { pricesIn, type ShippedBook } from '../../api/store/prices.ts'
import { scenariosIn } from '../../api/store/scenarios.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { catalog } from '../../model/catalog.ts'

const today = '2026-11-25'

/** The offers of the models and GPUs that examples and cases name: filled in a moment. */
const examplesBook: ShippedBook = {
  version: shippedBook.version,
  async load() {
    const book = await shippedBook.load()
    const named = [
      ...catalog.flatMap(({ examples }) => examples.flatMap(({ input }) => Object.values(input))),
      'gpt-4o',
      'gemini-2.5-pro',
      'meta-llama/Llama-3.3-70B-Instruct',
      'h100-sxm-80gb',
      'b200-sxm-180gb',
    ].filter((name) => typeof name === 'string')
    const facts = withBook(bundledFacts(today))
    return {
      ...book,
      tokenOffers: [...new Set(named)].flatMap((model) => facts.tokenOffers({ kind: 'token', model })),
      gpuOffers: [...new Set(named)].flatMap((gpu) => facts.gpuOffers({ kind: 'gpu', gpu })),
    }
  },
}

const shippedFile: StaticFile = (name) => readFile(`api/pages/static/${name}`).catch(() => null)

/** The whole service in this process, on a database in memory. */
export const localApp = (staticFile: StaticFile = shippedFile): Hono => {
  const { database } = openEmbedded(':memory:')
  return createApp({
    prices: pricesIn(database, examplesBook),
    scenarios: scenariosIn(database),
    priceLists: priceListsIn(database),
    runtime: 'node',
    staticFile,
    today: () => today,
  })
}
