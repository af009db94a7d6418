import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { evaluate } from '../../../model/breakdown.ts'
import { answer, type Calculation, prepare } from '../../../model/calculation.ts'
import { loads } from '../../../model/throughput/serving-input.ts'
import { servingSubject } from '../../../model/throughput/serving-subject.ts'
import { SpeedResult } from '../../../model/throughput/speed-answer.ts'
import { sustainableRate } from '../../../model/throughput/sustainable.ts'
import { throughput } from '../../../model/throughput/throughput.ts'
import { tpot } from '../../../model/throughput/tpot.ts'
import { ttft } from '../../../model/throughput/ttft.ts'

const facts = bundledFacts('2026-11-25')
const ask = (calculation: Calculation, input: Record<string, unknown>) =>
  answer(calculation, prepare(calculation, input), facts)
const speedOf = (input: Record<string, unknown>) => SpeedResult.parse(ask(throughput, input).result)

const serving = fc.record({
  model: fc.constantFrom('meta-llama/Llama-3.1-70B', 'Qwen/Qwen3-32B'),
  precision: fc.constantFrom('bf16', 'fp8', 'int4', 'mxfp4'),
  gpu: fc.constantFrom('h100-sxm-80gb', 'h200-sxm-141gb', 'a100-pcie-80gb', 'mi300x-192gb'),
  gpuCount: fc.constantFrom(4, 8, 16),
  inputTokens: fc.integer({ min: 1, max: 20_000 }),
  outputTokens: fc.integer({ min: 1, max: 4_000 }),
  concurrency: fc.integer({ min: 1, max: 3_000 }),
  load: fc.constantFrom(...loads.filter((load) => load !== 'open-loop')),
})

test('law: the terms give the value, whatever the load', () => {
  fc.assert(
    fc.property(serving, fc.constantFrom(throughput, tpot, ttft), (input, calculation) => {
      const { value, breakdown } = ask(calculation, input)
      if (typeof value === 'number') expect(evaluate(breakdown) / value).toBeCloseTo(1, 9)
      else expect(breakdown).toEqual([])
    }),
  )
})

test('law: output tokens never come faster than the memory can be read', () => {
  fc.assert(
    fc.property(serving, (input) => {
      const { outputTokensPerSecond, batchPerReplica, replicas } = speedOf(input)
      if (!outputTokensPerSecond || !batchPerReplica) return
      const gpu = facts.gpu(input.gpu)
      const bits = { bf16: 16, fp8: 8, int4: 4, mxfp4: 4.25 }[input.precision] ?? 16
      const linear = input.model === 'meta-llama/Llama-3.1-70B' ? 68e9 : 31e9
      const readsPerSecond =
        ((gpu?.memoryBytesPerSecond ?? 0) * input.gpuCount) / replicas / ((linear * bits) / 8)
      expect(outputTokensPerSecond.p50).toBeLessThanOrEqual(readsPerSecond * batchPerReplica * replicas)
    }),
  )
})

test('law: the band is in order, and wider where nothing like it was measured', () => {
  fc.assert(
    fc.property(serving, (input) => {
      for (const band of Object.values(speedOf(input))) {
        if (band !== null && typeof band === 'object') {
          expect(band.p10).toBeLessThanOrEqual(band.p50)
          expect(band.p50).toBeLessThanOrEqual(band.p90)
        }
      }
    }),
  )
})

describe('honesty', () => {
  const base = { model: 'meta-llama/Llama-3.1-70B', precision: 'fp8', gpuCount: 8 }

  test('a GPU that no measurement is of says so', () => {
    const answered = ask(throughput, { ...base, gpu: 'a100-sxm-80gb' })
    expect(SpeedResult.parse(answered.result).extrapolated).toBe(true)
    expect(answered.assumptions.map(({ because }) => because).join(' ')).toContain('a100-sxm-80gb')
  })

  test('an unknown GPU, and a bare count, are refused', () => {
    expect(() => ask(throughput, { ...base, gpu: 'h300' })).toThrow('there is no GPU "h300"')
    expect(() => ask(throughput, { model: 70e9, gpu: 'h100-sxm-80gb' })).toThrow('has no layers and heads')
  })

  test('what does not fit has no speed, and the answer says why', () => {
    const answered = ask(throughput, { ...base, precision: 'bf16', gpu: 'h100-sxm-80gb', gpuCount: 1 })
    expect(answered.value).toBeNull()
    expect(answered.assumptions.map(({ because }) => because).join(' ')).toContain('does not fit on TP1')
  })

  test('an option that contradicts its own field is refused', () => {
    expect(() =>
      ask(tpot, { ...base, gpu: 'h100-sxm-80gb', engine: 'vllm', options: { engine: 'sglang' } }),
    ).toThrow('options.engine: sglang contradicts engine vllm.')
  })
})

describe('what a replica sustains', () => {
  const subject = servingSubject(
    { model: 'meta-llama/Llama-3.1-70B', gpu: 'h100-sxm-80gb', precision: 'fp8' },
    facts,
  )
  const lengths = { inputTokens: 1000, outputTokens: 250 }

  test('a tighter limit never raises the rate, and is kept', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.3, noNaN: true }), (tpotSeconds) => {
        const tight = sustainableRate({ ...subject, ...lengths, gpusPerReplica: 4, tpotSeconds }, facts)
        const loose = sustainableRate({ ...subject, ...lengths, gpusPerReplica: 4, tpotSeconds: 0.3 }, facts)
        if (!('batch' in tight) || !('batch' in loose)) return
        expect(tight.tpotSeconds.p50).toBeLessThanOrEqual(tpotSeconds)
        expect(tight.batch).toBeLessThanOrEqual(loose.batch)
      }),
    )
  })

  test('a limit that one request alone breaks is answered with the reason', () => {
    const answered = sustainableRate({ ...subject, ...lengths, gpusPerReplica: 4, tpotSeconds: 1e-4 }, facts)
    expect(answered).toEqual({
      because: 'Even one request at a time breaks the limit on the time per output token.',
    })
  })
})
