import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { answer, prepare } from '../../../../model/calculation.ts'
import { evaluation } from '../../../../model/finance/outcome/evaluation.ts'
import { wilsonInterval } from '../../../../model/finance/outcome/wilson.ts'

const ask = (input: unknown) => answer(evaluation, prepare(evaluation, input), bundledFacts('2026-11-25'))
const groupsOf = (input: unknown) => evaluation.output.parse(ask(input).result).groups
const rows = (passes: number, fails: number, model = 'm') =>
  [...Array(passes).fill('pass'), ...Array(fails).fill('fail')].map(
    (result, at) => `${at},${model},${result}`,
  )
const csv = (...all: string[]) => ['case,model,result', ...all].join('\n')

describe('an evaluation from a CSV', () => {
  test('81 of 263 is 0.2553 to 0.3662 (R. G. Newcombe, Statistics in Medicine 17, 1998, table I)', () => {
    const [all] = groupsOf({ csv: csv(...rows(81, 182)) })
    expect(all).toMatchObject({ name: 'all', cases: 263, passes: 81 })
    expect(all?.lowSuccessRatio).toBeCloseTo(0.2553, 4)
    expect(all?.highSuccessRatio).toBeCloseTo(0.3662, 4)
  })

  test('each model has its own rate, and what has too few cases is said to', () => {
    const input = { csv: csv(...rows(9, 1, 'small'), ...rows(1800, 200, 'large')), groupColumn: 'Model' }
    expect(groupsOf(input).map(({ name, isEnough }) => [name, isEnough])).toEqual([
      ['small', false],
      ['large', true],
    ])
    const { assumptions } = ask(input)
    const said = assumptions.filter(({ because }) => because.startsWith('Too few cases of "small"'))
    expect(said).toHaveLength(1)
  })

  test('as many cases as are asked for narrow the interval so far, at any rate of success', () => {
    for (const passes of [0, 1, 3, 5, 8, 10]) {
      const [few] = groupsOf({ csv: csv(...rows(passes, 10 - passes)) })
      const cases = few?.casesForEnough ?? 0
      const width = (of: number) => {
        const { low, high } = wilsonInterval({ passes: (of * passes) / 10, cases: of, confidence: 0.95 })
        return high - low
      }
      expect(width(cases)).toBeLessThanOrEqual(0.1)
      expect(width(cases - 1)).toBeGreaterThan(0.1)
    }
  })

  test.each([
    ['case,verdict\n1,pass\n', {}, /none of its columns \(case, verdict\) says pass or fail/],
    [
      'case,verdict\n1,pass\n',
      { resultColumn: 'verdct' },
      /there is no column "verdct". Did you mean "verdict"/,
    ],
    [
      'case,result\n1,pass\n2,maybe\n',
      {},
      /line 3, result: "maybe" is neither pass nor fail; accepted: pass/,
    ],
    ['case,result\n', {}, /a header and no case/],
    ['case,result\n1,pass\n', { groupColumn: 'model' }, /there is no column "model"/],
  ])('%j is refused with what is accepted', (text, more, sentence) => {
    expect(() => ask({ csv: text, ...more })).toThrow(sentence)
  })

  test('a hundred thousand cases are read', () => {
    const text = csv(...rows(90_000, 10_000))
    expect(ask({ csv: text }).value).toBe(0.9)
  })
})
