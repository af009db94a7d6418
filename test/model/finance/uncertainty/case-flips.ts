import fc from 'fast-check'
import { expect } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { answer, prepare } from '../../../../model/calculation.ts'
import { businessCase } from '../../../../model/finance/business-case.ts'
import { CaseOutput } from '../../../../model/finance/business-case-fields.ts'
import { caseInput } from '../random-case.ts'

const facts = bundledFacts('2026-11-25')
export const ask = (input: unknown) => answer(businessCase, prepare(businessCase, input), facts)
export const run = (input: unknown) => CaseOutput.parse(ask(input).result)
export const costsOf = (input: unknown): number[] =>
  run(input).options.map(({ netPresentCostUsd }) => netPresentCostUsd)

/** The input with another number at a path; the test's own way to it. */
export function at(input: unknown, path: string, value: number): unknown {
  const [step = '', ...rest] = path.split('.')
  if (Array.isArray(input))
    return input.map((each, index) => (String(index) === step ? deeper(each, rest, value) : each))
  const owner = Object(input)
  return { ...owner, [step]: deeper(owner[step], rest, value) }
}
const deeper = (inner: unknown, rest: readonly string[], value: number): unknown =>
  rest.length === 0 ? value : at(inner, rest.join('.'), value)

export const winnerOf = (costs: readonly number[]): number => costs.indexOf(Math.min(...costs))
const sizeOf = (costs: readonly number[]): number => Math.max(1, ...costs.map(Math.abs))
const acceptsFractions = (field: string): boolean =>
  !/(Count|Units|Step|Months|month|Month|lifeYears)$/.test(field) || field.endsWith('PerMonth')

/** Every flip of random cases against the case itself; and one place where each case says that nothing flips. */
export function expectFlipsRight(numRuns: number) {
  let [continuous, steps, never] = [0, 0, 0]
  fc.assert(
    fc.property(caseInput, fc.double({ min: 0, max: 1, noNaN: true }), (input, share) => {
      const { flips, options } = run({ ...input, flips: true })
      const costs = (field: string, turned: number) => costsOf(at(input, field, turned))
      const [found, unfound] = [flips?.filter(({ flip }) => flip), flips?.filter(({ flip }) => !flip)]
      for (const { field, flip } of found ?? []) {
        if (flip === null) continue
        expect(flip.below.cheapest).not.toBe(flip.above.cheapest)
        if (flip.isStep) {
          steps++
          expect(flip.below.costsUsd).not.toEqual(flip.above.costsUsd)
        } else {
          continuous++
          const [one = 0, other = 0] = costs(field, flip.value)
          expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-6 * Math.max(1, sizeOf([one, other]) / 1e6))
        }
        for (const side of [flip.below, flip.above]) {
          expect(side.cheapest).toBe(['first', 'second'][winnerOf(side.costsUsd)])
        }
      }
      // One of those that never flip, somewhere in the range that was searched.
      const one = unfound?.filter(({ field }) => acceptsFractions(field))[Math.floor(share * 7)]
      if (!one) return
      never++
      const { field, searchedLow, searchedHigh } = one
      const there = costs(field, searchedLow + ((share * 7) % 1) * (searchedHigh - searchedLow))
      const winner = winnerOf(options.map(({ netPresentCostUsd }) => netPresentCostUsd))
      expect((there[winner] ?? 0) - Math.min(...there)).toBeLessThanOrEqual(1e-9 * sizeOf(there))
    }),
    { numRuns },
  )
  return { continuous, steps, never }
}
