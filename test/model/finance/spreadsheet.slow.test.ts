import { expect, test } from 'vitest'
import { payment, periodCount, periodicRate } from '../../../model/finance/annuity.ts'
import {
  internalRateOfReturn,
  modifiedRateOfReturn,
  type RateOfReturn,
} from '../../../model/finance/rate-of-return.ts'
import { describeWith } from '../../needs.ts'
import { type Cell, computedByLibreOffice } from './libre-office.ts'
import { generatedCases, only, type SpreadsheetCase } from './spreadsheet-cases.ts'

const generated = generatedCases(20)

describeWith('LibreOffice', 'LibreOffice gives the same', () => {
  const cases = generated.flatMap(([, all]) => all)
  const answers = computedByLibreOffice(
    [...cases, ...awkward(), ...differences()].map(({ formula }) => formula),
  )
  const answerOf = new Map(
    [...cases, ...awkward(), ...differences()].map(({ formula }, index) => [formula, answers[index]]),
  )

  test('at least 200 generated cases', () => expect(cases.length).toBeGreaterThanOrEqual(200))

  test.each(generated)('%s, to 1e-9', (_name, all) => {
    for (const one of all) expectSame(one, answerOf.get(one.formula))
  })

  test.each(awkward().map((one) => [one.formula, one] as const))('%s', (formula, one) => {
    expectSame(one, answerOf.get(formula))
  })

  test.each(differences().map((one) => [`${one.formula}: ${one.because}`, one] as const))(
    'but for %s',
    (_name, { formula, theirs, ours, expected }) => {
      const answered = answerOf.get(formula)
      expect(ours).toMatchObject(expected)
      if (typeof theirs === 'string') expect(answered).toBe(theirs)
      else expect(answered).toBeCloseTo(theirs, 9)
    },
  )
})

/** Their file format keeps 15 digits, so a figure near nothing is compared to the size of the question's cents. */
const leastDifference = 1e-9

function expectSame({ formula, ours }: SpreadsheetCase, theirs: Cell | undefined) {
  if (typeof theirs !== 'number')
    throw new Error(`${formula}: ours ${ours}, theirs ${JSON.stringify(theirs)}`)
  const tolerance = Math.max(1e-9 * Math.abs(theirs), leastDifference)
  if (!(Math.abs(ours - theirs) <= tolerance)) throw new Error(`${formula}: ours ${ours}, theirs ${theirs}`)
}

function awkward(): SpreadsheetCase[] {
  const quarter = { periods: 36, presentUsd: 285_000 }
  return [
    { formula: 'PMT(0.08/12;36;285000)', ours: payment({ ...quarter, ratePerPeriod: 0.08 / 12 }) },
    { formula: 'PMT(0;36;285000)', ours: payment({ ...quarter, ratePerPeriod: 0 }) },
    { formula: 'PMT(1E-9;36;285000)', ours: payment({ ...quarter, ratePerPeriod: 1e-9 }) },
    { formula: 'PMT(-0.01;36;285000)', ours: payment({ ...quarter, ratePerPeriod: -0.01 }) },
    {
      formula: 'NPER(0;-100;1000)',
      ours: periodCount({ ratePerPeriod: 0, paymentUsd: -100, presentUsd: 1000 }) ?? 0,
    },
    {
      formula: 'RATE(10;-100;1000)',
      ours: only(periodicRate({ periods: 10, paymentUsd: -100, presentUsd: 1000 })),
    },
    {
      formula: 'RATE(14;-8749.9755;49999.86;0;0;0.15)',
      ours: only(periodicRate({ periods: 14, paymentUsd: -8749.9755, presentUsd: 49_999.86 })),
    },
    { formula: 'IRR({-100;50;50})', ours: only(internalRateOfReturn([-100, 50, 50])) },
    { formula: 'IRR({-100;20;20};-0.6)', ours: only(internalRateOfReturn([-100, 20, 20])) },
    {
      formula: 'MIRR({-100;60;60};0;0)',
      ours:
        modifiedRateOfReturn({
          flows: [-100, 60, 60].map((usd, years) => ({ years, usd })),
          financeRate: 0,
          reinvestRate: 0,
        }) ?? 0,
    },
  ]
}

interface Difference {
  readonly formula: string
  readonly theirs: Cell
  readonly ours: RateOfReturn
  readonly expected: Partial<RateOfReturn>
  readonly because: string
}

/** Where the two differ: what each says, and why ours stands. */
function differences(): Difference[] {
  const two = { kind: 'several', rates: [expect.closeTo(0.1, 9), expect.closeTo(0.2, 9)] } as const
  return [
    {
      formula: 'IRR({-100;230;-132})',
      theirs: 0.1,
      ours: internalRateOfReturn([-100, 230, -132]),
      expected: two,
      because: '10% and 20% both make these flows worth nothing; they give the one that their search meets',
    },
    {
      formula: 'IRR({-100;230;-132};0.3)',
      theirs: 0.2,
      ours: internalRateOfReturn([-100, 230, -132]),
      expected: two,
      because: 'the same flows from another start value; ours has none',
    },
    {
      formula: 'IRR({-100;1;1};-0.8)',
      theirs: -1.0951249219725,
      ours: internalRateOfReturn([-100, 1, 1]),
      expected: { kind: 'one', rate: expect.closeTo(-0.8948750780275, 9) },
      because: 'nobody can lose more than everything: a rate below -100% is no rate',
    },
    {
      formula: 'IRR({100;-200;150})',
      theirs: 'Err:523',
      ours: internalRateOfReturn([100, -200, 150]),
      expected: { kind: 'none' },
      because: 'no rate exists; they say that their search did not end',
    },
    {
      formula: 'RATE(14;-8749.9755;49999.86;0;0;0.02)',
      theirs: 'Err:523',
      ours: periodicRate({ periods: 14, paymentUsd: -8749.9755, presentUsd: 49_999.86 }),
      expected: { kind: 'one', rate: expect.closeTo(0.1503823080585, 9) },
      because: 'their search does not end from this start value, and finds our rate from 0.15',
    },
  ]
}
