import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { answer, type Calculation, prepare } from '../../../../model/calculation.ts'
import { bestMix } from '../../../../model/finance/mix/best-mix.ts'
import { tieredMix } from '../../../../model/finance/mix/tiered-mix.ts'

const run = (calculation: Calculation, input: unknown) =>
  answer(calculation, prepare(calculation, input), bundledFacts('2026-11-25'))
const whole = (max: number) => fc.integer({ min: 1, max })
const serving = fc.record({
  millionTokensPerReplicaHour: whole(6),
  baseUsdPerReplicaHour: whole(20),
  apiUsdPerMillionTokens: whole(15),
})
const loads = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 })

describe('tiers', () => {
  test('cost what the best mix of each costs for its own load', () => {
    fc.assert(
      fc.property(
        loads,
        serving,
        serving,
        whole(4),
        whole(4),
        (millionTokensByHour, small, large, routed, escalated) => {
          const tiers = [
            { name: 'small', routedRatio: routed / 4, escalatedRatio: escalated / 4, ...small },
            { name: 'large', routedRatio: 1 - routed / 4, tokenRatio: 2, ...large },
          ]
          const of = (share: number, how: object) =>
            Number(
              run(bestMix, { millionTokensByHour: millionTokensByHour.map((load) => load * share), ...how })
                .value,
            )
          const first = routed / 4
          const second = 1 - first + first * (escalated / 4)
          const { value } = run(tieredMix, { millionTokensByHour, tiers })
          expect(value).toBeCloseTo(of(first, small) + of(second * 2, large), 6)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('more escalation never costs less', () => {
    fc.assert(
      fc.property(loads, serving, serving, whole(3), (millionTokensByHour, small, large, escalated) => {
        const at = (ratio: number) =>
          Number(
            run(tieredMix, {
              millionTokensByHour,
              tiers: [
                { name: 'small', routedRatio: 1, escalatedRatio: ratio, ...small },
                { name: 'large', routedRatio: 0, ...large },
              ],
            }).value,
          )
        expect(at((escalated + 1) / 4)).toBeGreaterThanOrEqual(at(escalated / 4))
      }),
      { numRuns: 100 },
    )
  })

  const tier = { name: 'one', routedRatio: 1, millionTokensPerReplicaHour: 1, baseUsdPerReplicaHour: 1 }
  test.each([
    [[{ ...tier, routedRatio: 0.5 }], /add up to 0.5; they must add up to 1/],
    [[{ ...tier, escalatedRatio: 0.5 }], /"one" is the last tier, so nothing escalates from it/],
    [[{ ...tier, maximumReplicas: 2 }], /tiers.0.maximumReplicas: no base of up to 2 replicas/],
  ])('%j is refused with what is accepted', (tiers, sentence) => {
    expect(() => run(tieredMix, { millionTokensByHour: [10], tiers })).toThrow(sentence)
  })
})
