import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts, gpus, weights } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { evaluate, type Term } from '../../model/breakdown.ts'
import { type Answer, answer, type Calculation, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { excelName, type Field, fieldsOf } from '../../model/fields.ts'
import { InputProblem } from '../../model/problem.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const run = (calculation: Calculation, input: unknown): Answer =>
  answer(calculation, prepare(calculation, input), facts)

describe.each(catalog.map((calculation) => [calculation.id, calculation] as const))(
  '%s',
  (_id, calculation) => {
    test.each(calculation.examples.map((example) => [JSON.stringify(example.input), example] as const))(
      'example %s',
      (_name, { input, value, tolerance = 1e-12 }) => {
        const answered = run(calculation, input)
        if (typeof value === 'number') {
          expect(answered.value).toBeTypeOf('number')
          expect(Math.abs(Number(answered.value) - value)).toBeLessThanOrEqual(tolerance * Math.abs(value))
        } else {
          expect(answered.value).toEqual(value)
        }
        expect(() => calculation.output.parse(answered.result)).not.toThrow()
      },
    )

    test('the terms and operators of the breakdown give the value', () => {
      const answered = randomAnswers(calculation)
      expect(answered.length).toBeGreaterThan(0)
      for (const one of answered) expectExplained(one)
    })

    test('every field says what it is', () => {
      for (const field of fieldsOf(calculation)) {
        expect(field.title, field.name).not.toBe(field.name)
        expect(field.description, field.name).not.toBe('')
        if (field.type === 'number' || field.type === 'integer') expect(field.unit, field.name).toBeDefined()
      }
    })

    test('its id is a name that a sheet accepts', () => {
      expect(calculation.id).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(excelName(calculation.id)).toMatch(/^[A-Z]{3,}$/)
    })
  },
)

/** Answers to random valid inputs near each example; inputs that a calculation refuses with a sentence are dropped. */
function randomAnswers(calculation: Calculation): Answer[] {
  const inputs = fc.oneof(...calculation.examples.map(({ input }) => near(calculation, input)))
  const examples = calculation.examples.map(({ input }) => input)
  return [...examples, ...fc.sample(inputs, { numRuns: 60, seed: 7 })].flatMap((input) => {
    try {
      return [run(calculation, input)]
    } catch (error) {
      if (error instanceof InputProblem) return []
      throw error
    }
  })
}

const near = (calculation: Calculation, example: Readonly<Record<string, unknown>>) =>
  fc.record(
    Object.fromEntries(
      fieldsOf(calculation)
        .filter((field) => example[field.name] !== undefined || (field.type !== 'object' && !field.apiOnly))
        .map((field) => [field.name, valueNear(field, example[field.name])]),
    ),
  )

function valueNear(field: Field, example: unknown): fc.Arbitrary<unknown> {
  const asInExample = fc.constant(example)
  if (example === undefined && !field.required) return fc.oneof(asInExample, randomValue(field))
  return fc.oneof(asInExample, randomValue(field, example))
}

function randomValue(field: Field, example?: unknown): fc.Arbitrary<unknown> {
  if (field.options) return fc.constantFrom(...field.options)
  if (field.name === 'gpu') return fc.constantFrom(...gpus.map(({ id }) => id))
  if (field.name === 'model' && weights.length > 0) return fc.constantFrom(...weights.map(({ id }) => id))
  if (field.type === 'boolean') return fc.boolean()
  if (field.type !== 'number' && field.type !== 'integer') return fc.constant(example)
  const { minimum = 0, maximum = 1e6 } = field
  const start = typeof example === 'number' && example > 0 ? example : Math.max(minimum, 1)
  return fc
    .double({ min: 0.1, max: 10, noNaN: true })
    .map((factor) => Math.min(maximum, Math.max(minimum, start * factor)))
    .map((number) => (field.type === 'integer' ? Math.round(number) : number))
}

function expectExplained({ value, breakdown, id }: Answer): void {
  if (typeof value !== 'number') return
  expect(Number.isFinite(value), id).toBe(true)
  expectSame(evaluate(breakdown), value)
  for (const term of breakdown) expectTermExplained(term)
}

function expectTermExplained({ terms, value, name }: Term): void {
  expect(Number.isFinite(value), name).toBe(true)
  if (!terms) return
  expectSame(evaluate(terms), value)
  for (const term of terms) expectTermExplained(term)
}

const expectSame = (given: number, wanted: number): void =>
  expect(Math.abs(given - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(wanted), 1e-300))
