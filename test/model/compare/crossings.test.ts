import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossingsOf } from '../../../model/compare/crossings.ts'
import { costsNoMore, type Staircase, usdAt } from '../../../model/compare/staircase.ts'
import rows from '../../cases/crossings.json' with { type: 'json' }

const api = (usdPerMillionTokens: number): Staircase => ({ usdPerMonth: 0, usdPerMillionTokens, step: null })
const owned = (usdPerMonth: number, tokens: number, usd: number): Staircase => ({
  usdPerMonth,
  usdPerMillionTokens: 0,
  step: { tokens, usd },
})

describe('published values', () => {
  test.each(rows)('$source', ({ input, expected }) => {
    const { crossings } = crossingsOf(input)
    expect(crossings[0]).toEqual(expected)
  })
})

describe('there and back', () => {
  const { crossings, complete } = crossingsOf({ own: owned(30, 81_000_000, 100), rival: api(1.4) })

  test('each further unit takes owning back, until units cost less than what they carry', () => {
    expect(crossings.slice(0, 3)).toEqual([
      { tokensPerMonth: 235_714_286, owningCostsNoMore: true, ownUnits: 3 },
      { tokensPerMonth: 243_000_001, owningCostsNoMore: false, ownUnits: 4 },
      { tokensPerMonth: 307_142_858, owningCostsNoMore: true, ownUnits: 4 },
    ])
    // 100 k + 30 ≤ 113.4 (k − 1) first holds at k = 11, so the tenth step is the last to be lost.
    expect(crossings.at(-1)).toEqual({ tokensPerMonth: 735_714_286, owningCostsNoMore: true, ownUnits: 10 })
    expect(complete).toBe(true)
  })

  test('never, where a full unit costs more than the tokens it carries', () => {
    const never = crossingsOf({ own: owned(0, 1_000_000, 2), rival: api(1.4) })
    expect(never).toMatchObject({ owningCostsNoMoreAtOneToken: false, crossings: [], complete: true })
  })

  test('at the last token of each step only, where a full unit costs just as much', () => {
    const touching = crossingsOf({ own: owned(0, 1_000_000, 1.4), rival: api(1.4) })
    expect(touching.crossings.slice(0, 3).map(({ tokensPerMonth }) => tokensPerMonth)).toEqual([
      1_000_000, 1_000_001, 2_000_000,
    ])
    expect(touching.complete).toBe(false)
  })

  test('exact at 10^12 tokens', () => {
    const { crossings: far } = crossingsOf({ own: owned(1_000_000, 3e12, 7), rival: api(1) })
    expect(far).toEqual([{ tokensPerMonth: 1_000_007_000_000, owningCostsNoMore: true, ownUnits: 1 }])
  })
})

const cents = (most: number) => fc.integer({ min: 0, max: most }).map((amount) => amount / 100)
const staircase: fc.Arbitrary<Staircase> = fc.record({
  usdPerMonth: cents(1000),
  // Prices of whole USD a token, so that a few hundred tokens see many steps.
  usdPerMillionTokens: fc.integer({ min: 0, max: 30 }).map((tenths) => tenths * 1e5),
  step: fc.option(fc.record({ tokens: fc.integer({ min: 1, max: 40 }), usd: cents(2000) })),
})

describe('laws', () => {
  test('crossings are those that trying every single token finds', () => {
    fc.assert(
      fc.property(staircase, staircase, (own, rival) => {
        const { crossings, owningCostsNoMoreAtOneToken, searchedToTokensPerMonth, complete } = crossingsOf({
          own,
          rival,
        })
        const owns = (tokens: number) => costsNoMore(usdAt(own, tokens), usdAt(rival, tokens))
        expect(owningCostsNoMoreAtOneToken).toBe(owns(1))
        const last = complete ? 600 : Math.min(600, searchedToTokensPerMonth)
        const tried = []
        for (let tokens = 2; tokens <= last; tokens++) {
          if (owns(tokens) !== owns(tokens - 1)) tried.push(tokens)
        }
        expect(
          crossings.map(({ tokensPerMonth }) => tokensPerMonth).filter((tokens) => tokens <= last),
        ).toEqual(tried)
      }),
      { numRuns: 500 },
    )
  })

  test('at the crossing owning costs no more, and one token less costs more', () => {
    const price = fc.integer({ min: 1, max: 10_000 }).map((cent) => cent / 100)
    fc.assert(
      fc.property(
        price,
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 1, max: 1e6 }),
        (usdPerMillion, fixed, tokens, usd) => {
          const [own, rival] = [owned(fixed, tokens, usd), api(usdPerMillion)]
          for (const { tokensPerMonth, owningCostsNoMore } of crossingsOf({ own, rival }).crossings.slice(
            0,
            20,
          )) {
            expect(costsNoMore(usdAt(own, tokensPerMonth), usdAt(rival, tokensPerMonth))).toBe(
              owningCostsNoMore,
            )
            expect(costsNoMore(usdAt(own, tokensPerMonth - 1), usdAt(rival, tokensPerMonth - 1))).toBe(
              !owningCostsNoMore,
            )
          }
        },
      ),
    )
  })

  test('a larger volume never costs less', () => {
    fc.assert(
      fc.property(staircase, fc.nat(1e6), fc.nat(1e6), (cost, tokens, more) => {
        expect(usdAt(cost, tokens + more)).toBeGreaterThanOrEqual(usdAt(cost, tokens) * (1 - 1e-12))
      }),
    )
  })
})
