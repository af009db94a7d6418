import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exp, expm1, log, log1p } from '../../model/elementary.ts'

const unitsInTheLastPlace = (value: number, exact: number): number =>
  Math.abs(value - exact) / (Math.abs(exact) * Number.EPSILON)

describe('known values', () => {
  // The constants of ECMA-262, section 21.3.1, and what the first terms of the series give.
  test.each([
    ['e', exp(1), Math.E],
    ['1/e', exp(-1), 1 / Math.E],
    ['ln 2', log(2), Math.LN2],
    ['ln 10', log(10), Math.LN10],
    ['ln (1 + 1e-10)', log1p(1e-10), 9.9999999995e-11],
    ['ln (1 + 1)', log1p(1), Math.LN2],
    ['e^1e-10 - 1', expm1(1e-10), 1.00000000005e-10],
    ['e - 1', expm1(1), Math.E - 1],
  ])('%s', (_name, value, exact) => expect(unitsInTheLastPlace(value, exact)).toBeLessThan(2))

  test.each([
    ['exp(0)', exp(0), 1],
    ['log(1)', log(1), 0],
    ['log(0)', log(0), Number.NEGATIVE_INFINITY],
    ['log(-1)', log(-1), Number.NaN],
    ['log1p(-1)', log1p(-1), Number.NEGATIVE_INFINITY],
    ['exp(1000)', exp(1000), Number.POSITIVE_INFINITY],
    ['exp(-1000)', exp(-1000), 0],
    ['expm1(0)', expm1(0), 0],
  ])('%s', (_name, value, exact) => expect(value).toBe(exact))
})

test('the logarithm undoes the exponential', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.max(1, Math.abs(x)))
    }),
  )
})

test('each agrees with the engine to its last digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      expect(unitsInTheLastPlace(log(x), Math.log(x) || 1)).toBeLessThan(3)
      expect(unitsInTheLastPlace(log1p(x), Math.log1p(x))).toBeLessThan(3)
    }),
  )
})

test('model/ leaves no last digit to the engine', () => {
  const files = readdirSync('model', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )
  const leaving = files.filter((path) =>
    /Math\.(exp|expm1|log|log1p|cbrt|sinh?|cosh?|tanh?|asinh?|acosh?|atanh?|atan2)\(/.test(
      readFileSync(`model/${path}`, 'utf8'),
    ),
  )
  expect(leaving).toEqual([])
})
