import { createApp } from './app.ts'
import { isOn, type RefreshSetting } from './refresh/setting.ts'
import { shippedBook } from './shipped-book.ts'
import { openD1 } from './store/d1.ts'
import { priceListsIn } from './store/price-lists.ts'
import { type Prices, pricesIn } from './store/prices.ts'
import { scenariosIn } from './store/scenarios.ts'

interface Bindings extends RefreshSetting {
  readonly DB: Parameters<typeof openD1>[0]
  readonly ASSETS: { fetch(url: URL): Promise<Response> }
}

/** The trigger of `wrangler.toml` that refreshes; the other one takes in the shipped book. */
const refreshCron = '23 5 * * *'

/** One for the life of an isolate, which has one set of bindings. */
let service: { readonly app: ReturnType<typeof createApp>; readonly prices: Prices } | null = null

function serviceOf({ DB, ASSETS }: Bindings) {
  const database = openD1(DB)
  const prices = pricesIn(database, shippedBook)
  const app = createApp({
    prices,
    scenarios: scenariosIn(database),
    priceLists: priceListsIn(database),
    runtime: 'workerd',
    staticFile: async (name) => {
      const response = await ASSETS.fetch(new URL(`/${name}`, 'https://assets.local'))
      return response.ok ? response.arrayBuffer() : null
    },
  })
  service ??= { app, prices }
  return service
}

export default {
  fetch: (request: Request, bindings: Bindings) => (service ?? serviceOf(bindings)).app.fetch(request),
  /** Takes in the shipped book, where the database does not have it yet; once a day, what the publishers serve. */
  scheduled: async ({ cron }: { readonly cron: string }, bindings: Bindings): Promise<void> => {
    const { prices } = service ?? serviceOf(bindings)
    await prices.book()
    if (cron !== refreshCron || !isOn(bindings)) return
    const { refreshNow } = await import('./refresh/refresh-now.ts')
    await refreshNow(prices, bindings)
  },
}
