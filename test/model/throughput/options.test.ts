import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { evaluate } from '../../../model/breakdown.ts'
import { answer, type Calculation, prepare } from '../../../model/calculation.ts'
import { SpeedResult } from '../../../model/throughput/speed-answer.ts'
import { throughput } from '../../../model/throughput/throughput.ts'
import { tpot } from '../../../model/throughput/tpot.ts'
import { ttft } from '../../../model/throughput/ttft.ts'

const facts = bundledFacts('2026-11-25')
const ask = (calculation: Calculation, input: Record<string, unknown>) =>
  answer(calculation, prepare(calculation, input), facts)
const speedOf = (input: Record<string, unknown>) => SpeedResult.parse(ask(throughput, input).result)

const dense = {
  model: 'meta-llama/Llama-3.1-70B',
  gpu: 'h200-sxm-141gb',
  gpuCount: 4,
  precision: 'fp8',
  inputTokens: 1000,
  outputTokens: 250,
}
const latent = {
  model: 'deepseek-ai/DeepSeek-R1',
  gpu: 'b200-sxm-180gb',
  gpuCount: 8,
  precision: 'fp8',
  inputTokens: 1000,
  outputTokens: 1000,
  concurrency: 16,
  engine: 'tensorrt-llm',
}
const open = (requestsPerSecond: number) => ({ ...dense, load: 'open-loop', requestsPerSecond })

describe('requests that come at a rate', () => {
  test('law: concurrency = rate × latency, below saturation', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 4, noNaN: true }), (rate) => {
        const { batchPerReplica, endToEndMs, ttftMs, tpotMs, replicas } = speedOf(open(rate))
        if (!batchPerReplica || !endToEndMs || !ttftMs || !tpotMs) return
        // Little 1961; the wait is part of the latency and of what is held.
        expect((rate * endToEndMs.p50) / 1000 / (batchPerReplica * replicas)).toBeCloseTo(1, 6)
      }),
    )
  })

  test('as many tokens leave as are asked for, until the deployment is saturated', () => {
    expect(speedOf(open(1)).outputTokensPerSecond?.p50).toBeCloseTo(250, 9)
    const flooded = speedOf(open(5000))
    expect(flooded.fits).toBe(false)
    expect(flooded.ttftMs).toBeNull()
    expect(flooded.outputTokensPerSecond?.p50).toBeLessThan(5000 * 250)
    expect(flooded.outputTokensPerSecond?.p50).toBe(speedOf(open(9000)).outputTokensPerSecond?.p50)
  })

  test('law: the terms give the value, whatever the rate', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 200, noNaN: true }),
        fc.constantFrom(throughput, tpot, ttft),
        (rate, calculation) => {
          const { value, breakdown } = ask(calculation, open(rate))
          if (typeof value === 'number') expect(evaluate(breakdown) / value).toBeCloseTo(1, 9)
          else expect(breakdown).toEqual([])
        },
      ),
    )
  })

  test('a rate needs an open loop, and an open loop a rate', () => {
    expect(() => ask(ttft, { ...dense, load: 'open-loop' })).toThrow('an open loop needs the rate')
    expect(() => ask(ttft, { ...dense, load: 'single', requestsPerSecond: 1 })).toThrow(
      'requestsPerSecond: 1 goes with load open-loop',
    )
    expect(speedOf({ ...dense, requestsPerSecond: 1 }).requestsPerSecond?.p50).toBeCloseTo(1, 9)
  })
})

describe('drafted tokens', () => {
  test('three drafts on one B200 node: 10.9 ms become 5.3 (InferenceX, 8,192 tokens in, 4 in flight)', () => {
    const measured = { ...latent, inputTokens: 7373, outputTokens: 922, concurrency: 4 }
    const without = speedOf(measured).tpotMs?.p50 ?? Number.NaN
    const drafted = speedOf({ ...measured, draftTokens: 3 }).tpotMs?.p50 ?? Number.NaN
    expect(Math.abs(without / drafted / (10.9 / 5.3) - 1)).toBeLessThan(0.25)
  })

  test('a draft that is never kept only costs', () => {
    const plain = speedOf(dense).tpotMs?.p50 ?? Number.NaN
    const rejected = speedOf({ ...dense, draftTokens: 4, draftAcceptance: 0 }).tpotMs?.p50
    expect(rejected).toBeGreaterThan(plain)
    expect(ask(tpot, { ...dense, draftTokens: 4, draftAcceptance: 0.7 }).breakdown).not.toEqual([])
  })

  test('how many are kept is asked for where nothing measured it', () => {
    expect(() => ask(tpot, { ...dense, draftTokens: 4 })).toThrow('need the chance that one is kept')
  })

  test('law: the terms give the value with drafts too', () => {
    const { value, breakdown } = ask(throughput, { ...latent, draftTokens: 3 })
    expect(evaluate(breakdown) / Number(value)).toBeCloseTo(1, 9)
  })
})

describe('releases of the engine', () => {
  test('a later release than any measured is extrapolated, and a measured one is not', () => {
    expect(speedOf({ ...latent, engineVersion: '9.9' }).extrapolated).toBe(true)
    expect(speedOf({ ...latent, engineVersion: '1.2.0rc6' }).extrapolated).toBe(false)
  })

  test('a day takes the newest release of then', () => {
    const byDay = ask(tpot, { ...latent, softwareDate: '2026-06-01' })
    const release = byDay.assumptions.find(({ field }) => field === 'engineVersion')
    expect(release?.because).toContain('2026-06-01')
    expect(ask(tpot, { ...latent, engineVersion: String(release?.value) }).value).toBe(byDay.value)
    expect(() => ask(tpot, { ...latent, softwareDate: '2020-01-01' })).toThrow('no release of tensorrt-llm')
  })
})

describe('further ways of serving', () => {
  test('a cached prefix is not prefilled', () => {
    const plain = speedOf(dense).ttftMs?.p50 ?? Number.NaN
    expect(speedOf({ ...dense, cachedInputRatio: 0.9 }).ttftMs?.p50).toBeLessThan(plain)
  })

  test.each([
    [{ disaggregated: true }, 'disaggregated: true is not answered'],
    [{ adapters: 8 }, 'adapters: 8 is not answered'],
    [{ expertParallel: 4 }, 'expertParallel: 4 needs experts'],
  ])('%j is refused with the reason', (option, says) => {
    expect(() => ask(throughput, { ...dense, ...option })).toThrow(says)
  })

  test('experts that do not spread evenly are refused', () => {
    expect(() => ask(throughput, { ...latent, expertParallel: 3 })).toThrow('expertParallel: 3 must divide')
  })
})
