import { describe, expect, test } from 'vitest'
import type { Engine } from '../../../model/replay/engine.ts'
import { replay } from '../../../model/replay/fleet.ts'
import { type FleetRules, steadyFleet } from '../../../model/replay/fleet-rules.ts'
import { poissonSource } from '../../../model/replay/sources.ts'
import { steadyEngine } from './engines.ts'

/** A small engine: its pool and its batch both run out. */
const tight: Engine = steadyEngine(0.02, {
  decodeSeconds: (batch, contextTokens) => 0.01 + 1e-4 * batch + 1e-8 * batch * contextTokens,
  promptSeconds: ({ from, to, besideDecodes }) => (to - from) * (besideDecodes ? 6e-5 : 5e-5),
  frontSeconds: 0.03,
  sequences: 32,
  tokensPerStep: 512,
  cache: { bytes: 9000, blockTokens: 16, blockBytes: 16, fixedBytes: () => 0 },
  contextLimitTokens: 4000,
})

const traffic = (seed: number, requestsPerSecond = 6) =>
  poissonSource({
    inputTokens: 400,
    outputTokens: 120,
    cachedInputRatio: 0.2,
    requestsPerSecond,
    requests: 3000,
    lengths: 'exponential',
    seed,
  })

const fleets: Record<string, Partial<FleetRules>> = {
  'one replica': {},
  'three replicas, each in turn': { replicas: 3, routing: 'round-robin' },
  'the better of two': { replicas: 4, routing: 'two-choices' },
  'overloaded, impatient': { patienceSeconds: 2 },
  failing: { replicas: 3, secondsBetweenFailures: 60, repairSeconds: 20, coldStartSeconds: 10 },
  'the only one failing': { secondsBetweenFailures: 100, repairSeconds: 20 },
  scaled: {
    coldStartSeconds: 20,
    autoscaling: { fewest: 1, most: 5, requestsPerReplica: 10, everySeconds: 5, calmSeconds: 30 },
  },
  'stopped before the end': { stopAt: 200 },
  'with a shared prefix': { replicas: 2, sharedPrefixTokens: 160 },
}

describe.each(Object.entries(fleets))('%s', (_name, rules) => {
  const run = (seed: number) => replay(tight, { ...steadyFleet, ...rules, seed }, traffic(seed))

  test("Little's law is exact: requests in the fleet, over time, are their stays", () => {
    const { requestSeconds, recorder } = run(1)
    expect(recorder.staySeconds).toBeGreaterThan(0)
    expect(Math.abs(requestSeconds / recorder.staySeconds - 1)).toBeLessThan(1e-9)
  })

  test('tokens in are tokens out and unserved, and each that was made is served or lost', () => {
    const { recorder } = run(2)
    expect(recorder.servedTokens + recorder.unservedTokens).toBe(recorder.askedTokens)
    const made = recorder.stretches.reduce((sum, { outputTokens }) => sum + outputTokens, 0)
    expect(made).toBeCloseTo(recorder.servedTokens + recorder.lostTokens, 3)
  })

  test('no replica works longer than it is paid for', () => {
    const { recorder } = run(3)
    expect(recorder.busySeconds).toBeGreaterThan(0)
    expect(recorder.busySeconds).toBeLessThanOrEqual(recorder.onSeconds + 1)
  })

  test('the same seed gives the same replay to the last digit', () => {
    expect(JSON.stringify(run(4))).toBe(JSON.stringify(run(4)))
  })
})

test('the pool of the tight engine does run out: requests are put back', () => {
  expect(replay(tight, steadyFleet, traffic(1)).recorder.preemptions).toBeGreaterThan(10)
})

describe('law: one more replica never raises a percentile, on average over seeds', () => {
  const shares = [0.5, 0.9, 0.99]
  const percentiles = (replicas: number) => {
    const sums = { ttft: [0, 0, 0], tpot: [0, 0, 0], endToEnd: [0, 0, 0] }
    for (let seed = 1; seed <= 20; seed++) {
      const { recorder } = replay(tight, { ...steadyFleet, replicas }, traffic(seed, 9))
      for (const [name, all] of Object.entries(sums)) {
        for (const [index, share] of shares.entries()) {
          all[index] = (all[index] ?? 0) + (recorder[name as keyof typeof sums].quantile(share) ?? 0)
        }
      }
    }
    return Object.values(sums).flat()
  }
  const byReplicas = [1, 2, 3, 4, 5].map(percentiles)

  test.each([1, 2, 3, 4])('%i', (replicas) => {
    const fewer = byReplicas[replicas - 1] ?? []
    for (const [index, value] of (byReplicas[replicas] ?? []).entries()) {
      expect(value).toBeLessThanOrEqual((fewer[index] ?? 0) * 1.0000001)
    }
  })
})

test('time and memory: ten times the requests hold no more at once than a few bursts do', () => {
  const most = (requests: number) =>
    replay(
      tight,
      { ...steadyFleet, replicas: 3 },
      poissonSource({
        inputTokens: 300,
        outputTokens: 100,
        cachedInputRatio: 0,
        requestsPerSecond: 6,
        requests,
        lengths: 'exponential',
        seed: 5,
      }),
    ).mostInFlight
  expect(most(50_000)).toBeLessThan(3 * most(5000))
})

test('law: a router that knows more never makes requests wait longer, on average over seeds', () => {
  const meanWait = (routing: FleetRules['routing']) => {
    let sum = 0
    for (let seed = 1; seed <= 10; seed++) {
      sum +=
        replay(tight, { ...steadyFleet, replicas: 4, routing, seed }, traffic(seed, 24)).recorder.endToEnd
          .mean ?? 0
    }
    return sum
  }
  expect(meanWait('least-requests')).toBeLessThan(meanWait('two-choices'))
  expect(meanWait('two-choices')).toBeLessThan(meanWait('round-robin') * 1.02)
})

test('a replay that never ends is refused with a sentence', () => {
  expect(() => replay(tight, { ...steadyFleet, mostSteps: 1000 }, traffic(1))).toThrow(
    /has taken 1000 steps, the most that are accepted/,
  )
})
