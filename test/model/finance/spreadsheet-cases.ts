import fc from 'fast-check'
import {
  interestPart,
  payment,
  periodCount,
  periodicRate,
  principalPart,
} from '../../../model/finance/annuity.ts'
import {
  chargeBetween,
  decliningBalance,
  fixedDecliningBalance,
  straightLine,
  sumOfYearsDigits,
  switchingDecliningBalance,
} from '../../../model/finance/depreciation.ts'
import { datedNetPresentValue, netPresentValue } from '../../../model/finance/present-value.ts'
import {
  datedInternalRateOfReturn,
  internalRateOfReturn,
  modifiedRateOfReturn,
  type RateOfReturn,
} from '../../../model/finance/rate-of-return.ts'

/** A formula in OpenFormula's spelling, and what this project's own function gives for the same input. */
export interface SpreadsheetCase {
  readonly formula: string
  readonly ours: number
}

const rate = fc.integer({ min: -300, max: 900 }).map((thousandths) => thousandths / 1000)
const positiveRate = fc.integer({ min: 1, max: 400 }).map((thousandths) => thousandths / 1000)
const usd = fc.integer({ min: 1, max: 5_000_000 }).map((cents) => cents / 100)
const signedUsd = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((cents) => cents / 100)
const flows = fc.array(signedUsd, { minLength: 1, maxLength: 12 })
const periods = fc.integer({ min: 2, max: 120 })
const flag = fc.boolean()
/** An outlay, then receipts: one change of sign, so one rate at most. */
const investment = fc
  .tuple(usd, fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 2, maxLength: 10 }))
  .map(([outlay, percents]) => [-outlay, ...percents.map((percent) => (outlay * percent) / 100)])
const asset = fc
  .record({ cost: usd, kept: fc.integer({ min: 1, max: 90 }), lifeYears: fc.integer({ min: 1, max: 12 }) })
  .map(({ cost, kept, lifeYears }) => ({ costUsd: cost, salvageUsd: (cost * kept) / 100, lifeYears }))

const firstDay = Date.UTC(2026, 0, 1)
const millisecondsPerDay = 86_400_000
const dayZeroOfSheets = Date.UTC(1899, 11, 30)
const dated = investment.chain((amounts) =>
  fc
    .array(fc.integer({ min: 20, max: 700 }), {
      minLength: amounts.length - 1,
      maxLength: amounts.length - 1,
    })
    .map((gaps) =>
      amounts.map((amount, index) => {
        const days = gaps.slice(0, index).reduce((total, gap) => total + gap, 0)
        const at = firstDay + days * millisecondsPerDay
        return {
          date: new Date(at).toISOString().slice(0, 10),
          serial: (at - dayZeroOfSheets) / millisecondsPerDay,
          usd: amount,
        }
      }),
    ),
)
type Dated = { readonly date: string; readonly serial: number; readonly usd: number }

const list = (numbers: readonly number[]): string => `{${numbers.join(';')}}`
const datedArguments = (all: readonly Dated[]): string =>
  `${list(all.map((flow) => flow.usd))};${list(all.map((flow) => flow.serial))}`
const bit = (truth: boolean): number => (truth ? 1 : 0)
const inYears = (amounts: readonly number[]) => amounts.map((amount, years) => ({ years, usd: amount }))

export const only = (found: RateOfReturn): number => {
  if (found.kind !== 'one') throw new Error(`Expected one rate, found ${found.kind}.`)
  return found.rate
}

const loan = fc.record({
  ratePerPeriod: positiveRate.map((yearly) => yearly / 12),
  periods,
  presentUsd: signedUsd,
  futureUsd: signedUsd,
  payAtStart: flag,
})
const period = (count: number) => fc.integer({ min: 1, max: count })

/** One arbitrary case of each function. */
const functions: Readonly<Record<string, fc.Arbitrary<SpreadsheetCase>>> = {
  NPV: fc.tuple(rate, flows).map(([ratePerPeriod, amounts]) => ({
    formula: `NPV(${ratePerPeriod};${amounts.join(';')})`,
    ours: netPresentValue({ ratePerPeriod, flows: amounts }),
  })),
  XNPV: fc.tuple(positiveRate, dated).map(([ratePerYear, all]) => ({
    formula: `XNPV(${ratePerYear};${datedArguments(all)})`,
    ours: datedNetPresentValue({ ratePerYear, flows: all }),
  })),
  IRR: investment.map((amounts) => ({
    formula: `IRR(${list(amounts)};${roundedGuess(only(internalRateOfReturn(amounts)))})`,
    ours: only(internalRateOfReturn(amounts)),
  })),
  XIRR: dated.map((all) => ({
    formula: `XIRR(${datedArguments(all)};${roundedGuess(only(datedInternalRateOfReturn(all)))})`,
    ours: only(datedInternalRateOfReturn(all)),
  })),
  MIRR: fc.tuple(investment, positiveRate, positiveRate).map(([amounts, financeRate, reinvestRate]) => ({
    formula: `MIRR(${list(amounts)};${financeRate};${reinvestRate})`,
    ours: modifiedRateOfReturn({ flows: inYears(amounts), financeRate, reinvestRate }) ?? Number.NaN,
  })),
  PMT: loan.map((of) => ({
    formula: `PMT(${of.ratePerPeriod};${of.periods};${of.presentUsd};${of.futureUsd};${bit(of.payAtStart)})`,
    ours: payment(of),
  })),
  IPMT: loan.chain((of) =>
    period(of.periods).map((at) => ({
      formula: `IPMT(${of.ratePerPeriod};${at};${of.periods};${of.presentUsd};${of.futureUsd};${bit(of.payAtStart)})`,
      ours: interestPart({ ...of, period: at }),
    })),
  ),
  PPMT: loan.chain((of) =>
    period(of.periods).map((at) => ({
      formula: `PPMT(${of.ratePerPeriod};${at};${of.periods};${of.presentUsd};${of.futureUsd};${bit(of.payAtStart)})`,
      ours: principalPart({ ...of, period: at }),
    })),
  ),
  NPER: fc.tuple(loan, fc.integer({ min: 101, max: 400 })).map(([of, percent]) => {
    const presentUsd = Math.abs(of.presentUsd) + 1
    const paymentUsd = (-presentUsd * of.ratePerPeriod * percent) / 100
    return {
      formula: `NPER(${of.ratePerPeriod};${paymentUsd};${presentUsd};0;${bit(of.payAtStart)})`,
      ours: periodCount({ ...of, presentUsd, paymentUsd, futureUsd: 0 }) ?? Number.NaN,
    }
  }),
  RATE: fc.tuple(periods, usd, fc.integer({ min: 101, max: 250 })).map(([count, presentUsd, percent]) => {
    const paymentUsd = -(presentUsd * percent) / 100 / count
    const ours = only(periodicRate({ periods: count, paymentUsd, presentUsd }))
    return { formula: `RATE(${count};${paymentUsd};${presentUsd};0;0;${roundedGuess(ours, 100)})`, ours }
  }),
  SLN: asset.map((of) => ({
    formula: `SLN(${of.costUsd};${of.salvageUsd};${of.lifeYears})`,
    ours: straightLine(of)[0] ?? Number.NaN,
  })),
  SYD: asset.chain((of) =>
    period(of.lifeYears).map((year) => ({
      formula: `SYD(${of.costUsd};${of.salvageUsd};${of.lifeYears};${year})`,
      ours: sumOfYearsDigits(of)[year - 1] ?? Number.NaN,
    })),
  ),
  DB: fc.tuple(asset, fc.integer({ min: 1, max: 12 })).chain(([of, monthsInFirstYear]) =>
    period(of.lifeYears + bit(monthsInFirstYear < 12)).map((year) => ({
      formula: `DB(${of.costUsd};${of.salvageUsd};${of.lifeYears};${year};${monthsInFirstYear})`,
      ours: fixedDecliningBalance({ ...of, monthsInFirstYear })[year - 1] ?? Number.NaN,
    })),
  ),
  DDB: fc.tuple(asset, fc.constantFrom(1, 1.5, 2, 3)).chain(([of, factor]) =>
    period(of.lifeYears).map((year) => ({
      formula: `DDB(${of.costUsd};${of.salvageUsd};${of.lifeYears};${year};${factor})`,
      ours: decliningBalance({ ...of, factor })[year - 1] ?? Number.NaN,
    })),
  ),
  VDB: fc
    .tuple(asset, fc.constantFrom(1, 1.5, 2, 3), fc.nat(40), fc.nat(40), flag)
    .map(([of, factor, one, other, switches]) => {
      const [startYear = 0, endYear = 0] = [one, other]
        .map((part) => (of.lifeYears * part) / 40)
        .sort((a, b) => a - b)
      const charges = (switches ? switchingDecliningBalance : decliningBalance)({ ...of, factor })
      return {
        formula: `VDB(${of.costUsd};${of.salvageUsd};${of.lifeYears};${startYear};${endYear};${factor};${switches ? 'FALSE' : 'TRUE'}())`,
        ours: chargeBetween(charges, { startYear, endYear }),
      }
    }),
}

/** A start value near the rate: spreadsheets search from one, and it is not their search that is compared here. */
const roundedGuess = (found: number, parts = 10): number => Math.max(-0.9, Math.round(found * parts) / parts)

/** The same cases on every run. */
export const generatedCases = (
  perFunction: number,
): readonly (readonly [string, readonly SpreadsheetCase[]])[] =>
  Object.entries(functions).map(([name, arbitrary]) => [
    name,
    fc.sample(arbitrary, { seed: 20261125, numRuns: perFunction }),
  ])
