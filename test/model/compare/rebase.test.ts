import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { comparisonOf } from '../../../model/compare/comparison.ts'
import { rebaseOf } from '../../../model/compare/rebase.ts'

const facts = bundledFacts('2026-11-25')
const settings = { plannedUtilisation: 0.8, hoursPerMonth: 730, horizonMonths: 36 }

/** An API and a rented GPU, at given prices. */
const at = ({ input, output, rent }: { input: number; output: number; rent: number }) =>
  comparisonOf(
    {
      workload: {
        from: 'tokens',
        tokensPerMonth: 1_000_000_000,
        inputTokensPerRequest: 1000,
        outputTokensPerRequest: 250,
      },
      options: [
        { kind: 'token-api', name: 'API', usdPerMillionInput: input, usdPerMillionOutput: output },
        {
          kind: 'rented-gpus',
          name: 'rented',
          gpu: 'h100-sxm-80gb',
          usdPerGpuHour: rent,
          outputTokensPerSecond: 900,
        },
      ],
      settings,
    },
    facts,
  ).result

const price = fc.double({ min: 0.01, max: 50, noNaN: true })
const prices = fc.record({ input: price, output: price, rent: price })

describe('rebase', () => {
  test('the differences of the lines add up to that of their option, and those to the difference of the costs', () => {
    fc.assert(
      fc.property(prices, prices, (then, now) => {
        const [before, after] = [at(then), at(now)]
        for (const option of rebaseOf(before, after).options) {
          const sum = option.lines.reduce((total, line) => total + line.differenceUsdPerMonth, 0)
          const scale = Math.abs(option.usdPerMonthThen ?? 0) + Math.abs(option.usdPerMonthNow ?? 0)
          expect(Math.abs(sum - option.differenceUsdPerMonth)).toBeLessThanOrEqual(1e-12 * scale)
          expect(option.differenceUsdPerMonth).toBe(
            (option.usdPerMonthNow ?? 0) - (option.usdPerMonthThen ?? 0),
          )
        }
      }),
    )
  })

  test('the same prices move nothing', () => {
    const same = at({ input: 1, output: 3, rent: 2 })
    const { isSameVerdict, options } = rebaseOf(same, same)
    expect(isSameVerdict).toBe(true)
    expect(options.map(({ differenceUsdPerMonth }) => differenceUsdPerMonth)).toEqual([0, 0])
  })

  test('an option that is gone counts as nothing now, and is said to be unknown', () => {
    const before = at({ input: 1, output: 3, rent: 2 })
    const after = { ...before, options: before.options.slice(0, 1) }
    const gone = rebaseOf(before, after).options[1]
    expect(gone).toMatchObject({ usdPerMonthNow: null, usdPerMonthThen: before.options[1]?.usdPerMonth })
  })
})
