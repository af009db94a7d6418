import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { answer, prepare } from '../../../../model/calculation.ts'
import { outcomeOf, type Task, usdPerSuccess } from '../../../../model/finance/outcome/task.ts'
import { taskCost } from '../../../../model/finance/outcome/task-cost.ts'
import { wilsonInterval } from '../../../../model/finance/outcome/wilson.ts'

const run = (input: unknown) => answer(taskCost, prepare(taskCost, input), bundledFacts('2026-11-25'))
const ratio = fc.integer({ min: 1, max: 1000 }).map((part) => part / 1000)
const usd = fc.integer({ min: 0, max: 10_000 }).map((cents) => cents / 100)
const task: fc.Arbitrary<Task> = fc.record({
  usdPerAttempt: usd,
  maximumAttempts: fc.integer({ min: 1, max: 20 }),
  escalationUsd: usd,
  escalationSuccessRatio: fc.option(ratio),
  reviewRatio: ratio,
  reviewUsd: usd,
})

describe('Wilson interval', () => {
  test.each([
    ['R. G. Newcombe, Statistics in Medicine 17, 1998, table I: 81 of 263', 81, 263, 0.2553, 0.3662],
    ['the same: 15 of 148', 15, 148, 0.0624, 0.1605],
    ['the same: 0 of 20', 0, 20, 0, 0.1611],
    ['the same: 1 of 29', 1, 29, 0.0061, 0.1718],
  ])('%s', (_source, passes, cases, low, high) => {
    const found = wilsonInterval({ passes, cases, confidence: 0.95 })
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  })
})

describe('laws', () => {
  test('attempts and success are those of trying one attempt after the other', () => {
    fc.assert(
      fc.property(ratio, task, (p, of) => {
        let [attempts, reached] = [0, 1]
        for (let attempt = 1; attempt <= of.maximumAttempts; attempt++) {
          attempts += reached
          reached *= 1 - p
        }
        const found = outcomeOf(p, of)
        expect(found.attempts).toBeCloseTo(attempts, 9)
        expect(found.successRatio).toBeCloseTo(1 - reached + reached * (of.escalationSuccessRatio ?? 0), 12)
      }),
    )
  })

  test('at the break-even success rate both cost the same, and the cheaper side changes there', () => {
    fc.assert(
      fc.property(ratio, usd, (p, escalationUsd) => {
        const input = { usdPerAttempt: 0.02, maximumAttempts: 2, escalationUsd: escalationUsd + 1 }
        const alternativeUsdPerSuccess = Number(run({ ...input, successRatio: p }).value)
        const { result } = run({ ...input, successRatio: 0.5, alternativeUsdPerSuccess })
        const { breakEvenSuccessRatio } = result as { breakEvenSuccessRatio: number | null }
        if (p === 1) return
        expect(breakEvenSuccessRatio).toBeCloseTo(p, 6)
        const at = (successRatio: number) => Number(run({ ...input, successRatio }).value)
        expect(at(p - 0.0009)).toBeGreaterThan(alternativeUsdPerSuccess)
        expect(at(p + 0.0009 * (1 - p))).toBeLessThan(alternativeUsdPerSuccess)
      }),
    )
  })

  test('doubling every price doubles the cost', () => {
    fc.assert(
      fc.property(ratio, task, (p, of) => {
        const twice = {
          ...of,
          usdPerAttempt: of.usdPerAttempt * 2,
          escalationUsd: of.escalationUsd * 2,
          reviewUsd: of.reviewUsd * 2,
        }
        expect(usdPerSuccess(p, twice)).toBeCloseTo(2 * usdPerSuccess(p, of), 6)
      }),
    )
  })
})

describe('an evaluation of your own', () => {
  test('gives the rate, its interval, and a band of the cost', () => {
    const { result, interval, value } = run({ usdPerAttempt: 1, passes: 80, cases: 100 })
    expect(value).toBeCloseTo(1.25, 12)
    expect(result).toMatchObject({ attemptSuccessRatio: 0.8 })
    const { low, high } = wilsonInterval({ passes: 80, cases: 100, confidence: 0.8 })
    expect(interval).toEqual({ p10: 1 / high, p50: 1.25, p90: 1 / low })
  })

  test('of too few cases is said to be so', () => {
    expect(run({ usdPerAttempt: 1, passes: 8, cases: 10 }).assumptions.at(-1)?.because).toMatch(
      /^Too few cases/,
    )
    const many = run({ usdPerAttempt: 1, passes: 8000, cases: 10_000 })
    expect(many.assumptions.at(-1)?.because).not.toMatch(/^Too few cases/)
  })

  test('a task that never succeeds has no cost, with the reason', () => {
    const { value, assumptions } = run({ usdPerAttempt: 1, successRatio: 0 })
    expect(value).toBeNull()
    expect(assumptions.at(-1)?.because).toMatch(/No task ever succeeds/)
  })

  test.each([
    [{}, /successRatio is missing.*a parameter count says nothing/],
    [{ passes: 3 }, /cases is missing/],
    [{ passes: 3, cases: 2 }, /3 cannot exceed cases \(2\)/],
    [{ passes: 1, cases: 2, successRatio: 0.5 }, /not both/],
  ])('%j is refused with what is accepted', (given, sentence) => {
    expect(() => run({ usdPerAttempt: 1, ...given })).toThrow(sentence)
  })
})
