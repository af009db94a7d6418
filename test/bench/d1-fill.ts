import { shippedBook } from '../../api/shipped-book.ts'
import { openD1 } from '../../api/store/d1.ts'
import { publish } from '../../api/store/price-book.ts'
import { startWorker } from '../api/servers.ts'

/** What taking in the shipped book asks of D1, which allows 1,000 queries an invocation and 100 parameters a query. */
export async function d1Fill(): Promise<string> {
  const worker = await startWorker()
  const binding = await worker.miniflare.getD1Database('DB')
  let queries = 0
  let parameters = 0
  let bytes = 0
  const counted = new Proxy(binding, {
    get: (target, name) =>
      name === 'prepare'
        ? (query: string) => {
            queries += 1
            parameters = Math.max(parameters, query.split('?').length - 1)
            bytes = Math.max(bytes, query.length)
            return target.prepare(query)
          }
        : Reflect.get(target, name),
  })
  const book = await shippedBook.load()
  const rows = book.tokenOffers.reduce((sum, { meters }) => sum + meters.length, 0) + book.gpuOffers.length
  const start = performance.now()
  await publish(openD1(counted), book)
  const seconds = (performance.now() - start) / 1000
  await worker.stop()
  return [
    `filling D1: ${queries} queries (limit 1,000), at most ${parameters} bound parameters each (limit 100)`,
    `  ${rows} price points and GPU offers in ${seconds.toFixed(1)} s; longest statement ${bytes} bytes`,
  ].join('\n')
}
