import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figureText } from '../../model/format.ts'

test.each([
  [70e9, '70,000,000,000'],
  [10 / 9, '1.11111'],
  [235_714_286, '235,714,286'],
  [1234.56789, '1,234.57'],
  [0, '0'],
  [-0.5, '-0.5'],
  [1.5e-7, '1.5e-7'],
  [2.5e20, '250000000000000000000'],
  [1e300 / 7, '1.42857e+299'],
])('%d is %s', (value, text) => expect(figureText(value)).toBe(text))

test('law: a figure that is read back is the same number to six digits', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const back = Number(figureText(value).replaceAll(',', ''))
      expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 5.1e-6 + Number.MIN_VALUE)
    }),
  )
})
