import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { sampleTrace } from '../../../data/sample-trace/sample-trace.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { batchLimitOf, openLoad, replicaPace } from '../../../model/load-curve/open-load.ts'
import { replay } from '../../../model/replay/fleet.ts'
import { steadyFleet } from '../../../model/replay/fleet-rules.ts'
import { servingFleet } from '../../../model/replay/serving-fleet.ts'
import { simulate } from '../../../model/replay/simulate.ts'
import { poissonSource } from '../../../model/replay/sources.ts'
import { profileOf } from '../../../model/workload/profile.ts'

const facts = bundledFacts('2026-11-25')
const model = { model: 'meta-llama/Llama-3.1-8B', gpu: 'h100-sxm-80gb', precision: 'bf16' }
const ask = (input: Record<string, unknown>) => {
  const answered = answer(simulate, prepare(simulate, { ...model, gpuCount: 2, ...input }), facts)
  return { ...answered, result: simulate.output.parse(answered.result) }
}
const recorded = {
  seconds: [...Array.from(sampleTrace.seconds)],
  inputTokens: [...Array.from(sampleTrace.inputTokens)],
  outputTokens: [...Array.from(sampleTrace.outputTokens)],
}

test('a recorded trace: every request and token is accounted for, and the answer is the same twice', () => {
  const { result, value } = ask({ trace: recorded, intervalSeconds: 60 })
  expect(result.requests).toBe(recorded.seconds.length)
  expect(result.servedOutputTokens + result.unservedOutputTokens).toBe(result.askedOutputTokens)
  expect(result.intervals.reduce((sum, { requests }) => sum + requests, 0)).toBe(result.requests)
  expect(value).toBe(result.ttftMs.p90)
  expect(ask({ trace: recorded, intervalSeconds: 60 }).result).toEqual(result)
})

test('the profile of a trace brings its requests and tokens, within what chance does', () => {
  const profile = profileOf(sampleTrace)
  const { result } = ask({ profile })
  const minutes = profile.minutes.requests.reduce((sum, one) => sum + one, 0)
  expect(Math.abs(result.requests / minutes - 1)).toBeLessThan(0.1)
})

test('what nobody can wait for is unserved, and told by interval', () => {
  const { result } = ask({ gpuCount: 1, requestsPerSecond: 200, requests: 5000, patienceSeconds: 1 })
  expect(result.unservedRequests).toBeGreaterThan(0)
  expect(result.intervals.reduce((sum, one) => sum + one.unservedRequests, 0)).toBe(result.unservedRequests)
})

test('a fleet that scales pays for fewer hours than its busiest would', () => {
  const autoscaling = { most: 6, requestsPerReplica: 5, calmSeconds: 30 }
  const { result } = ask({ gpuCount: 1, trace: recorded, autoscaling, coldStartSeconds: 20 })
  expect(result.mostReplicas).toBeGreaterThan(1)
  expect(result.gpuHours).toBeLessThan((result.mostReplicas * result.spanSeconds) / 3600)
})

test('a prefix that all prompts share shortens the time to the first token', () => {
  const input = { requestsPerSecond: 4, requests: 500, inputTokens: 6000, lengths: 'fixed' }
  const without = ask(input).result.ttftMs.p50 ?? 0
  expect(ask({ ...input, sharedPrefixTokens: 5000 }).result.ttftMs.p50 ?? 0).toBeLessThan(without / 2)
})

test('energy: joules of the GPUs while steps ran, from measured draw; at rest unknown unless given', () => {
  const { result, assumptions } = ask({ requestsPerSecond: 2, requests: 200 })
  expect(result.busyJoules).toBeGreaterThan(0)
  expect(result.idleJoules).toBeNull()
  expect(assumptions.some(({ field, value }) => field === 'idleWatts' && value === null)).toBe(true)
  expect(ask({ requestsPerSecond: 2, requests: 200, idleWatts: 70 }).result.idleJoules).toBeGreaterThan(0)
})

describe('against the closed form, below 80% of saturation: throughput within 5%, P90 TTFT within 25%', () => {
  const cases = [
    { gpu: 'a100-pcie-80gb', gpuCount: 1, precision: 'fp16', inputTokens: 512, outputTokens: 256 },
    { gpu: 'h100-sxm-80gb', gpuCount: 1, precision: 'bf16', inputTokens: 4000, outputTokens: 100 },
    { gpu: 'h100-sxm-80gb', gpuCount: 1, precision: 'bf16', inputTokens: 100, outputTokens: 1000 },
    { gpu: 'l40s-48gb', gpuCount: 1, precision: 'bf16', inputTokens: 1024, outputTokens: 256 },
  ] as const
  const rows = cases.flatMap((fleet) => [0.1, 0.3, 0.5, 0.65, 0.78].map((load) => [fleet, load] as const))
  test.each(rows)('%o at %d', (of, load) => {
    const { engine } = servingFleet(
      {
        model: 'meta-llama/Llama-3.1-8B',
        kvPrecision: 'bf16',
        engine: 'vllm',
        tpotFactor: 1,
        ttftFactor: 1,
        ...of,
      },
      facts,
    )
    const shape = { ...of, prefilledTokens: of.inputTokens, variation: 0 }
    const pace = replicaPace(engine, shape, batchLimitOf(engine, shape))
    const requestsPerSecond = load * pace.saturationRequestsPerSecond
    const { recorder, endsAt } = replay(
      engine,
      steadyFleet,
      poissonSource({
        ...of,
        requestsPerSecond,
        requests: 6000,
        cachedInputRatio: 0,
        lengths: 'fixed',
        seed: 3,
      }),
    )
    const closed = openLoad(pace, requestsPerSecond)
    expect(closed.nearSaturation).toBe(false)
    const served = recorder.servedTokens / endsAt
    expect(Math.abs(served / (requestsPerSecond * of.outputTokens) - 1)).toBeLessThan(0.05)
    const p90 = recorder.ttft.quantile(0.9) ?? 0
    expect(Math.abs((closed.ttftSeconds?.p90 ?? 0) / p90 - 1)).toBeLessThan(0.25)
  })

  test('a full queue makes what the closed form calls saturation, within 5%', () => {
    const { engine } = servingFleet(
      {
        ...model,
        precision: 'bf16',
        kvPrecision: 'bf16',
        engine: 'vllm',
        tpotFactor: 1,
        ttftFactor: 1,
        inputTokens: 512,
        outputTokens: 256,
      },
      facts,
    )
    const capped = { ...engine, sequences: 128 }
    const shape = { inputTokens: 512, outputTokens: 256, prefilledTokens: 512, variation: 0 }
    const { saturationRequestsPerSecond } = replicaPace(capped, shape, batchLimitOf(capped, shape))
    const source = poissonSource({
      ...shape,
      requestsPerSecond: saturationRequestsPerSecond * 3,
      requests: 20_000,
      cachedInputRatio: 0,
      lengths: 'fixed',
      seed: 1,
    })
    const { recorder, endsAt } = replay(capped, steadyFleet, source)
    expect(Math.abs(recorder.completed / endsAt / saturationRequestsPerSecond - 1)).toBeLessThan(0.05)
  })
})

describe('refused with a sentence', () => {
  const one = { requestsPerSecond: 1, requests: 10 }
  test.each([
    ['no traffic', {}, /exactly one is accepted/],
    ['two kinds of traffic', { ...one, trace: recorded }, /exactly one is accepted/],
    [
      'a trace out of order',
      { trace: { seconds: [0, 5, 3], inputTokens: [1, 1, 1], outputTokens: [1, 1, 1] } },
      /trace\.seconds\.2: 3 lies before/,
    ],
    [
      'a trace of a year',
      { trace: { seconds: [0, 3.2e7], inputTokens: [1, 1], outputTokens: [1, 1] } },
      /span 370 days/,
    ],
    [
      'columns of different length',
      { trace: { seconds: [0, 1], inputTokens: [1], outputTokens: [1, 1] } },
      /1 values for 2 arrivals/,
    ],
    [
      'a negative time',
      { trace: { seconds: [-1], inputTokens: [1], outputTokens: [1] } },
      /trace\.seconds\.0/,
    ],
    ['a layout that does not divide', { ...one, gpuCount: 3, tensorParallel: 2 }, /do not divide/],
    ['a context beyond the model', { ...one, inputTokens: 200_000 }, /beyond the context/],
    [
      'a router that looks at too many',
      { gpuCount: 4000, tensorParallel: 1, requestsPerSecond: 1, requests: 900_000 },
      /take two-choices or round-robin/,
    ],
    ['an unknown model', { ...one, model: 'meta-llama/Llama-9' }, /there is no model/],
  ])('%s', (_name, input, sentence) => {
    expect(() => ask(input)).toThrow(sentence)
  })
})
