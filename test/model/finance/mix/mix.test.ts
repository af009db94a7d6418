import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { type Answer, answer, type Calculation, prepare } from '../../../../model/calculation.ts'
import { availability } from '../../../../model/finance/mix/availability.ts'
import { bestMixOf } from '../../../../model/finance/mix/base-search.ts'
import { bestMix } from '../../../../model/finance/mix/best-mix.ts'
import { commitment } from '../../../../model/finance/mix/commitment.ts'
import { gates } from '../../../../model/finance/mix/gates.ts'
import { availabilityOf } from '../../../../model/finance/mix/k-of-n.ts'
import type { Profile } from '../../../../model/finance/mix/profile.ts'

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
const price = (max: number) => fc.option(fc.integer({ min: 0, max }))
const sizes = fc.record({
  minimum: fc.integer({ min: 0, max: 4 }),
  step: fc.integer({ min: 1, max: 3 }),
  maximum: fc.integer({ min: 4, max: 8 }),
})
const smallProfile: fc.Arbitrary<Profile> = fc
  .record({
    millionTokensByHour: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 50 }),
    batch: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
    millionTokensPerReplicaHour: fc.integer({ min: 1, max: 6 }),
    baseUsdPerReplicaHour: fc.integer({ min: 0, max: 20 }),
    baseSizes: sizes,
    onDemandUsdPerReplicaHour: price(40),
    spotUsdPerReplicaHour: price(30),
    spotForInteractive: fc.boolean(),
    apiUsdPerMillionTokens: price(15),
    limit: fc.option(fc.integer({ min: 0, max: 20 }), { nil: Number.POSITIVE_INFINITY }),
    slow: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
    apiBatchUsdPerMillionTokens: price(10),
    units: fc.option(
      fc.record({
        usdPerUnitHour: fc.integer({ min: 0, max: 9 }),
        millionTokensPerUnitHour: fc.integer({ min: 1, max: 4 }),
        sizes,
      }),
    ),
  })
  .map(({ batch, limit, slow, ...rest }) => ({
    ...rest,
    batchMillionTokensByDay: batch.slice(0, Math.ceil(rest.millionTokensByHour.length / 24)),
    apiMillionTokensByHour: Float64Array.from(rest.millionTokensByHour, (_, hour) =>
      slow[hour % 24] ? 0 : limit,
    ),
  }))

/** Every size that is sold, none included. */
const sold = ({ minimum, step, maximum }: Profile['baseSizes']): number[] =>
  Array.from({ length: maximum + 1 }, (_, size) => size).filter(
    (size) => size === 0 || (size >= minimum && (size - minimum) % step === 0),
  )

/** The cheapest of every number of replicas for one rest of load, an API taking what they leave if its limit allows. */
function bruteRest(
  rest: number,
  capacity: number,
  replicaUsd: number | null,
  apiUsd: number | null,
  limit: number,
) {
  let least = Number.POSITIVE_INFINITY
  for (let replicas = 0; replicas <= 70; replicas++) {
    if (replicas > 0 && replicaUsd === null) break
    const left = Math.max(0, rest - replicas * capacity)
    if (left > 0 && (apiUsd === null || left > limit)) continue
    least = Math.min(least, replicas * (replicaUsd ?? 0) + left * (apiUsd ?? 0))
  }
  return least
}

/** Every base, every number of units, every number of replicas in every hour and for every batch. */
function bruteForce(profile: Profile): number {
  const { millionTokensPerReplicaHour: capacity, units, onDemandUsdPerReplicaHour: demand } = profile
  const { spotUsdPerReplicaHour: spot } = profile
  const either = Math.min(demand ?? Number.POSITIVE_INFINITY, spot ?? Number.POSITIVE_INFINITY)
  const cheapest = Number.isFinite(either) ? either : null
  let least = Number.POSITIVE_INFINITY
  for (const base of sold(profile.baseSizes)) {
    for (const count of units ? sold(units.sizes) : [0]) {
      const fixed = base * capacity + count * (units?.millionTokensPerUnitHour ?? 0)
      let usd =
        (base * profile.baseUsdPerReplicaHour + count * (units?.usdPerUnitHour ?? 0)) *
        profile.millionTokensByHour.length
      profile.millionTokensByHour.forEach((load, hour) => {
        usd += bruteRest(
          Math.max(0, load - fixed),
          capacity,
          profile.spotForInteractive ? cheapest : demand,
          profile.apiUsdPerMillionTokens,
          profile.apiMillionTokensByHour[hour] ?? 0,
        )
      })
      profile.batchMillionTokensByDay.forEach((batch, day) => {
        const idle = profile.millionTokensByHour
          .slice(day * 24, day * 24 + 24)
          .reduce((total, load) => total + Math.max(0, fixed - load), 0)
        usd += bruteRest(
          Math.max(0, batch - idle),
          capacity,
          cheapest,
          profile.apiBatchUsdPerMillionTokens,
          Number.POSITIVE_INFINITY,
        )
      })
      least = Math.min(least, usd)
    }
  }
  return least
}

const usdOf = (profile: Profile) => bestMixOf(profile).mix?.usd ?? Number.POSITIVE_INFINITY

describe('best mix', () => {
  test('equal to brute force on 500 random small profiles', () => {
    fc.assert(
      fc.property(smallProfile, (profile) => {
        expect(usdOf(profile)).toBe(bruteForce(profile))
        expect(bestMixOf(profile).isComplete).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('more load never costs less, and a cheaper price never costs more', () => {
    fc.assert(
      fc.property(smallProfile, fc.integer({ min: 1, max: 9 }), (profile, more) => {
        const cost = (changed: Partial<Profile>) => usdOf({ ...profile, ...changed })
        const now = cost({})
        const grown = (loads: readonly number[]) => loads.map((load) => load + more)
        expect(cost({ millionTokensByHour: grown(profile.millionTokensByHour) })).toBeGreaterThanOrEqual(now)
        expect(
          cost({ batchMillionTokensByDay: grown(profile.batchMillionTokensByDay) }),
        ).toBeGreaterThanOrEqual(now)
        const half = (usd: number | null) => (usd === null ? null : usd / 2)
        for (const name of [
          'onDemandUsdPerReplicaHour',
          'spotUsdPerReplicaHour',
          'apiUsdPerMillionTokens',
          'apiBatchUsdPerMillionTokens',
        ] as const) {
          expect(cost({ [name]: half(profile[name]) })).toBeLessThanOrEqual(now)
        }
        expect(cost({ baseUsdPerReplicaHour: profile.baseUsdPerReplicaHour / 2 })).toBeLessThanOrEqual(now)
        expect(
          cost({ apiMillionTokensByHour: profile.apiMillionTokensByHour.map(() => 100) }),
        ).toBeLessThanOrEqual(
          Math.max(
            now,
            cost({
              apiMillionTokensByHour: profile.apiMillionTokensByHour.map((limit) => Math.min(limit, 100)),
            }),
          ),
        )
      }),
      { numRuns: 200 },
    )
  })

  test('doubling every price doubles the cost', () => {
    fc.assert(
      fc.property(smallProfile, (profile) => {
        const twice = (usd: number | null) => (usd === null ? null : usd * 2)
        const both = {
          ...profile,
          baseUsdPerReplicaHour: profile.baseUsdPerReplicaHour * 2,
          onDemandUsdPerReplicaHour: twice(profile.onDemandUsdPerReplicaHour),
          spotUsdPerReplicaHour: twice(profile.spotUsdPerReplicaHour),
          apiUsdPerMillionTokens: twice(profile.apiUsdPerMillionTokens),
          apiBatchUsdPerMillionTokens: twice(profile.apiBatchUsdPerMillionTokens),
          units: profile.units && { ...profile.units, usdPerUnitHour: profile.units.usdPerUnitHour * 2 },
        }
        expect(usdOf(both)).toBe(2 * usdOf(profile))
      }),
      { numRuns: 100 },
    )
  })

  const day = {
    millionTokensByHour: [...Array(12).fill(1), ...Array(12).fill(3)],
    millionTokensPerReplicaHour: 1,
    baseUsdPerReplicaHour: 2,
  }
  const mixOf = (more: object) => bestMix.output.parse(run(bestMix, { ...day, ...more }).result)

  test('interactive traffic takes no spot unless the policy allows it; interruptions are paid for', () => {
    const spot = { usdPerReplicaHour: 1, interruptionsPerHour: 0.1, hoursLostPerInterruption: 0.5 }
    const offers = { onDemandUsdPerReplicaHour: 5, maximumReplicas: 0 }
    expect(mixOf({ ...offers, spot }).replicaUsd).toBe(48 * 5)
    expect(mixOf({ ...offers, spot: { ...spot, serves: 'all' } }).replicaUsd).toBeCloseTo(48 * 1.05, 9)
    const scarce = { ...spot, serves: 'all', availableRatio: 0.5 }
    expect(mixOf({ ...offers, spot: scarce }).replicaUsd).toBeCloseTo(48 * (0.5 * 1.05 + 0.5 * 5), 9)
    expect(mixOf({ ...offers, batchMillionTokensByDay: [10], spot }).batchReplicaUsd).toBeCloseTo(10.5, 9)
  })

  test('batches go to idle hours first', () => {
    const mix = mixOf({
      batchMillionTokensByDay: [40],
      apiBatchUsdPerMillionTokens: 1,
      minimumReplicas: 3,
      maximumReplicas: 3,
    })
    expect(mix).toMatchObject({ baseReplicas: 3, batchOnIdleMillionTokens: 24, batchApiUsd: 16 })
    expect(mix.baseUseRatio).toBeCloseTo((12 + 36 + 24) / 72, 12)
  })

  test('in hours in which the API is too slow it serves nothing', () => {
    const slow = { latencyLimitMs: 500, apiLatencyMsByHour: [...Array(23).fill(100), 900] }
    const offers = { apiUsdPerMillionTokens: 1, onDemandUsdPerReplicaHour: 9, maximumReplicas: 0 }
    expect(mixOf({ ...offers, ...slow })).toMatchObject({ apiMillionTokens: 45, replicaHours: 3 })
    expect(() => mixOf({ apiUsdPerMillionTokens: 1, maximumReplicas: 0, ...slow })).toThrow(/fast enough/)
  })

  test('provisioned units take the level part where they are cheaper, pay-as-you-go the rest', () => {
    const provisioned = { usdPerUnitHour: 0.5, millionTokensPerUnitHour: 1, maximumUnits: 5 }
    expect(mixOf({ provisioned, apiUsdPerMillionTokens: 0.9 })).toMatchObject({
      provisionedUnits: 1,
      baseReplicas: 0,
      apiMillionTokens: 24,
    })
  })

  test.each([
    [{ maximumReplicas: 1, minimumReplicas: 3 }, /maximumReplicas: 1 is below minimumReplicas \(3\)/],
    [
      {
        maximumReplicas: 1000,
        provisioned: { usdPerUnitHour: 1, millionTokensPerUnitHour: 1, maximumUnits: 9999 },
      },
      /10010000 pairs of a base and a number of units would be tried; at most 100000/,
    ],
    [{ batchMillionTokensByDay: [1, 2] }, /2 days are given for 24 hours of load; at most 1/],
    [{ apiLatencyMsByHour: Array(24).fill(1) }, /latencyLimitMs is missing/],
    [{ apiLatencyMsByHour: [1, 2], latencyLimitMs: 5 }, /2 entries; accepted: 24, or one for each of the 24/],
    [
      {
        spot: {
          usdPerReplicaHour: 1,
          interruptionsPerHour: 0,
          hoursLostPerInterruption: 0,
          availableRatio: 0.5,
        },
      },
      /onDemandUsdPerReplicaHour is missing: hours without spot are paid on demand/,
    ],
  ])('%j is refused with what is accepted', (more, sentence) => {
    expect(() => mixOf(more)).toThrow(sentence)
  })

  test('a search over too many sizes is cut, and says so', () => {
    const hours = 8760
    const found = run(bestMix, {
      millionTokensByHour: Array.from({ length: hours }, (_, hour) => 500 + (hour % 97)),
      millionTokensPerReplicaHour: 7,
      baseUsdPerReplicaHour: 7,
      onDemandUsdPerReplicaHour: 7,
      provisioned: { usdPerUnitHour: 1, millionTokensPerUnitHour: 1, maximumUnits: 998 },
      maximumReplicas: 99,
    })
    expect(found.result).toMatchObject({ isComplete: false })
    expect(found.assumptions.at(-1)?.because).toMatch(/search was cut after \d+ sizes/)
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
