import { afterEach, expect, test, vi } from 'vitest'
import { offer, source } from '../model/prices/offer.ts'

const publisher = {
  id: 'portkey',
  title: 'Portkey',
  repository: 'https://example.com',
  commit: null,
  observedAt: '2026-09-01',
  licence: 'MIT',
}
const before = offer(source('portkey', '2026-08-01'), 1)
const { model: _, modelRule: __, conflictSet: ___, ...found } = offer(source('portkey', '2026-09-01'), 50)
const imported = { tokenOffers: [{ ...found, modelLink: null, releasedOn: null }] }

/** The price after an import that moves it fifty times, and the row that was not believed, with these releases. */
async function after(released: readonly unknown[]) {
  vi.resetModules()
  vi.doMock('../../data/released.json', () => ({ default: released }))
  const { takenIn } = await import('../../data/refresh/taken-in.ts')
  const book = { tokenOffers: [before], gpuOffers: [] }
  const { tokenOffers, refused } = takenIn(book, imported, {
    publisher,
    day: '2026-09-01',
    isBelieved: false,
  })
  const standing = tokenOffers.filter(({ validUntil }) => validUntil === null)
  return { usd: standing[0]?.meters[0]?.usdPerMillionTokens, refused }
}

afterEach(() => vi.doUnmock('../../data/released.json'))

test('a doubted price counts once somebody has released it; until then the old one stays', async () => {
  const doubted = await after([])
  expect(doubted.usd).toBe(1)
  expect(doubted.refused).toEqual([expect.objectContaining({ source: 'portkey', doubted: true })])
  const [row] = doubted.refused
  const released = await after([{ ...row, releasedOn: '2026-09-01', because: 'seen on its page' }])
  expect(released).toEqual({ usd: 50, refused: [] })
})

test('a release holds for the price that was looked at, and for no other', async () => {
  const [row] = (await after([])).refused
  const other = await after([{ ...row, reason: 'input: from 1 to 49 USD.', releasedOn: '', because: '' }])
  expect(other.usd).toBe(1)
})
