import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { evaluate } from '../../model/breakdown.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'

const facts = bundledFacts('2026-11-25')

describe.each(catalog.map((calculation) => [calculation.id, calculation] as const))(
  '%s',
  (_id, calculation) => {
    test.each(calculation.examples.map((example) => [JSON.stringify(example.input), example] as const))(
      'example %s',
      (_name, example) => {
        const answered = answer(calculation, prepare(calculation, example.input), facts)
        if (typeof example.value === 'number' && typeof answered.value === 'number') {
          const tolerance = (example.tolerance ?? 1e-12) * Math.abs(example.value)
          expect(Math.abs(answered.value - example.value)).toBeLessThanOrEqual(tolerance)
          expect(evaluate(answered.breakdown)).toBeCloseTo(answered.value, 9)
        } else {
          expect(answered.value).toEqual(example.value)
        }
      },
    )
  },
)
