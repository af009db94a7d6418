import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { calculationOf } from '../../../model/catalog.ts'
import { InputProblem } from '../../../model/problem.ts'

const facts = bundledFacts('2026-11-25')
function ask(id: string, input: unknown) {
  const calculation = calculationOf(id)
  if (!calculation) throw new Error(`no calculation ${id}`)
  return answer(calculation, prepare(calculation, input), facts)
}

const line = { kind: 'recurring', name: 'rent', usdPerMonth: 100 }
const options = [
  { name: 'one', lines: [line] },
  { name: 'other', lines: [{ ...line, usdPerMonth: 90 }] },
]
const terms = { discountRatePerYear: 0.1, options }
const field = 'options.0.lines.0.usdPerMonth'
const uncertain = (value: object, more: object = {}) => ({
  ...terms,
  uncertainty: { inputs: { [field]: { value } }, draws: 100, ...more },
})
const uniform = { kind: 'uniform', low: 1, high: 2 }

/** Each kind of input that makes no sense, and the sentence that says what does. */
const refused: readonly [string, string, unknown, RegExp][] = [
  [
    'a rate below -100%',
    'business-case',
    { ...terms, discountRatePerYear: -1.01 },
    /discountRatePerYear: -1.01 must be at least -0.99/,
  ],
  [
    'an inflation below -100%',
    'business-case',
    { ...terms, inflationPerYear: -2 },
    /inflationPerYear: -2 must be at least/,
  ],
  [
    'a price that falls below nothing',
    'business-case',
    { ...terms, volume: { millionTokensPerMonth: 1, growthPerYear: -1.5 } },
    /growthPerYear: -1.5 must be at least -0.9/,
  ],
  [
    'a commitment without its tokens',
    'business-case',
    {
      ...terms,
      volume: { millionTokensPerMonth: 1 },
      options: [
        {
          name: 'one',
          lines: [{ kind: 'committed-spend', name: 'deal', usdPerMonth: 9, usdPerMillionTokens: 1 }],
        },
      ],
    },
    /"deal" is what tokens leave unspent, and "one" has no line of tokens/,
  ],
  ['a horizon of 0 months', 'business-case', { ...terms, months: 0 }, /months: 0 must be at least 1/],
  [
    'a horizon of 10^6 months',
    'business-case',
    { ...terms, months: 1e6 },
    /months: 1000000 must be at most 600/,
  ],
  [
    'correlations that are no correlation matrix',
    'business-case',
    uncertain(uniform, {
      inputs: {
        [field]: { value: uniform },
        discountRatePerYear: { value: { kind: 'uniform', low: 0, high: 0.1 } },
        inflationPerYear: { value: { kind: 'uniform', low: 0, high: 0.1 } },
      },
      correlations: [
        { between: [field, 'discountRatePerYear'], coefficient: 0.9 },
        { between: [field, 'inflationPerYear'], coefficient: 0.9 },
        { between: ['discountRatePerYear', 'inflationPerYear'], coefficient: -0.9 },
      ],
    }),
    /make a positive semidefinite matrix/,
  ],
  [
    'a correlation above 1',
    'business-case',
    uncertain(uniform, { correlations: [{ between: [field, field], coefficient: 1.5 }] }),
    /coefficient: 1.5 must be at most 1/,
  ],
  [
    'P5 above P95',
    'business-case',
    uncertain({ kind: 'lognormal', p5: 9, p95: 1 }),
    /p5 \(9\) is above p95 \(1\); accepted: p5 ≤ p95/,
  ],
  [
    'a low end above the high end',
    'business-case',
    uncertain({ kind: 'triangular', low: 5, mode: 3, high: 1 }),
    /low \(5\) is above mode \(3\)/,
  ],
  [
    'probabilities that do not sum',
    'business-case',
    uncertain({
      kind: 'discrete',
      values: [
        { value: 1, probability: 0.6 },
        { value: 2, probability: 0.6 },
      ],
    }),
    /add up to 1.2; they must add up to 1/,
  ],
  [
    'routed shares that do not sum',
    'tiered-mix',
    {
      millionTokensByHour: [1],
      tiers: [{ name: 'a', routedRatio: 0.4, millionTokensPerReplicaHour: 1, baseUsdPerReplicaHour: 1 }],
    },
    /add up to 0.4; they must add up to 1/,
  ],
  [
    'an optimum over more combinations than a search may order',
    'best-mix',
    {
      millionTokensByHour: [1],
      millionTokensPerReplicaHour: 1,
      baseUsdPerReplicaHour: 1,
      maximumReplicas: 1000,
      provisioned: { usdPerUnitHour: 1, millionTokensPerUnitHour: 1, maximumUnits: 10_000 },
    },
    /pairs of a base and a number of units would be tried; at most 100000 are accepted: fewer units, or a larger/,
  ],
  [
    'more draws than a simulation may take',
    'business-case',
    {
      ...uncertain(uniform, { draws: 100_000 }),
      months: 600,
      options: [{ name: 'one', lines: Array(30).fill(line) }, options[1]],
    },
    /steps; at most 100000000 are accepted, so at most \d+ draws/,
  ],
  [
    'a share above 1',
    'packing',
    {
      models: [{ name: 'a', weightsGb: 1, cacheGb: 1, loadRatio: -1 }],
      usableGbPerGpu: 10,
      usdPerGpuHour: 1,
    },
    /loadRatio: -1 must be at least 0/,
  ],
  [
    'more passes than cases',
    'adaptation',
    {
      requestsPerMonth: 1,
      inputTokens: 1,
      outputTokens: 1,
      usdPerMillionInput: 1,
      usdPerMillionOutput: 1,
      ways: [{ kind: 'as-it-is', name: 'a', onceUsd: 0, passes: 3, cases: 2 }],
    },
    /ways.0.passes: 3 cannot exceed cases \(2\)/,
  ],
]

describe('bad input is named with what is accepted', () => {
  test.each(refused)('%s (%s)', (_what, id, input, sentence) => {
    expect(() => ask(id, input)).toThrow(InputProblem)
    expect(() => ask(id, input)).toThrow(sentence)
  })

  test('flows that never change sign have no rate of return, and it is said', () => {
    const { result } = ask('business-case', terms)
    expect(result).toMatchObject({
      options: [
        {},
        {
          investment: {
            internalRatesPerYear: [],
            internalRateNote: 'Every flow is received, so no rate makes them worth nothing.',
          },
        },
      ],
    })
  })
})
