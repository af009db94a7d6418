import { expect, test } from 'vitest'
import { didYouMean } from '../../model/problem.ts'

test.each([
  ['NaN', ['arcee-ai/Trinity-Nano-Preview'], ''],
  ['nope', ['in.openai-gpt-oss-120b-with-openpipe'], ''],
  ['h100sxm', ['h100-sxm-80gb', 'h200-sxm-141gb'], ' Did you mean "h100-sxm-80gb"?'],
  [
    'Llama',
    ['meta-llama-of-a-very-long-organisation/Llama-3'],
    ' Did you mean "meta-llama-of-a-very-long-organisation/Llama-3"?',
  ],
  ['opnai', ['openai', 'azure'], ' Did you mean "openai"?'],
])('%s among %j: %j', (asked, known, suggestion) => {
  expect(didYouMean(asked, known)).toBe(suggestion)
})
