import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shippedBook } from '../../api/shipped-book.ts'
import { openD1 } from '../../api/store/d1.ts'
import type { Database } from '../../api/store/database.ts'
import { openEmbedded } from '../../api/store/embedded.ts'
import type { MeterQuestion } from '../../api/store/meter-offers.ts'
import { type Prices, pricesIn } from '../../api/store/prices.ts'
import type { TokenOffer } from '../../model/offers.ts'
import { startWorker } from '../api/servers.ts'
import { fastest } from './stopwatch.ts'

const smallBook = 5000
const questionCount = 400
const days = ['2025-10-01', '2026-03-01', '2026-07-15', '2026-08-20', '2026-11-25']

/** Evenly spread over the book, so that a model that many sell is asked as often as it is sold. */
const spread = <Item>(items: readonly Item[], count: number): Item[] =>
  Array.from({ length: count }, (_, place) => items[Math.floor((place * items.length) / count)]).filter(
    (item) => item !== undefined,
  )

const questionsOf = (offers: readonly TokenOffer[]): MeterQuestion[] =>
  spread(offers, questionCount).flatMap((offer, place) => {
    const { meter } = offer.meters[place % offer.meters.length] ?? {}
    const day = days[place % days.length]
    return meter === undefined || day === undefined
      ? []
      : [{ name: offer.model ?? offer.servedModel, meter, serviceTier: offer.serviceTier, day }]
  })

async function filled(database: Database, tokenOffers: readonly TokenOffer[]): Promise<Prices> {
  const book = { ...(await shippedBook.load()), version: 'bench', tokenOffers, gpuOffers: [] }
  const prices = pricesIn(database, { version: 'bench', load: async () => book })
  await prices.book()
  return prices
}

/**
 * The price of a meter of a model on a day, with what every source says of it: at 5,000 offers, and at ten copies of them
 * under made-up sellers. Bar: below 1 ms at the 95th percentile. Of each question the fastest of five runs counts.
 */
export async function lookUp(): Promise<string> {
  const offers = spread((await shippedBook.load()).tokenOffers, smallBook)
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-'))
  const lines: string[] = []
  for (const copies of [1, 10]) {
    const { database, close } = openEmbedded(join(folder, `${copies}.sqlite`))
    const copied = Array.from({ length: copies }, (_, copy) =>
      offers.map((offer) => (copy === 0 ? offer : { ...offer, seller: `${offer.seller}-${copy}` })),
    )
    const prices = await filled(database, copied.flat())
    const milliseconds: number[] = []
    for (const question of questionsOf(offers)) {
      const { look } = await fastest(5, { look: () => prices.meterOffers(question) })
      milliseconds.push(look)
    }
    close()
    const sorted = milliseconds.toSorted((a, b) => a - b)
    const at = (share: number) => (sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(2)
    lines.push(
      `look-up by model, meter and day among ${copies * smallBook} offers: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (bar: below 1), max ${at(0.999)} ms`,
    )
  }
  rmSync(folder, { recursive: true })
  return [...lines, ...(await rowsRead(offers))].join('\n')
}

/** What D1 reads for the same questions, by its own count. */
async function rowsRead(offers: readonly TokenOffer[]): Promise<string[]> {
  const worker = await startWorker()
  const binding = await worker.miniflare.getD1Database('DB')
  const asked: { query: string; parameters: unknown[] }[] = []
  const watched = new Proxy(binding, {
    get: (target, name) =>
      name === 'prepare'
        ? (query: string) => {
            const statement = target.prepare(query)
            return new Proxy(statement, {
              get: (own, part) =>
                part === 'bind'
                  ? (...parameters: unknown[]) => {
                      asked.push({ query, parameters })
                      return own.bind(...parameters)
                    }
                  : Reflect.get(own, part),
            })
          }
        : Reflect.get(target, name),
  })
  const prices = await filled(openD1(watched), offers)
  const counts: { queries: number; rows: number; read: number }[] = []
  for (const question of spread(questionsOf(offers), 50)) {
    asked.length = 0
    const found = await prices.meterOffers(question)
    const looked = [...asked]
    let read = 0
    for (const { query, parameters } of looked) {
      const { meta } = await binding
        .prepare(query)
        .bind(...parameters)
        .all()
      read += meta.rows_read
    }
    counts.push({
      queries: looked.length,
      rows: found.reduce((sum, { meters }) => sum + meters.length, 0),
      read,
    })
  }
  await worker.stop()
  const most = (of: (count: (typeof counts)[number]) => number) => Math.max(...counts.map(of))
  return [
    `  on D1: at most ${most(({ queries }) => queries)} query, ${most(({ read }) => read)} rows read for ${most(({ rows }) => rows)} prices found at most, of ${offers.reduce((sum, { meters }) => sum + meters.length, 0)} in the book`,
  ]
}
