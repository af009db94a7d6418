import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { compare } from '../../../model/compare/compare.ts'
import { ComparisonResult } from '../../../model/compare/comparison-result.ts'
import { costsNoMore } from '../../../model/compare/staircase.ts'

const facts = bundledFacts('2026-11-25')
const compared = (input: unknown): ComparisonResult =>
  ComparisonResult.parse(answer(compare, prepare(compare, input), facts).result)

const cents = (least: number, most: number) => fc.integer({ min: least, max: most }).map((cent) => cent / 100)

const served = {
  gpu: fc.constant('h100-sxm-80gb'),
  outputTokensPerSecond: fc.integer({ min: 1000, max: 5000 }),
  gpusPerReplica: fc.constantFrom(1, 2, 4, 8),
  gpusPerInstance: fc.constantFrom(1, 4, 8),
  fixedUsdPerMonth: fc.constantFrom(0, 30, 5000),
}

const api = fc.record({
  kind: fc.constant('token-api'),
  usdPerMillionInput: cents(1, 500),
  usdPerMillionOutput: cents(1, 2000),
})
const rented = fc.record({
  kind: fc.constant('rented-gpus'),
  usdPerGpuHour: cents(50, 1200),
  pricing: fc.constantFrom('on-demand', 'committed'),
  ...served,
})
const bought = fc.record({
  kind: fc.constant('bought-servers'),
  usdPerGpu: fc.integer({ min: 1000, max: 60_000 }),
  lifeMonths: fc.integer({ min: 12, max: 72 }),
  ...served,
})

const workload = fc.record({
  from: fc.constant('tokens'),
  tokensPerMonth: fc.integer({ min: 1_000_000, max: 20_000_000_000 }),
  inputTokensPerRequest: fc.integer({ min: 100, max: 8000 }),
  outputTokensPerRequest: fc.integer({ min: 10, max: 2000 }),
})

const question = fc.record({
  workload,
  options: fc
    .tuple(api, rented, bought, api)
    .map((options) => options.map((option, place) => ({ ...option, name: `option ${place}` }))),
  peakToMean: fc.constantFrom(1, 1.5, 3),
  activeHoursPerMonth: fc.constantFrom(100, 300, 730),
})
type Asked = typeof question extends fc.Arbitrary<infer Value> ? Value : never

const costOf = (result: ComparisonResult, place: number): number =>
  result.options.find((option) => option.place === place)?.usdPerMonth ?? Number.NaN
const cheapestPlace = (result: ComparisonResult): number | undefined => result.options[0]?.place

/** The input with one number changed, by the path that the answer gives. */
function turned(asked: Asked, field: string, value: number): unknown {
  const [first = '', second = '', third = ''] = field.split('.')
  if (first === 'options') {
    const place = Number(second)
    return {
      ...asked,
      options: asked.options.map((option, index) =>
        index === place ? { ...option, [third]: value } : option,
      ),
    }
  }
  if (first === 'workload') return { ...asked, workload: { ...asked.workload, [second]: value } }
  return { ...asked, [first]: value }
}

test('the lines of each option add up to its total, and the total is what the cost curve says', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { options, costCurve } = compared(asked)
      const here = costCurve.find(({ tokensPerMonth }) => tokensPerMonth === asked.workload.tokensPerMonth)
      for (const [place, option] of options.entries()) {
        const sum = option.lines.reduce((total, { quantity, usdPerUnit }) => total + quantity * usdPerUnit, 0)
        expect(Math.abs(sum - option.usdPerMonth)).toBeLessThanOrEqual(1e-9 * Math.max(1, sum))
        expect((here?.usdPerMonth[place] ?? 0) / option.usdPerMonth).toBeCloseTo(1, 9)
      }
    }),
    { numRuns: 10, interruptAfterTimeLimit: 4000, endOnFailure: true },
  )
})

test('more load never costs less', () => {
  fc.assert(
    fc.property(question, fc.integer({ min: 0, max: 1_000_000_000 }), (asked, more) => {
      const [less, greater] = [
        compared(asked),
        compared(turned(asked, 'workload.tokensPerMonth', asked.workload.tokensPerMonth + more)),
      ]
      for (const { place, usdPerMonth } of less.options) {
        expect(costOf(greater, place)).toBeGreaterThanOrEqual(usdPerMonth * (1 - 1e-12))
      }
    }),
    { numRuns: 10, interruptAfterTimeLimit: 4000, endOnFailure: true },
  )
})

test('a lower price never makes an option dearer', () => {
  fc.assert(
    fc.property(question, cents(1, 100), (asked, share) => {
      const base = compared(asked)
      for (const [place, field] of ['usdPerMillionInput', 'usdPerGpuHour', 'usdPerGpu'].entries()) {
        const price = Number(Reflect.get(asked.options[place] ?? {}, field))
        const cheaper = compared(turned(asked, `options.${place}.${field}`, price * Math.min(1, share)))
        expect(costOf(cheaper, place)).toBeLessThanOrEqual(costOf(base, place) * (1 + 1e-12))
      }
    }),
    { numRuns: 10, interruptAfterTimeLimit: 4000, endOnFailure: true },
  )
})

test('twice the active hours with twice the tokens are twice the rent on demand', () => {
  fc.assert(
    fc.property(rented, workload, (option, traffic) => {
      const at = (activeHoursPerMonth: number, tokensPerMonth: number) =>
        costOf(
          compared({
            workload: { ...traffic, tokensPerMonth },
            options: [{ ...option, pricing: 'on-demand', fixedUsdPerMonth: 0 }],
            activeHoursPerMonth,
          }),
          0,
        )
      expect(at(200, 2 * traffic.tokensPerMonth) / at(100, traffic.tokensPerMonth)).toBeCloseTo(2, 9)
    }),
    { numRuns: 10, interruptAfterTimeLimit: 4000, endOnFailure: true },
  )
})

test('at a break-even owning costs no more, and one token less costs more', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { breakEvens, options } = compared(asked)
      const placeOf = (name: string) => options.find((option) => option.name === name)?.place ?? -1
      for (const { own, rival, firstTokensPerMonth: first } of breakEvens.slice(0, 3)) {
        if (first === null || first < 2) continue
        const costs = (tokens: number) => {
          const result = compared(turned(asked, 'workload.tokensPerMonth', tokens))
          return [costOf(result, placeOf(own)), costOf(result, placeOf(rival))] as const
        }
        expect(costsNoMore(...costs(first))).toBe(true)
        expect(costsNoMore(...costs(first - 1))).toBe(false)
      }
    }),
    { numRuns: 10, interruptAfterTimeLimit: 4000, endOnFailure: true },
  )
})

test('the cheapest option differs at every flip, and is the same just before it', () => {
  let flipCount = 0
  fc.assert(
    fc.property(question, (asked) => {
      const base = compared(asked)
      for (const { field, value, flipsAt, cheapestThen } of base.flips) {
        // At a tie the next double already differs: there is no value before it.
        if (flipsAt === null || Math.abs(flipsAt - value) <= 1e-6 * Math.abs(value)) continue
        flipCount++
        const there = compared(turned(asked, field, flipsAt))
        expect(there.options[0]?.name, `${field} at ${flipsAt}`).toBe(cheapestThen)
        expect(cheapestPlace(there), `${field} at ${flipsAt}`).not.toBe(cheapestPlace(base))
        const before = field.endsWith('tokensPerMonth')
          ? flipsAt - Math.sign(flipsAt - value)
          : flipsAt + (value - flipsAt) * 1e-6
        expect(cheapestPlace(compared(turned(asked, field, before))), `${field} before ${flipsAt}`).toBe(
          cheapestPlace(base),
        )
      }
    }),
    { numRuns: 10, interruptAfterTimeLimit: 4000, endOnFailure: true },
  )
  expect(flipCount).toBeGreaterThan(5)
})
