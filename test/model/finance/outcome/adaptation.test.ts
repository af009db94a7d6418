import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { answer, prepare } from '../../../../model/calculation.ts'
import { adaptation } from '../../../../model/finance/outcome/adaptation.ts'
import { AdaptationResult } from '../../../../model/finance/outcome/adaptation-fields.ts'

const ask = (input: unknown) => answer(adaptation, prepare(adaptation, input), bundledFacts('2026-11-25'))
const run = (input: unknown) => AdaptationResult.parse(ask(input).result)
const base = {
  requestsPerMonth: 200_000,
  inputTokens: 400,
  outputTokens: 300,
  usdPerMillionInput: 2,
  usdPerMillionOutput: 8,
  usdPerMillionCachedInput: 0.5,
  months: 10,
}
const plain = { kind: 'as-it-is', name: 'plain', onceUsd: 0, successRatio: 0.5 }
const prompted = {
  kind: 'prompting',
  name: 'prompted',
  onceUsd: 3000,
  addedInputTokens: 2000,
  cachedRatio: 0.75,
  successRatio: 0.7,
}
const retrieval = {
  kind: 'retrieval',
  name: 'retrieval',
  onceUsd: 20_000,
  addedInputTokens: 3000,
  corpusMillionTokens: 50,
  corpusRefreshesPerMonth: 0.2,
  queryTokens: 40,
  embeddingUsdPerMillionTokens: 0.1,
  indexGb: 12,
  indexUsdPerGbMonth: 0.3,
  successRatio: 0.85,
}
const tuned = {
  kind: 'fine-tuning',
  name: 'tuned',
  onceUsd: 5000,
  dataUsd: 12_000,
  trainingUsd: 2400,
  evaluationUsd: 6000,
  modelLifeMonths: 12,
  hostingUsdPerMonth: 1200,
  savedInputTokens: 300,
  usdPerMillionInput: 3,
  usdPerMillionOutput: 12,
  successRatio: 0.8,
}

describe('ways side by side', () => {
  test('every line, reckoned by hand', () => {
    const { ways } = run({ ...base, ways: [plain, prompted, retrieval, tuned] })
    const lines = Object.fromEntries(
      ways.map(({ name, lines: all }) => [
        name,
        Object.fromEntries(all.map((each) => [each.name, each.usdPerMonth])),
      ]),
    )
    const close = (amounts: Record<string, number>) =>
      Object.fromEntries(Object.entries(amounts).map(([name, usd]) => [name, expect.closeTo(usd, 9)]))
    expect(lines).toEqual({
      plain: close({ input: 160, output: 480 }),
      prompted: close({
        input: 160,
        output: 480,
        engineering: 300,
        'added input': 200,
        'added input, cached': 150,
      }),
      retrieval: close({
        input: 160,
        output: 480,
        engineering: 2000,
        'added input': 1200,
        'embedding of the queries': 0.8,
        'embedding of the corpus': 5 * (0.1 + 0.2),
        index: 3.6,
      }),
      tuned: close({
        input: 60,
        output: 720,
        engineering: 500,
        data: 1000,
        training: 200,
        evaluation: 500,
        hosting: 1200,
      }),
    })
    expect(ways[0]?.usdPerSuccess).toBeCloseTo(640 / 200_000 / 0.5, 12)
  })

  test('at the break-even success rate a way costs what the best of the others does, and the cheaper side changes there', () => {
    const success = fc.integer({ min: 5, max: 95 }).map((percent) => percent / 100)
    fc.assert(
      fc.property(success, success, fc.integer({ min: 1, max: 4 }), (one, other, maximumAttempts) => {
        const input = (first: number) => ({
          ...base,
          maximumAttempts,
          escalationUsd: 0.5,
          ways: [
            { ...prompted, successRatio: first },
            { ...tuned, successRatio: other },
          ],
        })
        const at = run(input(one)).ways[0]?.breakEvenSuccessRatio
        if (at === null || at === undefined) return
        const costs = (p: number) =>
          run(input(p)).ways.map(({ usdPerSuccess }) => usdPerSuccess ?? Number.NaN)
        const [first = 0, second = 0] = costs(at)
        expect(Math.abs(first / second - 1)).toBeLessThan(1e-9)
        expect(run(input(Math.min(1, at * 1.001))).cheapest).toBe('prompted')
        expect(run(input(at * 0.999)).cheapest).toBe('tuned')
      }),
      { numRuns: 200 },
    )
  })

  test('an evaluation gives the interval, and too few cases are said', () => {
    const { successRatio: _, ...unknown } = tuned
    const { result, assumptions } = ask({ ...base, ways: [plain, { ...unknown, passes: 16, cases: 20 }] })
    const way = AdaptationResult.parse(result).ways[1]
    expect(way?.successRatio).toBe(0.8)
    expect([way?.lowSuccessRatio, way?.highSuccessRatio]).toEqual([
      expect.closeTo(0.584, 3),
      expect.closeTo(0.919, 3),
    ])
    expect(assumptions.some(({ because }) => because.startsWith('Too few cases of "tuned"'))).toBe(true)
    expect(() => ask({ ...base, ways: [unknown] })).toThrow(
      /ways.0.successRatio is missing.*a parameter count says nothing/,
    )
  })

  test('a cached share needs a price of the cache', () => {
    expect(() => ask({ ...base, usdPerMillionCachedInput: undefined, ways: [prompted] })).toThrow(
      /usdPerMillionCachedInput is missing/,
    )
  })

  test('where nothing succeeds nothing has a cost, with the reason', () => {
    const { value, assumptions } = ask({ ...base, ways: [{ ...plain, successRatio: 0 }] })
    expect(value).toBeNull()
    expect(assumptions.at(-1)?.because).toMatch(/No task ever succeeds/)
  })

  test('editing facts inside weights is not offered, and the reference says why', () => {
    expect(adaptation.summary).toMatch(/Editing facts inside weights is not offered: edits spill over/)
    expect(() => ask({ ...base, ways: [{ ...plain, kind: 'editing' }] })).toThrow(/as-it-is|Invalid|accepted/)
  })
})
