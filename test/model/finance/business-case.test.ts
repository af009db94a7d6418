import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { payment } from '../../../model/finance/annuity.ts'
import { businessCase } from '../../../model/finance/business-case.ts'
import { CaseOutput } from '../../../model/finance/business-case-fields.ts'
import { decliningBalance, straightLine } from '../../../model/finance/depreciation.ts'
import { presentValue } from '../../../model/finance/present-value.ts'
import { rootBetween } from '../../../model/finance/roots.ts'
import { InputProblem } from '../../../model/problem.ts'
import { caseInput } from './random-case.ts'

const facts = bundledFacts('2026-11-25')
const run = (input: unknown) =>
  CaseOutput.parse(answer(businessCase, prepare(businessCase, input), facts).result)
const option = (input: unknown, name: string) => {
  const found = run(input).options.find((each) => each.name === name)
  if (!found) throw new Error(`no option ${name}`)
  return found
}

const server = { kind: 'purchase', name: 'server', usd: 285_000, resaleUsd: 57_000, lifeYears: 4 }
const buy = { name: 'buy', lines: [server, { kind: 'recurring', name: 'running it', usdPerMonth: 5_000 }] }
const api = (price: unknown = { scenario: 'hold' }) => ({
  name: 'api',
  lines: [{ kind: 'tokens', name: 'tokens', usdPerMillionTokens: 1.5, price }],
})
const terms = {
  months: 48,
  discountRatePerYear: 0.1,
  settlement: 'year-end',
  volume: { millionTokensPerMonth: 10_000 },
}
const falling = (changePerYear: number) => ({
  ...terms,
  options: [api({ scenario: 'trend', changePerYear }), buy],
})

describe('peers case 5: buy for 285,000, run for 60,000 a year, resell for 57,000 after 4 years, at 10%', () => {
  const flat = { ...terms, options: [api(), buy] }

  test('buying costs 436,260 and the flat API 570,576', () => {
    expect(option(flat, 'buy').netPresentCostUsd).toBeCloseTo(436_260, -0.5)
    expect(option(flat, 'api').netPresentCostUsd).toBeCloseTo(570_576, -0.5)
    expect(run(flat).cheapest).toBe('buy')
  })

  test('the return of buying is 29.0%', () => {
    expect(option(flat, 'buy').investment?.internalRatesPerYear).toEqual([expect.closeTo(0.29, 3)])
  })

  test('falling 30% a year, the API costs 376,204 and buying returns -2.0%', () => {
    expect(option(falling(-0.3), 'api').netPresentCostUsd).toBeCloseTo(376_204, -0.5)
    expect(option(falling(-0.3), 'buy').investment?.internalRatesPerYear).toEqual([expect.closeTo(-0.02, 3)])
    expect(run(falling(-0.3)).cheapest).toBe('api')
  })

  test('the verdict flips where the API falls 19.3% a year', () => {
    const saved = (change: number) => option(falling(change), 'buy').investment?.netPresentValueUsd ?? 0
    const flip = rootBetween({ of: saved, low: -0.3, high: 0 })
    expect(flip).toBeCloseTo(-0.193, 3)
    expect(Math.abs(saved(flip))).toBeLessThan(1e-6)
    expect(saved(flip - 0.001)).toBeLessThan(0)
    expect(saved(flip + 0.001)).toBeGreaterThan(0)
  })

  test('the loan pays 8,930.86 a month; straight line writes off 57,000, double decline 142,500 in year 1', () => {
    expect(payment({ ratePerPeriod: 0.08 / 12, periods: 36, presentUsd: 285_000 })).toBeCloseTo(-8_930.86, 2)
    const asset = { costUsd: 285_000, salvageUsd: 57_000, lifeYears: 4 }
    expect(straightLine(asset)[0]).toBe(57_000)
    expect(decliningBalance(asset)[0]).toBe(142_500)
  })

  test('the views say the same: 57,000 written off in the first year, 142,500 by double decline', () => {
    const firstYear = (depreciation: string) =>
      option(
        { ...terms, views: 'year', options: [{ name: 'buy', lines: [{ ...server, depreciation }] }] },
        'buy',
      ).views?.[1]?.profit.depreciationUsd
    expect(firstYear('straight-line')).toBe(-57_000)
    expect(firstYear('declining-balance')).toBe(-142_500)
  })

  test('a financed server pays the loan in cash and its interest in the accounts', () => {
    const loan = { shareOfPrice: 1, ratePerYear: 0.08, months: 36 }
    const views = option(
      { ...terms, views: 'month', options: [{ name: 'buy', lines: [{ ...server, loan }] }] },
      'buy',
    ).views
    expect(views?.[0]?.cash.netUsd).toBe(0)
    expect(views?.[1]?.cash.financingUsd).toBe(-8_930.86)
    expect(views?.[1]?.profit.interestUsd).toBe(-1_900)
    expect(views?.[36]?.balance.loansUsd).toBe(0)
  })

  test('payback: 285,000 over 120,000 a year is 2.375 years', () => {
    expect(option(flat, 'buy').investment?.paybackYears).toBeCloseTo(2.375, 10)
  })
})

describe('views', () => {
  test('cash, profit and loss, and balance sheet tie to the cent in every month of 1,000 random cases', () => {
    fc.assert(
      fc.property(caseInput, (input) => {
        for (const each of run({ ...input, views: 'month' }).options)
          expectTied(each.views ?? [], input.months)
      }),
      { numRuns: 1000 },
    )
  }, 30_000)

  test('a year of views is its months together', () => {
    fc.assert(
      fc.property(caseInput, (input) => {
        const months = run({ ...input, views: 'month' }).options[0]?.views ?? []
        const years = run({ ...input, views: 'year' }).options[0]?.views ?? []
        const cents = (views: typeof months) =>
          views.reduce((total, { cash, profit }) => total + inCents(cash.netUsd) + inCents(profit.netUsd), 0)
        expect(cents(years)).toBe(cents(months))
        expect(years.at(-1)?.balance).toEqual(months.at(-1)?.balance)
      }),
      { numRuns: 100 },
    )
  })
})

type Views = NonNullable<ReturnType<typeof run>['options'][number]['views']>
const inCents = (usd: number) => Math.round(usd * 100)

/** Ties that the code does not use itself: period against period, and one view against the next. */
/** `expect` is too slow for a million comparisons. */
const expectEqual = (given: number, wanted: number): void => {
  if (given !== wanted) throw new Error(`${given} is not ${wanted}`)
}

function expectTied(views: Views, months: number): void {
  expectEqual(views.length, months + 1)
  let before = { cash: 0, equity: 0, equipment: 0, loans: 0, deferred: 0, rights: 0, leases: 0 }
  for (const { cash, profit, balance } of views) {
    const now = {
      cash: inCents(balance.cashUsd),
      equity: inCents(balance.equityUsd),
      equipment: inCents(balance.equipmentUsd),
      loans: inCents(balance.loansUsd),
      deferred: inCents(balance.deferredTaxUsd),
      rights: inCents(balance.rightsOfUseUsd),
      leases: inCents(balance.leasesUsd),
    }
    expectEqual(now.cash + now.equipment + now.rights, now.loans + now.leases + now.deferred + now.equity)
    expectEqual(now.cash - before.cash, inCents(cash.netUsd))
    expectEqual(now.equity - before.equity, inCents(profit.netUsd))
    expectEqual(
      inCents(cash.operatingUsd) +
        inCents(cash.taxUsd) +
        inCents(cash.investingUsd) +
        inCents(cash.financingUsd),
      inCents(cash.netUsd),
    )
    expectEqual(
      inCents(profit.expensesUsd) +
        inCents(profit.depreciationUsd) +
        inCents(profit.interestUsd) +
        inCents(profit.disposalUsd) +
        inCents(profit.taxUsd),
      inCents(profit.netUsd),
    )
    const indirect =
      inCents(profit.netUsd) -
      (now.equipment - before.equipment) -
      (now.rights - before.rights) +
      (now.loans - before.loans) +
      (now.leases - before.leases) +
      (now.deferred - before.deferred)
    expectEqual(indirect, inCents(cash.netUsd))
    before = now
  }
  const last = views.at(-1)?.balance
  expect([last?.equipmentUsd, last?.loansUsd, last?.leasesUsd, last?.rightsOfUseUsd]).toEqual([0, 0, 0, 0])
}

/** Present value of all that moves, whichever way. */
const movedUsd = (input: { readonly discountRatePerYear: number }): number =>
  presentValue({
    ratePerYear: input.discountRatePerYear,
    flows: run({ ...input, views: 'month' }).options.flatMap(({ views }) =>
      (views ?? []).map(({ throughMonth, cash }) => ({
        years: throughMonth / 12,
        usd: [cash.operatingUsd, cash.taxUsd, cash.investingUsd, cash.financingUsd].reduce(
          (total, usd) => total + Math.abs(usd),
          1,
        ),
      })),
    ),
  })

describe('laws', () => {
  const cost = (input: unknown) => run(input).options.map(({ netPresentCostUsd }) => netPresentCostUsd)

  test('doubling every price doubles every cost', () => {
    const doubled = (line: object): object =>
      Object.fromEntries(
        Object.entries(line).map(([key, value]) => [
          key,
          /usd/i.test(key) ? value * 2 : value !== null && typeof value === 'object' ? doubled(value) : value,
        ]),
      )
    fc.assert(
      fc.property(caseInput, (input) => {
        const twice = {
          ...input,
          options: input.options.map((each) => ({ ...each, lines: each.lines.map(doubled) })),
        }
        const [once, both] = [cost(input), cost(twice)]
        once.forEach((usd, index) => {
          expect(both[index]).toBeCloseTo(2 * usd, 5)
        })
      }),
      { numRuns: 100 },
    )
  })

  test('more load never costs less', () => {
    fc.assert(
      fc.property(caseInput, fc.integer({ min: 1, max: 1000 }), (input, more) => {
        const { millionTokensPerMonth } = input.volume
        const grown = {
          ...input,
          volume: { ...input.volume, millionTokensPerMonth: millionTokensPerMonth + more },
        }
        const [now, then] = [cost(input), cost(grown)]
        now.forEach((usd, index) => {
          expect(then[index]).toBeGreaterThanOrEqual(usd - 1e-9 * Math.abs(usd) - 1e-6)
        })
      }),
      { numRuns: 300 },
    )
  })

  test('a cheaper price never makes an option dearer', () => {
    const received = new Set(['resaleUsd', 'residualUsd'])
    const cheaper = (line: object): object =>
      Object.fromEntries(
        Object.entries(line).map(([key, value]) => [
          key,
          /usd/i.test(key) && !received.has(key)
            ? value * 0.7
            : value !== null && typeof value === 'object'
              ? cheaper(value)
              : value,
        ]),
      )
    fc.assert(
      fc.property(caseInput, fc.nat(4), (input, which) => {
        const turned = {
          ...input,
          options: input.options.map((option) => ({
            ...option,
            // A commitment is about the tokens beside it: their price is one price.
            lines: option.lines.map((line, index) =>
              index === which || /tokens|commit/.test(line.kind) ? cheaper(line) : line,
            ),
          })),
        }
        const [now, then] = [cost(input), cost(turned)]
        now.forEach((usd, index) => {
          expect(then[index]).toBeLessThanOrEqual(usd + 1e-9 * Math.abs(usd) + 1e-6)
        })
      }),
      { numRuns: 300 },
    )
  })

  test('at its internal rate an investment is worth nothing, as near as a rate can be written down', () => {
    fc.assert(
      fc.property(caseInput, (input) => {
        const found = run(input).options[1]?.investment
        fc.pre(found?.internalRatesPerYear.length === 1)
        const [rate = 0] = found?.internalRatesPerYear ?? []
        fc.pre(rate > -0.5 && rate < 9)
        const worthAt = (discountRatePerYear: number) =>
          run({ ...input, discountRatePerYear }).options[1]?.investment?.netPresentValueUsd ?? Number.NaN
        // A root is known to a few spacings of doubles, and its flows to the digits that rounding leaves their sum.
        const step = 1e-6 * (1 + rate)
        const slope = Math.abs(worthAt(rate + step) - worthAt(rate - step)) / (2 * step)
        const spacing = Number.EPSILON * (1 + Math.abs(rate))
        const lostToRounding = 1e-13
        const bar =
          16 * slope * spacing + 2 * lostToRounding * movedUsd({ ...input, discountRatePerYear: rate })
        expect(Math.abs(worthAt(rate))).toBeLessThanOrEqual(bar)
      }),
      { numRuns: 200 },
    )
  })

  test('the equivalent annual cost, discounted, is the net present cost', () => {
    fc.assert(
      fc.property(caseInput, (input) => {
        const [first] = run(input).options
        const years = input.months / 12
        const annuity = (1 - (1 + input.discountRatePerYear) ** -years) / input.discountRatePerYear
        const size = Math.abs(first?.netPresentCostUsd ?? 0) + 1
        expect(
          Math.abs((first?.equivalentAnnualCostUsd ?? 0) * annuity - (first?.netPresentCostUsd ?? 0)) / size,
        ).toBeLessThan(1e-9)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a deferred tax', () => {
  test('arises under MACRS and is gone at the closing', () => {
    const lines = [{ ...server, taxDepreciation: 'macrs-5' }]
    const views = option(
      { ...terms, taxRate: 0.21, views: 'year', options: [{ name: 'buy', lines }] },
      'buy',
    ).views
    expect(views?.[2]?.balance.deferredTaxUsd).toBeCloseTo(0.21 * (285_000 * 0.52 - 2 * 57_000), 2)
    expect(views?.[4]?.balance.deferredTaxUsd).toBe(0)
  })
})

describe('rent bands', () => {
  const rent = { kind: 'gpu-rent', name: 'rent', gpuCount: 8, usdPerGpuHour: 2 }
  const rented = (line: object) => option({ ...terms, options: [{ name: 'rent', lines: [line] }] }, 'rent')

  test('flat in the middle, with the band of 2026 unless one is given', () => {
    const { netPresentCostUsd, rentBand } = rented(rent)
    expect(netPresentCostUsd).toBeCloseTo(8 * 2 * 730 * 12 * ((1 - 1.1 ** -4) / 0.1), 4)
    expect(rentBand?.lowUsd).toBeCloseTo(rented({ ...rent, changePerYear: -0.1 }).netPresentCostUsd, 4)
    expect(rentBand?.highUsd).toBeCloseTo(rented({ ...rent, changePerYear: 0.07 }).netPresentCostUsd, 4)
  })
})

describe('bad input is named with what is accepted', () => {
  const refused: readonly [string, object, RegExp][] = [
    ['a horizon of 0 months', { ...terms, months: 0 }, /months: 0 must be at least 1/],
    ['a horizon of a million months', { ...terms, months: 1e6 }, /months: 1000000 must be at most 600/],
    [
      'a discount rate below -100%',
      { ...terms, discountRatePerYear: -1.5 },
      /discountRatePerYear: -1.5 must be at least -0.99/,
    ],
    [
      'ten times cheaper a year on one model',
      { ...terms, options: [api({ scenario: 'trend', changePerYear: -0.9 })] },
      /one model's price does not fall so fast.*switch-model/,
    ],
    ['tokens without a volume', { ...terms, volume: undefined }, /volume is missing/],
    ['a baseline that is no option', { ...terms, baseline: 'bye' }, /Did you mean "buy"/],
    ['two options of one name', { ...terms, options: [buy, buy] }, /the name of two options/],
    [
      'a loan beyond the horizon',
      {
        ...terms,
        options: [
          { name: 'buy', lines: [{ ...server, loan: { shareOfPrice: 1, ratePerYear: 0.1, months: 60 } }] },
        ],
      },
      /reaches month 60, after the horizon's 48 months/,
    ],
    [
      'seasons that change the volume',
      { ...terms, volume: { millionTokensPerMonth: 1, seasonality: Array(12).fill(2) } },
      /must average 1/,
    ],
  ]
  test.each(refused)('%s', (_name, change, sentence) => {
    const input = { options: [api(), buy], ...change }
    expect(() => run(input)).toThrow(InputProblem)
    expect(() => run(input)).toThrow(sentence)
  })
})
