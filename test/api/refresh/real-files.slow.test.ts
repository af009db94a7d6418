import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refresh } from '../../../api/refresh/refresh.ts'
import { shippedBook } from '../../../api/shipped-book.ts'
import { openEmbedded } from '../../../api/store/embedded.ts'
import { type Prices, pricesIn } from '../../../api/store/prices.ts'
import { filesInTar } from '../../../data/import/tar.ts'
import { publishers as publishersOfBook } from '../../../data/provenance.ts'
import { patient } from '../../../data/refresh/fetch-file.ts'
import { liveSources, mirrored } from '../../../data/refresh/live-sources.ts'
import { describeWhere } from '../../needs.ts'
import { type StandIn, standIn } from './stand-in.ts'

const root =
  process.env.WEIGHBRIDGE_UPSTREAM ?? new URL('../../../../shared/upstream', import.meta.url).pathname

describeWhere(root, 'a refresh with the files that the shipped book was made of', () => {
  let publishers: StandIn
  let prices: Prices
  beforeAll(async () => {
    publishers = await standIn()
    const archive = readFileSync(join(root, 'genai-prices/providers-yml.tar.gz'))
    const providers = filesInTar(archive)
    for (const { path, url } of liveSources.flatMap(({ files }) => files)) {
      const served = path.startsWith('genai-prices/providers/')
        ? (providers.get(path.replace('genai-prices/', '')) ?? '')
        : readFileSync(join(root, path))
      publishers.files.set(url.replace('https://', ''), served)
    }
    prices = pricesIn(openEmbedded(':memory:').database, shippedBook)
  })
  afterAll(() => publishers?.stop())

  /** As the shipped book has it, its history aside. */
  const publisherOf = (id: string) => publishersOfBook.find((publisher) => publisher.id === id)
  const run = () =>
    refresh({
      prices,
      sources: mirrored(liveSources, publishers.origin),
      fetching: patient,
      now: () => new Date('2026-09-15T06:00:00Z'),
    })

  test('finds every price as it is in the book, and refuses the same rows', async () => {
    const { sources } = await run()
    const live = sources.filter(({ outcome }) => outcome !== 'no-live-reader')
    expect(live).toHaveLength(liveSources.length)
    for (const { source, outcome, added, changed, ended, refused } of live) {
      expect([outcome, added, changed, ended], source).toEqual(['unchanged', 0, 0, 0])
      expect(refused.length, source).toBe(publisherOf(source)?.quarantined)
    }
  })

  test('a second time changes nothing, and says so', async () => {
    const book = await prices.whole()
    const again = await run()
    expect(again.published).toBe(false)
    expect(await prices.whole()).toEqual(book)
  })
})
