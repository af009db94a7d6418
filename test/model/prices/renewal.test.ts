import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TokenOffer } from '../../../model/offers.ts'
import { listingHistory } from '../../../model/prices/history.ts'
import { renewal, tokenComparison } from '../../../model/prices/renewal.ts'
import { offer, source } from './offer.ts'

const seen = (day: string, usd: number, rest: Partial<TokenOffer> = {}): TokenOffer =>
  offer(source('portkey', day), usd, { validFrom: day, validFromBasis: 'observed', ...rest })
const on = (
  day: string,
  before: readonly TokenOffer[],
  now: readonly TokenOffer[],
  doubted: readonly TokenOffer[] = [],
) => renewal(before, now, { day, doubted: new Set(doubted), ...tokenComparison })
const periods = (offers: readonly TokenOffer[]) =>
  offers.map(({ validFrom, validUntil, meters }) => [validFrom, validUntil, meters[0]?.usdPerMillionTokens])

describe('what a source says anew', () => {
  const first = [seen('2026-08-01', 1)]

  test('of a price that did not move keeps its first day and takes the new observation', () => {
    const { offers, unchanged, changed } = on('2026-09-01', first, [seen('2026-09-01', 1)])
    expect(offers).toMatchObject([{ validFrom: '2026-08-01', source: { observedAt: '2026-09-01' } }])
    expect([unchanged, changed]).toEqual([1, 0])
  })
  test('of a price that moved is appended, and the old one ends on the day', () => {
    const { offers, changed } = on('2026-09-01', first, [seen('2026-09-01', 2)])
    expect(periods(offers)).toEqual([
      ['2026-08-01', '2026-09-01', 1],
      ['2026-09-01', null, 2],
    ])
    expect(changed).toBe(1)
  })
  test('of a price that it announces begins on the stated day', () => {
    const until = seen('2026-09-01', 1, { validUntil: '2027-01-01' })
    const from = seen('2026-09-01', 3, { validFrom: '2027-01-01', validFromBasis: 'stated' })
    const { offers } = on('2026-09-01', first, [until, from])
    expect(periods(offers)).toEqual([
      ['2026-08-01', '2027-01-01', 1],
      ['2027-01-01', null, 3],
    ])
    // On the day itself the announced price stands and the old one is history.
    expect(periods(on('2027-01-01', offers, [until, from]).offers)).toEqual(periods(offers))
  })
  test('of a price that it no longer prints ends on the day', () => {
    const { offers, ended } = on('2026-09-01', first, [])
    expect(periods(offers)).toEqual([['2026-08-01', '2026-09-01', 1]])
    expect(ended).toBe(1)
  })
  test('of a new price begins on the day', () => {
    expect(on('2026-09-01', [], [seen('2026-08-15', 1)])).toMatchObject({
      added: 1,
      offers: [{ validFrom: '2026-09-01' }],
    })
  })
  test('and is not believed leaves what it said before', () => {
    const slip = seen('2026-09-01', 1000)
    expect(on('2026-09-01', first, [slip], [slip]).offers).toEqual(first)
  })
  test('twice on one day leaves the later word', () => {
    const morning = on('2026-09-01', first, [seen('2026-09-01', 2)]).offers
    expect(periods(on('2026-09-01', morning, [seen('2026-09-01', 3)]).offers)).toEqual([
      ['2026-08-01', '2026-09-01', 1],
      ['2026-09-01', null, 3],
    ])
  })
})

const days = ['2026-08-01', '2026-08-02', '2026-08-03', '2026-08-04', '2026-08-05', '2026-08-06']

describe('laws', () => {
  const prices = fc.array(fc.option(fc.integer({ min: 1, max: 3 })), { minLength: 2, maxLength: days.length })
  const refreshed = (seenOn: readonly (number | null)[]) =>
    seenOn.reduce<readonly TokenOffer[]>((book, usd, index) => {
      const day = days[index] ?? ''
      return on(day, book, usd === null ? [] : [seen(day, usd)]).offers
    }, [])

  test('whatever was seen on a day is what the book says of that day, ever after', () => {
    fc.assert(
      fc.property(prices, (seenOn) => {
        const history = listingHistory(
          refreshed(seenOn),
          ({ meters }) => meters[0]?.usdPerMillionTokens ?? null,
        )
        for (const [index, usd] of seenOn.entries()) {
          const day = days[index] ?? ''
          const held = history.find(({ from, until }) => from <= day && (until === null || day < until))
          expect(held?.usd ?? null).toBe(usd)
        }
      }),
    )
  })
  test('the same file a second time on a day changes nothing', () => {
    fc.assert(
      fc.property(prices, (seenOn) => {
        const book = refreshed(seenOn)
        const day = days[seenOn.length - 1] ?? ''
        const usd = seenOn.at(-1) ?? null
        const again = on(day, book, usd === null ? [] : [seen(day, usd)])
        expect(again.offers.toSorted(byDay)).toEqual(book.toSorted(byDay))
        expect([again.added, again.changed, again.ended]).toEqual([0, 0, 0])
      }),
    )
  })
})

const byDay = (a: TokenOffer, b: TokenOffer): number => a.validFrom.localeCompare(b.validFrom)
