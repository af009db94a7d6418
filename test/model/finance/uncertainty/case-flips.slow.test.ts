import { expect, test } from 'vitest'
import { expectFlipsRight } from './case-flips.ts'

test('flips of a case: both cost the same at each, or the step is given; the verdict differs on its sides; never flips is right: 500 random cases', () => {
  const { continuous, steps, never } = expectFlipsRight(500)
  expect(Math.min(continuous, steps, never)).toBeGreaterThan(50)
}, 180_000)
