import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { shippedBook } from './shipped-book.ts'
import { openEmbedded } from './store/embedded.ts'
import { priceListsIn } from './store/price-lists.ts'
import { pricesIn } from './store/prices.ts'
import { scenariosIn } from './store/scenarios.ts'

const {
  PUBLIC_URL: publicUrl,
  HOST: hostname = '127.0.0.1',
  PORT = '8787',
  WEIGHBRIDGE_DB = './weighbridge.sqlite',
} = process.env
const port = Number(PORT)
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  stop(`PORT: ${PORT} is no port; accepted: 0 to 65535.`)

const { database, close } = open(WEIGHBRIDGE_DB)
const prices = pricesIn(database, shippedBook)
await prices.book()

const folder = new URL('./pages/static/', import.meta.url)
const app = createApp({
  prices,
  scenarios: scenariosIn(database),
  priceLists: priceListsIn(database),
  runtime: 'node',
  publicUrl,
  staticFile: (name) => readFile(fileURLToPath(new URL(name, folder))).catch(() => null),
})

const server = serve({ fetch: app.fetch, hostname, port }, (at) => {
  console.log(
    `Weighbridge listens on http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`,
  )
})
server.on('error', (error) => {
  const taken = 'code' in error && error.code === 'EADDRINUSE'
  stop(taken ? `Port ${port} on ${hostname} is taken; set PORT to another.` : error.message)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => close())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}

function open(path: string): ReturnType<typeof openEmbedded> {
  try {
    return openEmbedded(path)
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error))
  }
}

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
