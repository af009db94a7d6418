import { expect, test } from 'vitest'
import { flipOf } from '../../../../model/finance/uncertainty/flip.ts'

const search = { from: 1, low: 0.1, high: 10, whole: false }

test('a dip of the rival between two points of the grid is found', () => {
  const dip = (x: number): readonly [number, number] => [1, 0.9999 + 60 * (x - 5.03) ** 2]
  const flip = flipOf(search, dip)
  expect(flip?.value).toBeCloseTo(5.03 - Math.sqrt(0.0001 / 60), 9)
  expect([flip?.below.cheapest, flip?.above.cheapest]).toEqual([0, 1])
})

test('a rival that only comes near never flips', () => {
  expect(flipOf(search, (x) => [1, 1.0001 + 60 * (x - 5.03) ** 2])).toBeNull()
})

test('of two flips the nearer is given', () => {
  const flip = flipOf(search, (x) => [1, x < 0.5 || x > 4 ? 0.5 : 2])
  expect(flip).toMatchObject({ isStep: true, below: { cheapest: 1 }, above: { cheapest: 0 } })
  expect(flip?.value).toBeCloseTo(0.5, 9)
})

test('whole numbers are counted: the flip is the first at which the other wins', () => {
  const flip = flipOf({ ...search, low: 1, whole: true }, (x) => [10, 14 - x])
  expect(flip).toEqual({
    value: 5,
    isStep: true,
    below: { cheapest: 0, costsUsd: [10, 10] },
    above: { cheapest: 1, costsUsd: [10, 9] },
  })
})
