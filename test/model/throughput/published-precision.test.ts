import { expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { publishedPrecision } from '../../../model/throughput/published-precision.ts'
import { tpot } from '../../../model/throughput/tpot.ts'

const facts = bundledFacts('2026-11-25')
const configOf = (model: string) => facts.weights(model)?.config ?? {}

test.each([
  ['meta-llama/Llama-3.1-405B', 'bf16', 'as its config says'],
  ['openai/gpt-oss-120b', 'mxfp4', 'as its config says'],
  ['deepseek-ai/DeepSeek-V3', 'fp8-block128', 'as its config says'],
  ['mistralai/Ministral-3-3B-Instruct-2512', 'fp8', 'as its config says'],
  ['nvidia/Kimi-K2.5-NVFP4', 'nvfp4', 'as its config says'],
  ['google/gemma-2-9b', 'bf16', 'published in fp32'],
  ['openai-community/gpt2', 'bf16', 'the config does not say'],
])('%s is served in %s: %s', (model, precision, because) => {
  const published = publishedPrecision(configOf(model))
  expect(published.precision).toBe(precision)
  expect(published.because).toContain(because)
})

test('a mixture of formats is no precision: one must be named', () => {
  const input = { model: 'moonshotai/Kimi-K2.5', gpu: 'h200-sxm-141gb' }
  const ask = (more: object) => answer(tpot, prepare(tpot, { ...input, ...more }), facts)
  expect(() => ask({})).toThrow(
    /precision is missing, and the config does not say.*name one such as bf16 or int4/,
  )
  expect(ask({ precision: 'int4' }).value).toBeGreaterThan(0)
})
