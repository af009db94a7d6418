import fc from 'fast-check'
import { bookMethods } from '../../../model/finance/case-lines.ts'
import { settlements } from '../../../model/finance/horizon.ts'
import { lossRules } from '../../../model/finance/tax.ts'

/** Amounts in cents and small parts: a fraction of 1e-300 is nobody's price. */
const parts = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((part) => part / 100)
const usd = parts(1e6)
const change = fc.integer({ min: -30, max: 60 }).map((percent) => percent / 100)
const interest = fc.integer({ min: 0, max: 30 }).map((percent) => percent / 100)

const lineWithin = (months: number) => {
  const month = fc.integer({ min: 1, max: months })
  const price = fc.oneof(
    fc.constant({ scenario: 'hold' }),
    fc.record({
      scenario: fc.constant('step-cut'),
      month,
      remainingRatio: parts(1),
    }),
    fc.record({
      scenario: fc.constant('switch-model'),
      month,
      usdPerMillionTokens: parts(50),
      migrationUsd: usd,
    }),
    fc.record({
      scenario: fc.constant('expected-rise'),
      probabilityPerYear: parts(1),
      riseRatio: parts(2),
    }),
    fc.record({
      scenario: fc.constant('trend'),
      changePerYear: change,
      steps: fc.constantFrom('yearly', 'monthly'),
    }),
  )
  const loan = fc.record({
    shareOfPrice: parts(1).map((share) => Math.max(share, 0.01)),
    ratePerYear: interest,
    months: month,
  })
  return fc.oneof(
    fc.record({
      kind: fc.constant('recurring'),
      name: fc.constant('running'),
      usdPerMonth: usd,
      fromMonth: month,
    }),
    fc.record({
      kind: fc.constant('staff'),
      name: fc.constant('staff'),
      fullTimeEquivalents: parts(9),
      usdPerYear: usd,
      headcountGrowthPerYear: change,
      changePerYear: change,
    }),
    fc.record({
      kind: fc.constant('tokens'),
      name: fc.constant('tokens'),
      usdPerMillionTokens: parts(50),
      price,
    }),
    fc.record({
      kind: fc.constant('gpu-rent'),
      name: fc.constant('rent'),
      gpuCount: fc.integer({ min: 0, max: 64 }),
      usdPerGpuHour: parts(20),
    }),
    fc.record({
      kind: fc.constant('once'),
      name: fc.constant('migration'),
      usd,
      month: fc.integer({ min: 0, max: months }),
    }),
    fc.record({
      kind: fc.constant('periodic'),
      name: fc.constant('evaluation'),
      usd,
      everyMonths: month,
      firstMonth: month,
    }),
    fc.record({
      kind: fc.constant('provisioned'),
      name: fc.constant('units'),
      usdPerUnitMonth: parts(1e4),
      millionTokensPerUnitMonth: parts(1e4).map((each) => each + 1),
      shareOfVolume: parts(1),
      minimumUnits: fc.integer({ min: 1, max: 20 }),
      unitStep: fc.integer({ min: 1, max: 10 }),
      termMonths: month,
    }),
    fc.record(
      {
        kind: fc.constant('purchase'),
        name: fc.constant('server'),
        usd,
        resaleUsd: usd,
        lifeYears: fc.integer({ min: 1, max: 10 }),
        accounting: fc.constantFrom('capex', 'opex'),
        depreciation: fc.constantFrom(...bookMethods),
        taxDepreciation: fc.constantFrom('as-in-the-accounts', 'macrs-3', 'macrs-5', 'macrs-7'),
        loan,
      },
      { requiredKeys: ['kind', 'name', 'usd', 'resaleUsd', 'lifeYears'] },
    ),
    fc.record({
      kind: fc.constant('lease'),
      name: fc.constant('lease'),
      usd,
      residualUsd: fc.constant(0),
      ratePerYear: interest,
      months: month,
      accounting: fc.constantFrom('finance', 'operating'),
    }),
  )
}

/** A valid input of `business-case`, with two options of a few lines of every kind. */
export const caseInput = fc.integer({ min: 1, max: 60 }).chain((months) => {
  const lines = fc
    .tuple(fc.array(lineWithin(months), { minLength: 1, maxLength: 5 }), fc.option(usd))
    .map(([some, usdPerMonth]) => {
      const tokens = some.find(({ kind }) => kind === 'tokens')
      return usdPerMonth === null || !tokens
        ? some
        : [...some, { ...tokens, kind: 'committed-spend', name: 'commitment', usdPerMonth }]
    })
  return fc.record({
    months: fc.constant(months),
    options: fc.tuple(lines, lines).map(([first, second]) => [
      { name: 'first', lines: first },
      { name: 'second', lines: second },
    ]),
    discountRatePerYear: fc.integer({ min: 1, max: 40 }).map((percent) => percent / 100),
    volume: fc.record({
      millionTokensPerMonth: parts(1e4),
      growthPerYear: change,
      launchMonth: fc.integer({ min: 1, max: months }),
    }),
    settlement: fc.constantFrom(...settlements),
    inflationPerYear: change,
    taxRate: fc.integer({ min: 0, max: 40 }).map((percent) => percent / 100),
    taxLosses: fc.constantFrom(...lossRules),
  })
})
