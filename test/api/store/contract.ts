import { describe, expect, test } from 'vitest'
import { factsFromStore } from '../../../api/facts-provider.ts'
import { shippedBook } from '../../../api/shipped-book.ts'
import type { Database } from '../../../api/store/database.ts'
import { publish, published } from '../../../api/store/price-book.ts'
import { priceListsIn } from '../../../api/store/price-lists.ts'
import { pricesIn } from '../../../api/store/prices.ts'
import { bundledFacts } from '../../../data/dataset.ts'
import { allGpuOffers, allTokenOffers, pricedModels, withBook } from '../../../data/price-book.ts'
import type { GpuQuery, TokenQuery } from '../../../model/offers.ts'
import { meterOffers } from '../../../model/prices/meter-offers.ts'
import { nameAsked } from '../../../model/prices/shelf.ts'

const today = '2026-11-25'
const bundled = withBook(bundledFacts(today))

const distinct = (names: readonly (string | null)[]): string[] => [
  ...new Set(names.filter((name) => name !== null)),
]

const tokenQueries: readonly TokenQuery[] = [
  ...distinct(allTokenOffers().flatMap(({ model, servedModel }) => [model, servedModel])),
  ...pricedModels.flatMap(({ names }) => names),
  'no-such-model',
  ' GPT-4O ',
].map((model) => ({ kind: 'token', model }))

const gpuQueries: readonly GpuQuery[] = [
  ...distinct(allGpuOffers().flatMap(({ gpu, instance }) => [gpu, instance])),
  ...bundled.gpus().flatMap(({ name, aliases }) => [name, ...aliases]),
  'no-such-gpu',
].map((gpu) => ({ kind: 'gpu', gpu }))

const narrowed = {
  token: { kind: 'token', model: 'gpt-4o', seller: 'OpenAI', asOf: '2026-09-01' },
  gpu: {
    kind: 'gpu',
    gpu: 'H100-SXM-80GB',
    seller: 'GCP',
    pricing: 'spot',
    region: 'Asia-East1',
    asOf: '2026-08-01',
  },
} as const satisfies { token: TokenQuery; gpu: GpuQuery }

/** What a store must do, on whichever driver. */
export function storeContract(open: () => Promise<Database>): void {
  describe('store', () => {
    test('is filled from the shipped book, and answers every query as the book itself does', async () => {
      const database = await open()
      const prices = pricesIn(database, shippedBook)
      const facts = await factsFromStore(
        { prices, priceLists: priceListsIn(database) },
        () => today,
      )([...tokenQueries, ...gpuQueries, ...Object.values(narrowed)])
      expect(facts.pricesAsOf).toBe(bundled.pricesAsOf)
      for (const query of [...tokenQueries, narrowed.token]) {
        expect(facts.tokenOffers(query), query.model).toEqual(bundled.tokenOffers(query))
      }
      for (const query of [...gpuQueries, narrowed.gpu]) {
        expect(facts.gpuOffers(query), query.gpu).toEqual(bundled.gpuOffers(query))
      }
      expect(bundled.gpuOffers(narrowed.gpu)).not.toEqual([])
      expect(bundled.tokenOffers(narrowed.token)).not.toEqual([])
    })

    test('finds the prices of one meter on one day as the book itself does, by one query', async () => {
      const prices = pricesIn(await open(), shippedBook)
      const asked = allTokenOffers().filter((_, place) => place % 97 === 0)
      let found = 0
      for (const { model, servedModel, meters, serviceTier } of asked) {
        for (const given of distinct([model, servedModel])) {
          const name = nameAsked({ kind: 'token', model: given }, bundled)
          for (const day of ['2025-09-15', '2026-08-20', '2026-09-01']) {
            const meter = meters[0]?.meter ?? ''
            const offers = await prices.meterOffers({ name, meter, serviceTier, day })
            const all = meterOffers(bundled.tokenOffers({ kind: 'token', model: name }), { meter, day })
            expect(offers, name).toEqual(all.filter((offer) => offer.serviceTier === serviceTier))
            found += offers.length
          }
        }
      }
      expect(found).toBeGreaterThan(1000)
    })

    test('an import that fails half-way leaves the book before it in place', async () => {
      const database = await open()
      const book = await shippedBook.load()
      const small = { ...book, version: 'before', gpuOffers: book.gpuOffers.slice(0, 5), tokenOffers: [] }
      const before = await publish(database, small)
      const broken = {
        ...small,
        version: 'after',
        gpuOffers: [...book.gpuOffers, { ...book.gpuOffers[0], seller: null }],
      }
      await expect(
        publish(database, JSON.parse(JSON.stringify({ ...broken, modelNames: [] }))),
      ).rejects.toThrow()
      expect(await published(database)).toEqual(before)
      const prices = pricesIn(database, {
        version: 'before',
        load: () => Promise.reject(new Error('not asked')),
      })
      const page = await prices.gpuOfferPage({ asOf: today, limit: 10, offset: 0 })
      expect(page.total).toBe(5)
    })

    test('readers of a book keep it while the next one is published, and older ones go', async () => {
      const database = await open()
      const book = { ...(await shippedBook.load()), tokenOffers: [] }
      const reader = pricesIn(database, {
        version: 'first',
        load: async () => ({ ...book, version: 'first', gpuOffers: book.gpuOffers.slice(0, 3) }),
      })
      const page = { asOf: today, limit: 10, offset: 0 }
      expect((await reader.gpuOfferPage(page)).total).toBe(3)
      await publish(database, { ...book, version: 'second', gpuOffers: book.gpuOffers.slice(0, 4) })
      expect((await reader.gpuOfferPage(page)).total).toBe(3)
      await publish(database, { ...book, version: 'third', gpuOffers: book.gpuOffers.slice(0, 5) })
      expect((await reader.gpuOfferPage(page)).total).toBe(0)
      expect((await published(database))?.version).toBe('third')
    })
  })
}
