import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { ownSpeed } from '../../../model/own-speed/own-speed.ts'
import { readRows } from '../../../model/own-speed/read-rows.ts'
import { aiperf, csv, genaiPerf, guidellm, vllmBench, vllmMetrics } from './samples.ts'

const facts = bundledFacts('2026-11-25')
const fleet = { model: 'meta-llama/Llama-3.1-8B', gpu: 'h100-sxm-80gb', gpuCount: 1, precision: 'bf16' }
const ask = (measurements: readonly string[], input: Record<string, unknown> = {}) => {
  const answered = answer(ownSpeed, prepare(ownSpeed, { ...fleet, ...input, measurements }), facts)
  return { ...answered, result: ownSpeed.output.parse(answered.result) }
}

describe('each tool is read by its published schema', () => {
  const run = { inputTokens: 1024, outputTokens: 256 }
  test.each([
    ['vLLM bench serve', vllmBench, [{ ...run, concurrency: 32, ttftSeconds: 0.21, tpotSeconds: 0.0133 }]],
    [
      'GuideLLM',
      guidellm,
      [
        { ...run, concurrency: 8, ttftSeconds: 0.092, tpotSeconds: 0.009 },
        { ...run, concurrency: 64, ttftSeconds: 0.316, tpotSeconds: 0.016 },
      ],
    ],
    ['AIPerf', aiperf, [{ ...run, concurrency: 32, ttftSeconds: 0.18, tpotSeconds: 0.012 }]],
    ['genai-perf', genaiPerf, [{ ...run, concurrency: 32, ttftSeconds: 0.185, tpotSeconds: 0.0125 }]],
    ['vLLM /metrics', vllmMetrics, [{ ...run, concurrency: 32, ttftSeconds: 0.19, tpotSeconds: 0.012 }]],
    [
      'CSV',
      csv,
      [
        { ...run, concurrency: 8, ttftSeconds: 0.09, tpotSeconds: 0.009 },
        { ...run, concurrency: 64, ttftSeconds: 0.32, tpotSeconds: 0.017 },
      ],
    ],
  ])('%s', (tool, text, expected) => {
    const rows = readRows(text, 'measurements.0')
    expect(rows.map((row) => row.tool)).toEqual(expected.map(() => tool))
    for (const [index, wanted] of expected.entries()) {
      for (const [field, value] of Object.entries(wanted)) {
        expect(rows[index]?.[field as keyof typeof wanted], field).toBeCloseTo(value, 9)
      }
    }
  })
})

test('runs of several tools correct one fleet, and the answer says by how much', () => {
  const { result, assumptions, value } = ask([vllmBench, guidellm, aiperf, genaiPerf, vllmMetrics, csv])
  expect(result.rows).toHaveLength(8)
  expect(value).toBeCloseTo(result.predictedTpotMs * result.tpotFactor, 9)
  expect(assumptions.find(({ field }) => field === 'tpotFactor')?.because).toMatch(/8 runs correct/)
})

const runsAt = (factor: number, loads: readonly number[]): string => {
  const before = loads.map((concurrency) => ask([csv], { concurrency }).result)
  const lines = before.map((one, index) =>
    [loads[index], 1024, 256, one.predictedTtftMs * factor, one.predictedTpotMs * factor].join(','),
  )
  return ['concurrency,input_tokens,output_tokens,ttft_ms,tpot_ms', ...lines].join('\n')
}

test('law: runs that are as predicted correct nothing', () => {
  const { result } = ask([runsAt(1, [4, 16, 64])], { concurrency: 32 })
  expect(result.tpotFactor).toBeCloseTo(1, 6)
  expect(result.ttftFactor).toBeCloseTo(1, 6)
})

test('law: the correction lies between nothing and what was measured, nearer to it with more rows', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.05, max: 3, noNaN: true }), (factor) => {
      const two = ask([runsAt(factor, [4, 8])], { concurrency: 64 }).result.tpotFactor
      const four = ask([runsAt(factor, [4, 8, 32, 128])], { concurrency: 64 }).result.tpotFactor
      expect(two).toBeGreaterThan(1)
      expect(two).toBeLessThan(factor)
      expect(four).toBeGreaterThan(two)
      expect(four).toBeLessThan(factor)
    }),
    { numRuns: 20 },
  )
})

test('law: the band is narrower at a measured load than far from it', () => {
  const runs = runsAt(1.3, [8, 16])
  const width = (concurrency: number) => {
    const { tpotMs } = ask([runs], { concurrency }).result
    return tpotMs.p90 / tpotMs.p10
  }
  expect(width(8)).toBeLessThan(width(64))
  expect(width(64)).toBeLessThan(width(512))
})

describe('refused with a sentence', () => {
  const header = 'concurrency,input_tokens,output_tokens,ttft_ms,tpot_ms'
  test.each([
    ['a single run', [vllmBench], {}, /1 run was read; accepted are 2 to 200/],
    ['a text of no tool', ['hello'], {}, /the column "hello" is not known/],
    ['JSON of no tool', ['{"a":1}'], {}, /the result of no known tool/],
    ['broken JSON', ['{"a":'], {}, /begins like JSON and is none/],
    ['an empty text', [' '], {}, /the text is empty/],
    [
      'a negative time',
      [`${header}\n8,1024,256,-90,9\n9,1024,256,90,9`],
      {},
      /time to the first token is -0\.09/,
    ],
    ['one quantity in two units', ['concurrency,ttft_ms,ttft_s\n8,90,0.09'], {}, /the same quantity/],
    [
      'seconds in a column of milliseconds',
      [`${header}\n8,1024,256,90,9\n64,1024,256,320,0.017`],
      {},
      /in the unit that its name says/,
    ],
    [
      'a unit that is not known',
      [aiperf.replace('"unit":"ms"', '"unit":"fortnight"')],
      {},
      /the unit is "fortnight"/,
    ],
    [
      'no concurrency',
      ['input_tokens,output_tokens,ttft_ms,tpot_ms\n1024,256,90,9\n1024,256,95,9'],
      {},
      /how many requests were in flight/,
    ],
    ['a server that has answered nothing', ['vllm:num_requests_running 0.0'], {}, /answered no request yet/],
    [
      'tokens a second of one GPU',
      [
        'concurrency,input_tokens,output_tokens,ttft_ms,tpot_ms,output_tokens_per_second\n32,1024,256,180,12,630\n8,1024,256,80,8,240',
      ],
      { gpuCount: 4 },
      /those of one of 4 GPUs/,
    ],
    ['an unknown GPU', [csv], { gpu: 'h900' }, /there is no GPU/],
  ])('%s', (_name, texts, input, sentence) => {
    expect(() => ask(texts, input)).toThrow(sentence)
  })
})
