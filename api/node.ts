import { serve } from '@hono/node-server'
import { bundledFacts } from '../data/dataset.ts'
import { withBook } from '../data/price-book.ts'
import { createApp } from './app.ts'

const hostname = process.env.HOST ?? '127.0.0.1'
const port = Number(process.env.PORT ?? 8787)

const app = createApp({ factsFor: async () => withBook(bundledFacts(new Date().toISOString().slice(0, 10))) })
serve({ fetch: app.fetch, hostname, port }, ({ address, port }) => {
  console.log(`Weighbridge listens on http://${address}:${port}`)
})
