import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShapes, writeShapes } from '../../addin/shapes.ts'
import { weights } from '../../data/dataset.ts'

test('what was written reads the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // Copied through JSON, as the script carries it: -0 is 0 there.
      const plain = JSON.parse(JSON.stringify(value))
      expect(readShapes(JSON.parse(JSON.stringify(writeShapes(plain))))).toEqual(plain)
    }),
  )
})

test('every model reads the same', () => {
  expect(readShapes(writeShapes(weights))).toEqual(weights)
})
