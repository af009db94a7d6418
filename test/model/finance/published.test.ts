import { expect, test } from 'vitest'
import { z } from 'zod'
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
import { type MacrsClass, macrsHalfYear } from '../../../model/finance/macrs.ts'
import { datedNetPresentValue, netPresentValue } from '../../../model/finance/present-value.ts'
import {
  datedInternalRateOfReturn,
  internalRateOfReturn,
  modifiedRateOfReturn,
} from '../../../model/finance/rate-of-return.ts'
import published from '../../cases/finance-functions.json' with { type: 'json' }
import { only } from './spreadsheet-cases.ts'

const number = z.number()
const annuity = z.object({
  ratePerPeriod: number,
  periods: number,
  presentUsd: number,
  payAtStart: z.boolean().default(false),
})
const flows = z.object({ flows: z.array(number) })
const dated = z.object({
  flows: z.array(z.tuple([z.string(), number]).transform(([date, usd]) => ({ date, usd }))),
})
const charge = z.object({ costUsd: number, salvageUsd: number, lifeYears: number, year: number.default(1) })
const factor = z.object({ factor: number.default(2) })
const inYear = (charges: readonly number[], year: number) => charges[year - 1]

const functions: Readonly<Record<string, (input: unknown) => unknown>> = {
  NPV: (input) => netPresentValue(flows.extend({ ratePerPeriod: number }).parse(input)),
  XNPV: (input) => datedNetPresentValue(dated.extend({ ratePerYear: number }).parse(input)),
  XIRR: (input) => only(datedInternalRateOfReturn(dated.parse(input).flows)),
  IRR: (input) => only(internalRateOfReturn(flows.parse(input).flows)),
  MIRR: (input) => {
    const { flows: usd, ...rates } = flows.extend({ financeRate: number, reinvestRate: number }).parse(input)
    return modifiedRateOfReturn({ flows: usd.map((each, years) => ({ years, usd: each })), ...rates })
  },
  PMT: (input) => payment(annuity.parse(input)),
  IPMT: (input) => interestPart(annuity.extend({ period: number }).parse(input)),
  PPMT: (input) => principalPart(annuity.extend({ period: number }).parse(input)),
  NPER: (input) =>
    periodCount(
      annuity.omit({ periods: true }).extend({ paymentUsd: number, futureUsd: number }).parse(input),
    ),
  RATE: (input) =>
    only(periodicRate(annuity.omit({ ratePerPeriod: true }).extend({ paymentUsd: number }).parse(input))),
  SLN: (input) => straightLine(charge.parse(input))[0],
  SYD: (input) => inYear(sumOfYearsDigits(charge.parse(input)), charge.parse(input).year),
  DB: (input) => {
    const { year, ...asset } = charge.extend({ monthsInFirstYear: number }).parse(input)
    return inYear(fixedDecliningBalance(asset), year)
  },
  DDB: (input) => {
    const { year, ...asset } = charge.extend(factor.shape).parse(input)
    return inYear(decliningBalance(asset), year)
  },
  VDB: (input) => {
    const { startYear, endYear, ...asset } = charge
      .extend({ ...factor.shape, startYear: number, endYear: number })
      .parse(input)
    return chargeBetween(switchingDecliningBalance(asset), { startYear, endYear })
  },
  MACRS: (input) => {
    const { year, ...asset } = z
      .object({ costUsd: number, recoveryYears: z.custom<MacrsClass>(), year: number })
      .parse(input)
    return inYear(macrsHalfYear(asset), year)
  },
}

test.each(published.map((row) => [row.source, row] as const))('%s', (_source, row) => {
  const found = functions[row.function]?.(row.input)
  expect(Math.abs(Number(found) - row.expected)).toBeLessThanOrEqual(row.tolerance)
})
