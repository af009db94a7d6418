import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { sampleTrace } from '../../../data/sample-trace/sample-trace.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { compare } from '../../../model/compare/compare.ts'
import { ComparisonResult } from '../../../model/compare/comparison-result.ts'
import type { Facts } from '../../../model/facts.ts'
import { profileOf } from '../../../model/workload/profile.ts'
import { meter, offer, source } from '../prices/offer.ts'

const facts = bundledFacts('2026-11-25')
const compared = (input: unknown, known: Facts = facts): ComparisonResult =>
  ComparisonResult.parse(answer(compare, prepare(compare, input), known).result)

describe('traffic from a trace', () => {
  const question = {
    workload: { from: 'profile', profile: profileOf(sampleTrace) },
    options: [
      { kind: 'token-api', name: 'API', usdPerMillionInput: 0.5, usdPerMillionOutput: 0.8 },
      {
        kind: 'rented-gpus',
        name: 'rented',
        gpu: 'h100-sxm-80gb',
        usdPerGpuHour: 2,
        outputTokensPerSecond: 500,
        gpusPerReplica: 1,
      },
    ],
  }

  test('every flip of a field that the question has is there when it is set', () => {
    const { flips } = compared(question)
    const own = flips.filter(({ field, flipsAt }) => flipsAt !== null && !/^(options|workload)\./.test(field))
    expect(own.length).toBeGreaterThan(1)
    for (const { field, flipsAt, cheapestThen } of own) {
      expect(compared({ ...question, [field]: flipsAt }).cheapest?.name, field).toBe(cheapestThen)
    }
  })

  test('a month has the hours that it has: they are not turned', () => {
    expect(compared(question).flips.map(({ field }) => field)).not.toContain('hoursPerMonth')
  })
})

describe('a price that depends on the length of the prompt', () => {
  const tiered = offer(source('a-list', '2026-08-01'), 0, {
    meters: [
      meter('input', 1.25),
      meter('input', 2.5, { tierFrom: 200_000 }),
      meter('output', 10),
      meter('output', 15, { tierFrom: 200_000 }),
    ],
  })
  const flat = offer(source('a-list', '2026-08-01'), 0, {
    seller: 'a-flat-seller',
    meters: [meter('input', 1.6), meter('output', 8)],
  })
  const question = {
    model: 'maker/a-model',
    workload: {
      from: 'requests',
      requestsPerMonth: 1000,
      inputTokensPerRequest: 190_000,
      outputTokensPerRequest: 10_000,
    },
    options: [
      { kind: 'token-api', seller: 'a-seller' },
      { kind: 'token-api', seller: 'a-flat-seller' },
    ],
  }
  const known: Facts = { ...facts, tokenOffers: () => [tiered, flat] }
  const turnedOf = (options: readonly object[]) =>
    compared({ ...question, options }, known).flips.map(({ field }) => field)

  test('lengths are not turned: at other ones the price is another', () => {
    expect(turnedOf(question.options)).not.toContain('workload.inputTokensPerRequest')
    const longer = { ...question.workload, inputTokensPerRequest: 200_001 }
    const [here, there] = [question.workload, longer].map(
      (workload) => compared({ ...question, workload }, known).cheapest?.name,
    )
    expect([here, there]).toEqual(['API of a-seller', 'API of a-flat-seller'])
  })

  test('nor where the seller follows from them', () => {
    expect(
      turnedOf([{ kind: 'token-api' }, { kind: 'token-api', usdPerMillionInput: 1, usdPerMillionOutput: 1 }]),
    ).not.toContain('workload.outputTokensPerRequest')
  })

  test('a flat price of one seller leaves them to be turned', () => {
    expect(
      turnedOf([
        question.options[1] ?? {},
        { kind: 'token-api', usdPerMillionInput: 1, usdPerMillionOutput: 1 },
      ]),
    ).toContain('workload.outputTokensPerRequest')
  })

  test('one price for all prompts is said to be that of the mean prompt', () => {
    const { assumptions } = answer(compare, prepare(compare, question), known)
    expect(assumptions.filter(({ field }) => field.endsWith('.usdPerMillionInput'))).toEqual([
      {
        field: 'options.0.usdPerMillionInput',
        value: 1.25,
        unit: 'USD/million tokens',
        because:
          'The price depends on the length of a prompt: all are taken to have the mean, 190,000 tokens.',
      },
    ])
  })

  test('tokens of the option decide which tier a prompt reaches', () => {
    const longer = [{ kind: 'token-api', seller: 'a-seller', tokenizerRatio: 1.1 }]
    const { options } = compared({ ...question, options: longer }, known)
    expect(options[0]?.lines.map(({ usdPerUnit }) => usdPerUnit)).toEqual([2.5, 15])
    expect(
      turnedOf([...longer, { kind: 'token-api', usdPerMillionInput: 1, usdPerMillionOutput: 1 }]),
    ).not.toContain('options.0.tokenizerRatio')
  })
})

test('cached tokens that pay the input price go with it', () => {
  const question = {
    workload: {
      from: 'requests',
      requestsPerMonth: 1000,
      inputTokensPerRequest: 4000,
      outputTokensPerRequest: 100,
      cachedInputRatio: 0.9,
    },
    options: [
      { kind: 'token-api', name: 'one', usdPerMillionInput: 1, usdPerMillionOutput: 1 },
      { kind: 'token-api', name: 'other', usdPerMillionInput: 0.7, usdPerMillionOutput: 1 },
    ],
  }
  const flip = compared(question).flips.find(({ field }) => field === 'options.0.usdPerMillionInput')
  expect(flip?.flipsAt).toBeCloseTo(0.7, 6)
  const [one, other] = question.options
  const at = (usdPerMillionInput: number) =>
    compared({ ...question, options: [{ ...one, usdPerMillionInput }, other] }).cheapest?.name
  expect([at(0.701), at(flip?.flipsAt ?? 0)]).toEqual(['other', 'one'])
})

test.each([
  ['requests', (step: number) => ({ from: 'requests', requestsPerMonth: 1e11 + step * 1.7e9 })],
  [
    'people',
    (step: number) => ({ from: 'people', people: 1e9 + step * 1.7e7, requestsPerPersonPerDay: 4.3 }),
  ],
])('near the largest volume that counts, a search among %s stays below it', (_from, workload) => {
  for (let step = 0; step < 100; step++) {
    const shape = { inputTokensPerRequest: 700 + step / 7, outputTokensPerRequest: 300 + step / 3 }
    const { flips } = compared({
      workload: { ...workload(step), ...shape },
      options: [
        { kind: 'token-api', name: 'one', usdPerMillionInput: 1, usdPerMillionOutput: 1 },
        { kind: 'token-api', name: 'other', usdPerMillionInput: 2, usdPerMillionOutput: 2 },
      ],
    })
    expect(flips.length).toBeGreaterThan(5)
  }
})
