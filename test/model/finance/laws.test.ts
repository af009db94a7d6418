import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  interestPart,
  payment,
  periodCount,
  periodicRate,
  principalPart,
} from '../../../model/finance/annuity.ts'
import {
  decliningBalance,
  straightLine,
  sumOfYearsDigits,
  switchingDecliningBalance,
} from '../../../model/finance/depreciation.ts'
import { macrsClasses, macrsHalfYear } from '../../../model/finance/macrs.ts'
import { netPresentValue, presentValue, timings } from '../../../model/finance/present-value.ts'
import { internalRateOfReturn, rateOfReturn } from '../../../model/finance/rate-of-return.ts'
import { rootBetween, zerosOf } from '../../../model/finance/roots.ts'
import { only } from './spreadsheet-cases.ts'

const usd = fc.integer({ min: -1e8, max: 1e8 }).map((cents) => cents / 100)
const rate = fc.double({ min: -0.5, max: 1, noNaN: true })

describe('present value', () => {
  test('at rate 0 it is the plain sum, whatever the timing', () => {
    fc.assert(
      fc.property(fc.array(usd), fc.constantFrom(...timings), (flows, timing) => {
        const sum = flows.reduce((total, flow) => total + flow, 0)
        expect(netPresentValue({ ratePerPeriod: 0, flows, timing })).toBeCloseTo(sum, 6)
      }),
    )
  })

  test('half a period later is worth half a period of discount less', () => {
    fc.assert(
      fc.property(fc.array(usd, { minLength: 1 }), rate, (flows, ratePerPeriod) => {
        const [end, middle, start] = timings.map((timing) =>
          netPresentValue({ ratePerPeriod, flows, timing }),
        )
        const size = flows.reduce((total, flow, k) => total + Math.abs(flow) * (1 + ratePerPeriod) ** -k, 1)
        const root = Math.sqrt(1 + ratePerPeriod)
        expect(Math.abs((end ?? 0) * root - (middle ?? 0)) / size).toBeLessThan(1e-12)
        expect(Math.abs((middle ?? 0) * root - (start ?? 0)) / size).toBeLessThan(1e-12)
      }),
    )
  })
})

describe('rate of return', () => {
  test('at every rate given, the flows are worth nothing', () => {
    fc.assert(
      fc.property(fc.array(usd, { minLength: 2, maxLength: 20 }), (amounts) => {
        const flows = amounts.map((amount, years) => ({ years, usd: amount }))
        const found = rateOfReturn(flows)
        const rates = found.kind === 'several' ? found.rates : found.kind === 'one' ? [found.rate] : []
        for (const each of rates) {
          const size = presentValue({
            ratePerYear: each,
            flows: flows.map((f) => ({ ...f, usd: Math.abs(f.usd) })),
          })
          expect(Math.abs(presentValue({ ratePerYear: each, flows })) / size).toBeLessThan(1e-11)
        }
      }),
    )
  })

  test('flows built from given rates give back exactly those rates', () => {
    const rates = fc.uniqueArray(fc.integer({ min: -8, max: 30 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(rates, (tenths) => {
        const wanted = tenths.map((tenth) => tenth / 10).toSorted((a, b) => a - b)
        const flows = wanted.reduce(
          (polynomial, each) =>
            polynomial.concat(0).map((c, k) => c * (1 + each) - (k > 0 ? (polynomial[k - 1] ?? 0) : 0)),
          [-1],
        )
        const found = internalRateOfReturn(flows.toReversed())
        const inverted = internalRateOfReturn(flows)
        expect([found.kind, inverted.kind]).not.toContain('none')
        const all = found.kind === 'several' ? found.rates : [only(found)]
        expect(all).toHaveLength(wanted.length)
        all.forEach((each, index) => {
          expect(each).toBeCloseTo(wanted[index] ?? Number.NaN, 6)
        })
      }),
    )
  })

  test('a rate that two roots share is found once', () => {
    expect(only(internalRateOfReturn([-1, 2.2, -1.21]))).toBeCloseTo(0.1, 6)
  })

  test('flows of one sign have no rate, and it is said', () => {
    expect(internalRateOfReturn([-1, -2])).toEqual({
      kind: 'none',
      because: 'Every flow is paid, so no rate makes them worth nothing.',
    })
  })
})

describe('roots', () => {
  test('a bracketed root is exact to the last digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (cube) => {
        const root = rootBetween({ of: (x) => x ** 3 - cube, low: 0, high: 20 })
        expect(Math.abs(root / Math.cbrt(cube) - 1)).toBeLessThan(1e-14)
      }),
    )
  })

  test('a sum of exponentials has no more zeros than changes of sign', () => {
    const term = fc.record({
      exponent: fc.integer({ min: 0, max: 900 }).map((part) => part / 100),
      coefficient: usd,
    })
    fc.assert(
      fc.property(fc.array(term, { maxLength: 12 }), (terms) => {
        const signs = terms
          .filter(({ coefficient }) => coefficient !== 0)
          .toSorted((a, b) => a.exponent - b.exponent)
          .map(({ coefficient }) => Math.sign(coefficient))
        const changes = signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length
        expect(zerosOf(terms, -9, 7).length).toBeLessThanOrEqual(changes)
      }),
    )
  })
})

describe('annuity', () => {
  const loan = fc.record({
    ratePerPeriod: fc.integer({ min: -20_000, max: 100_000 }).map((millionths) => millionths / 1e6),
    periods: fc.integer({ min: 1, max: 240 }),
    presentUsd: fc.double({ min: 1, max: 1e6, noNaN: true }),
    payAtStart: fc.boolean(),
  })

  test('the repayments add up to the loan, and each payment is interest and repayment', () => {
    fc.assert(
      fc.property(loan, (of) => {
        const all = Array.from({ length: of.periods }, (_, index) => ({ ...of, period: index + 1 }))
        const repaid = all.reduce((total, each) => total + principalPart(each), 0)
        expect(repaid / -of.presentUsd).toBeCloseTo(1, 7)
        for (const each of all) expect(interestPart(each) + principalPart(each)).toBeCloseTo(payment(of), 6)
      }),
    )
  })

  test('number of periods and rate undo the payment', () => {
    fc.assert(
      fc.property(loan, (of) => {
        fc.pre(of.ratePerPeriod !== 0 && of.periods > 1 && of.ratePerPeriod * of.periods < 5)
        const paymentUsd = payment(of)
        expect(periodCount({ ...of, paymentUsd })).toBeCloseTo(of.periods, 5)
        expect(only(periodicRate({ ...of, paymentUsd }))).toBeCloseTo(of.ratePerPeriod, 8)
      }),
    )
  })
})

describe('depreciation', () => {
  const asset = fc.record({
    costUsd: fc.double({ min: 1, max: 1e6, noNaN: true }),
    salvageUsd: fc.constant(0),
    lifeYears: fc.integer({ min: 1, max: 20 }),
  })
  const total = (charges: readonly number[]) => charges.reduce((sum, charge) => sum + charge, 0)

  test('straight line, sum of years and switching decline write off everything but the salvage value', () => {
    fc.assert(
      fc.property(asset, fc.double({ min: 0, max: 0.9, noNaN: true }), (of, kept) => {
        const kind = { ...of, salvageUsd: of.costUsd * kept }
        for (const method of [straightLine, sumOfYearsDigits, switchingDecliningBalance]) {
          expect(total(method(kind)) / (of.costUsd * (1 - kept))).toBeCloseTo(1, 9)
        }
        expect(total(decliningBalance(kind))).toBeLessThanOrEqual(of.costUsd * (1 - kept) * (1 + 1e-12))
      }),
    )
  })

  test.each(macrsClasses)('MACRS of %i years writes off the whole cost', (recoveryYears) => {
    expect(total(macrsHalfYear({ costUsd: 1e6, recoveryYears }))).toBeCloseTo(1e6, 4)
  })
})
