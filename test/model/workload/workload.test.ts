import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleTrace } from '../../../data/sample-trace/sample-trace.ts'
import { Profile, profileOf } from '../../../model/workload/profile.ts'
import { correlation, indexOfDispersion, quantile } from '../../../model/workload/statistics.ts'
import type { Trace } from '../../../model/workload/trace.ts'
import { trafficOf } from '../../../model/workload/traffic.ts'
import type { Week } from '../../../model/workload/week.ts'
import { Workload } from '../../../model/workload/workload.ts'

const shape = { inputTokensPerRequest: 4000, outputTokensPerRequest: 1000 }
const traffic = (workload: unknown, given: { peakToMean?: number; activeHoursPerMonth?: number } = {}) =>
  trafficOf({
    workload: Workload.parse(workload),
    peakToMean: given.peakToMean,
    activeHoursPerMonth: given.activeHoursPerMonth,
    hoursPerMonth: 730,
  })

/** A request every second for so many seconds, and one more at the end. */
const steady = (seconds: number): Trace => ({
  startedAt: '2023-11-16T18:00:00.000Z',
  seconds: Array.from({ length: seconds + 1 }, (_, second) => second),
  inputTokens: new Array(seconds + 1).fill(300),
  outputTokens: new Array(seconds + 1).fill(100),
  cachedInputTokens: null,
})

describe('statistics', () => {
  test('quantiles of 1 to 5', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantile([1, 2, 3, 4, 5], share))).toEqual([1, 2, 3, 4.6, 5])
  })
  test('a steady beat has no dispersion, a burst much', () => {
    expect(indexOfDispersion([5, 5, 5, 5])).toBe(0)
    expect(indexOfDispersion([20, 0, 0, 0])).toBe(15)
  })
  test('a straight line correlates fully, a constant not at all', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12)
    expect(correlation([1, 2, 3], [7, 7, 7])).toBeNull()
  })
})

describe('profile', () => {
  test('of a steady beat', () => {
    const profile = profileOf(steady(120))
    expect(profile.minutes.requests).toEqual([60, 60])
    expect(profile.outputTokensPerMinute).toEqual({ mean: 6000, p50: 6000, p95: 6000, p99: 6000, max: 6000 })
    expect(profile.dispersion).toEqual({ perSecond: 0, perMinute: 0 })
    expect(profile.lengthCorrelation).toBeNull()
  })

  test('of minutes with 1 to 101 requests: the 99th of a hundred steps is the p99 minute', () => {
    const seconds = Array.from({ length: 101 }, (_, minute) =>
      Array.from({ length: minute + 1 }, (_, request) => minute * 60 + request / 10),
    ).flat()
    const ones = [...seconds, 101 * 60].map(() => 1)
    const profile = profileOf({
      startedAt: null,
      seconds: [...seconds, 101 * 60],
      inputTokens: ones,
      outputTokens: ones,
      cachedInputTokens: null,
    })
    expect(profile.requestsPerMinute).toEqual({ mean: 51, p50: 51, p95: 96, p99: 100, max: 101 })
  })

  test('fits its own schema', () => {
    const profile = profileOf(sampleTrace)
    expect(Profile.parse(profile)).toEqual(profile)
    expect(profile.dispersion.perSecond).toBeGreaterThan(1)
  })

  test('needs a minute', () => {
    expect(() => profileOf(steady(30))).toThrow(
      'trace: 31 requests span 30 seconds; at least 60 are needed for a rate by minute.',
    )
  })

  test('is no longer than a quarter of a year: two requests must not fill the memory with empty seconds', () => {
    const two = new Uint32Array([1, 1])
    const apart = (span: number) =>
      profileOf({
        startedAt: null,
        seconds: new Float64Array([0, span]),
        inputTokens: two,
        outputTokens: two,
        cachedInputTokens: null,
      })
    expect(apart(9_000_000).minutes.requests).toHaveLength(150_000)
    expect(() => apart(9_000_001)).toThrow('2 requests span 9000001 seconds; at most 9000000 are read')
  })
})

describe('a month of traffic', () => {
  test('from tokens, requests and people alike', () => {
    const fromTokens = traffic({ from: 'tokens', tokensPerMonth: 105_000_000, ...shape }).traffic
    const fromRequests = traffic({ from: 'requests', requestsPerMonth: 21_000, ...shape }).traffic
    const fromPeople = traffic(
      { from: 'people', people: 100, requestsPerPersonPerDay: 10, ...shape },
      { activeHoursPerMonth: 730 },
    ).traffic
    expect(fromRequests).toEqual(fromTokens)
    expect(fromPeople).toEqual(fromTokens)
  })

  test('from people comes in their working hours', () => {
    const people = { from: 'people', people: 1, requestsPerPersonPerDay: 1, ...shape }
    expect(
      traffic({ ...people, workingDaysPerMonth: 20, workingHoursPerDay: 8 }).traffic.activeHoursPerMonth,
    ).toBe(160)
  })

  test('from a trace is its rate in every hour, and says so', () => {
    const { traffic: month, assumptions } = traffic({ from: 'profile', profile: profileOf(steady(3600)) })
    expect(month.requestsPerMonth).toBeCloseTo((3601 / 3600) * 3600 * 730, 6)
    expect(month.peakToMean).toBe(1)
    expect(assumptions.find(({ field }) => field === 'workload.week')?.because).toBe(
      'The traced 60 minutes are taken to repeat in all 730 hours of the month.',
    )
  })

  test('that was traced at night in its time zone means more by day', () => {
    const week: Week = { timeZone: 'UTC', fromHour: 8, toHour: 18, nightRatio: 0.1, weekendRatio: 0.5 }
    const profile = profileOf(steady(1800))
    const month = (timeZone: string) =>
      traffic({ from: 'profile', profile, week: { ...week, timeZone } }).traffic.requestsPerMonth
    // 18:15 UTC is night in London and ten in the morning in Los Angeles.
    expect(month('Europe/London') / month('America/Los_Angeles')).toBeCloseTo(10, 9)
  })

  test('says what week it repeats, and where in it the trace lies', () => {
    const week: Week = { timeZone: 'UTC', fromHour: 8, toHour: 18, nightRatio: 0.1, weekendRatio: 0.5 }
    const saying = (profile: Profile) =>
      traffic({ from: 'profile', profile, week }).assumptions.find(({ field }) => field === 'workload.week')
    // Five days of 10 + 14 / 10 hours and two of half as many are 68.4 hours a week at full traffic.
    const fullHours = (68.4 / 168) * 730
    expect(saying(profileOf(steady(1800)))).toMatchObject({
      because:
        'Full traffic from 8 to 18 in UTC, 0.1 of it by night, 0.5 of that at weekends. The trace of 30 minutes from 2023-11-16T18:00:00.000Z lies where it is 0.1 of full.',
      unit: 'hour/month',
    })
    expect(saying(profileOf(steady(1800)))?.value).toBeCloseTo(10 * fullHours, 9)
    const undated = saying({ ...profileOf(steady(1800)), startedAt: null })
    expect(undated?.value).toBeCloseTo(fullHours, 9)
    expect(undated?.because).toContain(
      'The trace of 30 minutes names no day: it is taken to show full traffic.',
    )
  })

  test('in working hours only peaks as high as its day', () => {
    const week: Week = {
      timeZone: 'America/Los_Angeles',
      fromHour: 8,
      toHour: 18,
      nightRatio: 0,
      weekendRatio: 0,
    }
    const { traffic: month } = traffic({ from: 'profile', profile: profileOf(steady(3600)), week })
    expect(month.peakToMean).toBeCloseTo(1, 12)
    expect(month.activeHoursPerMonth).toBeCloseTo((50 / 168) * 730, 9)
  })

  test.each([
    ['toHour', { fromHour: 18, toHour: 8 }, 'workload.week.toHour: 8 must be above fromHour (18).'],
    ['timeZone', { timeZone: 'Mars/Base' }, 'there is no time zone "Mars/Base"'],
    ['week', { timeZone: 'UTC', toHour: 12, nightRatio: 0 }, 'to which this week gives no traffic in UTC.'],
  ])('refuses a week whose %s is wrong', (_field, wrong, sentence) => {
    const week = { timeZone: 'UTC', fromHour: 8, toHour: 18, nightRatio: 0.1, weekendRatio: 0.1, ...wrong }
    expect(() => traffic({ from: 'profile', profile: profileOf(steady(3600)), week })).toThrow(sentence)
  })

  test('refuses habits that take more hours than there are, by their own names', () => {
    const workload = {
      from: 'people',
      people: 1,
      requestsPerPersonPerDay: 1,
      workingDaysPerMonth: 31,
      workingHoursPerDay: 24,
      ...shape,
    }
    expect(() => traffic(workload)).toThrow(
      'workload.workingDaysPerMonth: 31 days of 24 hours are 744 hours, more than hoursPerMonth (730).',
    )
    expect(traffic(workload, { activeHoursPerMonth: 100 }).traffic.activeHoursPerMonth).toBe(100)
  })

  test('refuses more active hours than there are', () => {
    const workload = { from: 'tokens', tokensPerMonth: 1, ...shape }
    expect(() => traffic(workload, { activeHoursPerMonth: 731 })).toThrow(
      'activeHoursPerMonth: 731 cannot exceed hoursPerMonth (730).',
    )
  })

  test('twice the people send twice the tokens', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (people) => {
        const of = (count: number) =>
          traffic({ from: 'people', people: count, requestsPerPersonPerDay: 3, ...shape }).traffic
            .tokensPerMonth
        expect(of(2 * people)).toBe(2 * of(people))
      }),
    )
  })
})
