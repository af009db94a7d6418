import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { type Answer, answer, type Calculation, prepare } from '../../../../model/calculation.ts'
import { availability } from '../../../../model/finance/mix/availability.ts'
import { bestMixOf, type Profile } from '../../../../model/finance/mix/base-search.ts'
import { bestMix } from '../../../../model/finance/mix/best-mix.ts'
import { commitment } from '../../../../model/finance/mix/commitment.ts'
import { gates } from '../../../../model/finance/mix/gates.ts'
import { availabilityOf } from '../../../../model/finance/mix/k-of-n.ts'

const facts = bundledFacts('2026-11-25')
const run = (calculation: Calculation, input: unknown): Answer =>
  answer(calculation, prepare(calculation, input), facts)
const ratio = fc.double({ min: 0, max: 1, noNaN: true })

describe('availability', () => {
  test.each([
    [4, '96.06'],
    [5, '99.902'],
    [6, '99.998'],
  ])('peers case 9: 4 needed at 99%% each, %i installed: %s%%', (replicaCount, percent) => {
    const { value } = run(availability, { requiredReplicas: 4, replicaAvailability: 0.99, replicaCount })
    expect((Number(value) * 100).toFixed(percent.split('.')[1]?.length)).toBe(percent)
  })

  test('equal to counting every combination of working replicas', () => {
    fc.assert(
      fc.property(
        ratio,
        fc.integer({ min: 1, max: 8 }),
        fc.nat(7),
        (replicaAvailability, replicaCount, spare) => {
          const requiredReplicas = Math.max(1, replicaCount - spare)
          let counted = 0
          for (let states = 0; states < 2 ** replicaCount; states++) {
            const up = [...states.toString(2)].filter((digit) => digit === '1').length
            if (up < requiredReplicas) continue
            counted += replicaAvailability ** up * (1 - replicaAvailability) ** (replicaCount - up)
          }
          const redundancy = { requiredReplicas, replicaCount, replicaAvailability, commonCauseRatio: 0 }
          expect(availabilityOf(redundancy)).toBeCloseTo(counted, 12)
        },
      ),
    )
  })

  test('a spare never lowers it, and no number of spares outdoes what replicas share', () => {
    fc.assert(
      fc.property(
        ratio,
        ratio,
        fc.integer({ min: 1, max: 30 }),
        (replicaAvailability, commonCauseRatio, count) => {
          const of = (replicaCount: number) =>
            availabilityOf({
              requiredReplicas: 1 + (count >> 1),
              replicaCount,
              replicaAvailability,
              commonCauseRatio,
            })
          expect(of(count + 2)).toBeGreaterThanOrEqual(of(count + 1) - 1e-12)
          expect(of(count + 2)).toBeLessThanOrEqual(1 - commonCauseRatio * (1 - replicaAvailability) + 1e-12)
        },
      ),
    )
  })

  test('replicas that only ever fail together are as good as one', () => {
    fc.assert(
      fc.property(ratio, fc.integer({ min: 1, max: 30 }), (replicaAvailability, replicaCount) => {
        const redundancy = { requiredReplicas: 1, replicaCount, replicaAvailability, commonCauseRatio: 1 }
        expect(availabilityOf(redundancy)).toBeCloseTo(replicaAvailability, 12)
      }),
    )
  })

  test('the count for a target reaches it, one fewer does not, and a shared failure is said', () => {
    const input = {
      requiredReplicas: 4,
      replicaAvailability: 0.99,
      replicaCount: 4,
      targetAvailability: 0.9999,
    }
    expect(run(availability, input).result).toMatchObject({ replicaCountForTarget: 6 })
    const shared = run(availability, { ...input, commonCauseRatio: 0.05 })
    expect(shared.result).toMatchObject({ replicaCountForTarget: null })
    expect(shared.assumptions.at(-1)?.because).toMatch(/No number of replicas reaches 0.9999/)
  })

  test('fewer replicas than required are refused', () => {
    expect(() =>
      run(availability, { requiredReplicas: 4, replicaAvailability: 0.9, replicaCount: 3 }),
    ).toThrow(/3 cannot carry the load of 4/)
  })
})

test('peers case 13: a commitment at 35% off breaks even at 65% use, where both cost the same', () => {
  const { value, result } = run(commitment, { onDemandUsdPerHour: 4, committedUsdPerHour: 4 * (1 - 0.35) })
  expect(value).toBeCloseTo(0.65, 12)
  expect(result).toMatchObject({ breakEvenHoursPerMonth: expect.closeTo(0.65 * 730, 9) })
})

/** Small whole numbers, so that the brute force below meets no rounding of its own. */
const smallProfile: fc.Arbitrary<Profile> = fc.record({
  millionTokensByHour: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 }),
  millionTokensPerReplicaHour: fc.integer({ min: 1, max: 6 }),
  baseUsdPerReplicaHour: fc.integer({ min: 0, max: 20 }),
  onDemandUsdPerReplicaHour: fc.option(fc.integer({ min: 0, max: 40 })),
  apiUsdPerMillionTokens: fc.option(fc.integer({ min: 0, max: 15 })),
  apiMillionTokensPerHour: fc.option(fc.integer({ min: 0, max: 20 }), { nil: Number.POSITIVE_INFINITY }),
  minimumReplicas: fc.integer({ min: 0, max: 4 }),
  replicaStep: fc.integer({ min: 1, max: 3 }),
  maximumReplicas: fc.integer({ min: 4, max: 12 }),
})

/** Every base, every number of replicas on demand in every hour, the API taking the rest if its limit allows. */
function bruteForce(profile: Profile): number {
  const { millionTokensPerReplicaHour: capacity, minimumReplicas, replicaStep, maximumReplicas } = profile
  let least = Number.POSITIVE_INFINITY
  for (let base = 0; base <= maximumReplicas; base++) {
    const sold = base === 0 || (base >= minimumReplicas && (base - minimumReplicas) % replicaStep === 0)
    if (!sold) continue
    let usd = 0
    for (const load of profile.millionTokensByHour) {
      let hour = Number.POSITIVE_INFINITY
      for (let onDemand = 0; onDemand <= 30; onDemand++) {
        if (onDemand > 0 && profile.onDemandUsdPerReplicaHour === null) continue
        const left = Math.max(0, load - (base + onDemand) * capacity)
        const allowed = profile.apiUsdPerMillionTokens === null ? 0 : profile.apiMillionTokensPerHour
        if (left > allowed) continue
        hour = Math.min(
          hour,
          onDemand * (profile.onDemandUsdPerReplicaHour ?? 0) + left * (profile.apiUsdPerMillionTokens ?? 0),
        )
      }
      usd += base * profile.baseUsdPerReplicaHour + hour
    }
    least = Math.min(least, usd)
  }
  return least
}

describe('best mix', () => {
  test('equal to brute force on 500 random small profiles', () => {
    fc.assert(
      fc.property(smallProfile, (profile) => {
        const found = bestMixOf(profile)
        expect(found?.usd ?? Number.POSITIVE_INFINITY).toBe(bruteForce(profile))
      }),
      { numRuns: 500 },
    )
  })

  test('more load never costs less, and a cheaper price never costs more', () => {
    fc.assert(
      fc.property(smallProfile, fc.integer({ min: 1, max: 9 }), (profile, more) => {
        const cost = (changed: Partial<Profile>) =>
          bestMixOf({ ...profile, ...changed })?.usd ?? Number.POSITIVE_INFINITY
        const now = cost({})
        expect(
          cost({ millionTokensByHour: profile.millionTokensByHour.map((load) => load + more) }),
        ).toBeGreaterThanOrEqual(now)
        expect(cost({ baseUsdPerReplicaHour: profile.baseUsdPerReplicaHour / 2 })).toBeLessThanOrEqual(now)
        expect(
          cost({ apiUsdPerMillionTokens: (profile.apiUsdPerMillionTokens ?? 1e6) / 2 }),
        ).toBeLessThanOrEqual(now)
      }),
    )
  })

  test('below the price given for the next step, the base grows; above it, it stays', () => {
    const input = {
      millionTokensByHour: [1, 2, 4, 6, 9, 5, 3, 1],
      millionTokensPerReplicaHour: 1,
      baseUsdPerReplicaHour: 2,
      apiUsdPerMillionTokens: 3,
    }
    const { result } = run(bestMix, input)
    const { baseReplicas, nextBaseUsdPerReplicaHour } = result as {
      baseReplicas: number
      nextBaseUsdPerReplicaHour: number
    }
    const at = (baseUsdPerReplicaHour: number) => run(bestMix, { ...input, baseUsdPerReplicaHour }).result
    expect(at(nextBaseUsdPerReplicaHour * 0.99)).toMatchObject({ baseReplicas: baseReplicas + 1 })
    expect(at(nextBaseUsdPerReplicaHour * 1.01)).toMatchObject({ baseReplicas })
  })

  test('an hour that nothing can serve is refused with what would serve it', () => {
    const input = { millionTokensByHour: [500], millionTokensPerReplicaHour: 1, baseUsdPerReplicaHour: 2 }
    expect(() => run(bestMix, input)).toThrow(/no base of up to 100 replicas serves every hour/)
  })
})

describe('gates', () => {
  const open = {
    name: 'own',
    regions: ['EU'],
    licence: { commercialUse: true, attributionRequired: false, derivativeNameRequired: true },
    custody: 'own-site',
    certifications: ['ISO 27001'],
    contextTokens: 131_072,
    sellers: 12,
  }
  const api = {
    name: 'api',
    regions: ['us', 'eu'],
    licence: { commercialUse: true, monthlyActiveUsersAtMost: 700_000_000 },
    custody: 'seller',
    contextTokens: 32_768,
    sellers: 1,
  }
  const requirements = {
    regions: ['eu'],
    commercialUse: true,
    monthlyActiveUsers: 1_000_000_000,
    mayAttribute: false,
    mayNameDerivatives: true,
    custody: 'own-cloud',
    certifications: ['iso 27001'],
    contextTokens: 100_000,
    sellers: 2,
  }
  const failed = (options: readonly object[], needed: object): string[][] => {
    const { result } = run(gates, { requirements: needed, options })
    return (result as { options: { failures: { gate: string }[] }[] }).options.map(({ failures }) =>
      failures.map(({ gate }) => gate),
    )
  }

  test('each gate names the option that fails it, and that option stays visible', () => {
    expect(failed([open, api], requirements)).toEqual([
      [],
      ['residency', 'user cap', 'attribution', 'custody', 'certification', 'context', 'vendor independence'],
    ])
    expect(failed([open], { mayNameDerivatives: false })).toEqual([['derivative name']])
    expect(failed([{ ...open, licence: { commercialUse: false } }], { commercialUse: true })).toEqual([
      ['licence'],
    ])
  })

  test('what is required and not known fails', () => {
    expect(failed([{ name: 'silent' }], requirements)[0]).toHaveLength(8)
  })

  test('removing a gate never removes an option', () => {
    const subset = fc.subarray(Object.entries(requirements))
    fc.assert(
      fc.property(
        subset,
        fc.nat(8),
        fc.constantFrom(open, api, { name: 'silent' }),
        (needed, dropped, option) => {
          const passes = (entries: readonly (readonly [string, unknown])[]) =>
            failed([option], Object.fromEntries(entries))[0]?.length === 0
          if (passes(needed)) expect(passes(needed.filter((_, index) => index !== dropped))).toBe(true)
        },
      ),
    )
  })
})
