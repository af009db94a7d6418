import { expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { gpuOf } from '../../model/gpu-field.ts'

const facts = bundledFacts('2026-11-25')

test.each([
  ['a slip in an id', 'h100-sxn-80gb', 'gpu: there is no GPU "h100-sxn-80gb". Did you mean "h100-sxm-80gb"?'],
  ['a slip in another name', 'h100-sxn', 'gpu: there is no GPU "h100-sxn". Did you mean "h100-sxm"?'],
  ['nothing that is near', 'zork', 'gpu: there is no GPU "zork".'],
])('%s: %s', (_case, given, sentence) => {
  expect(() => gpuOf(given, facts)).toThrow(expect.objectContaining({ message: sentence }))
})
