import { describe, expect, test } from 'vitest'
import { replay } from '../../../model/replay/fleet.ts'
import { steadyFleet } from '../../../model/replay/fleet-rules.ts'
import { poissonSource } from '../../../model/replay/sources.ts'
import { steadyEngine } from './engines.ts'

const seeds = Array.from({ length: 200 }, (_, index) => index + 1)
const meanTokens = 1000
const stepSeconds = 0.001
/** One more token, since the first comes with the prompt, which takes no time here. */
const lengths = { inputTokens: 1, outputTokens: meanTokens + 1, cachedInputRatio: 0 }

/** Mean wait for a place over 200 seeds, in service times. */
function meanWait(load: number, kind: 'fixed' | 'exponential'): number {
  const waits = seeds.map((seed) => {
    const source = poissonSource({
      ...lengths,
      requestsPerSecond: load / (meanTokens * stepSeconds),
      requests: 4000,
      lengths: kind,
      seed,
    })
    return replay(steadyEngine(stepSeconds), steadyFleet, source).recorder.wait.mean ?? 0
  })
  return waits.reduce((sum, wait) => sum + wait, 0) / waits.length / (meanTokens * stepSeconds)
}

describe('one server, constant steps, over 200 seeds: within 2% of theory (Kleinrock I, 1975)', () => {
  test.each([0.3, 0.5, 0.7])('M/M/1 at load %d: ρ / (1 - ρ) service times', (load) => {
    expect(Math.abs((meanWait(load, 'exponential') * (1 - load)) / load - 1)).toBeLessThan(0.02)
  })

  test.each([0.3, 0.5, 0.7])('M/D/1 at load %d: ρ / 2(1 - ρ) service times', (load) => {
    expect(Math.abs((meanWait(load, 'fixed') * 2 * (1 - load)) / load - 1)).toBeLessThan(0.02)
  })
})
