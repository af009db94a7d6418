import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { answer, prepare } from '../../../../model/calculation.ts'
import { quantileOf, type Uncertain } from '../../../../model/finance/uncertainty/distribution.ts'
import { drawsOf } from '../../../../model/finance/uncertainty/draws.ts'
import { normalQuantile, normalShareBelow } from '../../../../model/finance/uncertainty/normal.ts'
import { uncertainty } from '../../../../model/finance/uncertainty/uncertainty.ts'
import { UncertaintyOutput } from '../../../../model/finance/uncertainty/uncertainty-fields.ts'
import { InputProblem } from '../../../../model/problem.ts'

const facts = bundledFacts('2026-11-25')
const run = (input: unknown) =>
  UncertaintyOutput.parse(answer(uncertainty, prepare(uncertainty, input), facts).result)

const inputs = {
  millionTokens: { kind: 'lognormal', p5: 2000, p95: 8000 },
  rent: { kind: 'lognormal', p5: 2, p95: 4 },
  operations: { kind: 'lognormal', p5: 3000, p95: 12_000 },
}
const options = [
  { name: 'api', lines: [{ name: 'tokens', factors: ['millionTokens', 0.9] }] },
  {
    name: 'self-host',
    lines: [
      { name: 'GPUs', factors: [2, 730, 'rent'] },
      { name: 'operations', factors: ['operations'] },
    ],
  },
]
const squiggle = { inputs, options, draws: 100_000 }

describe('peers case 8, as a general Monte Carlo language ran it', () => {
  const [api, own] = run(squiggle).options

  test('means of about 3,950 and 10,800, within 2%', () => {
    expect(Math.abs((api?.meanUsd ?? 0) / 3950 - 1)).toBeLessThan(0.02)
    expect(Math.abs((own?.meanUsd ?? 0) / 10_800 - 1)).toBeLessThan(0.02)
  })

  test('self-hosting is cheaper with about 1.5%, within half a point', () => {
    expect(Math.abs((own?.probabilityCheapest ?? 0) - 0.015)).toBeLessThan(0.005)
  })
})

describe('draws', () => {
  test('the same result with inputs and options reordered', () => {
    const reversed = {
      ...squiggle,
      draws: 2000,
      inputs: Object.fromEntries(Object.entries(inputs).toReversed()),
      options: options.toReversed(),
    }
    const [one, other] = [run({ ...squiggle, draws: 2000 }), run(reversed)]
    expect(other.options.toReversed()).toEqual(one.options)
    expect(other.sensitivities).toEqual(one.sensitivities)
  })

  test('an input that is added changes no other input', () => {
    const more = { ...inputs, another: { kind: 'uniform', low: 0, high: 1 } }
    expect(run({ ...squiggle, draws: 2000, inputs: more }).options).toEqual(
      run({ ...squiggle, draws: 2000 }).options,
    )
  })

  test('a closed-form case: within three standard errors, over 200 seeds together and in each but the one or two that chance allows', () => {
    const sum = {
      inputs: {
        a: { kind: 'normal', mean: 5, standardDeviation: 2 },
        b: { kind: 'uniform', low: 0, high: 4 },
      },
      options: [
        {
          name: 'sum',
          lines: [
            { name: 'a', factors: ['a'] },
            { name: 'b', factors: ['b', 3] },
          ],
        },
      ],
      draws: 2000,
    }
    const exact = { mean: 5 + 3 * 2, variance: 4 + (9 * 16) / 12 }
    const misses = Array.from({ length: 200 }, (_, seed) => {
      const [found] = run({ ...sum, seed }).options
      const error = Math.sqrt(exact.variance / sum.draws)
      return ((found?.meanUsd ?? 0) - exact.mean) / error
    })
    expect(misses.filter((miss) => Math.abs(miss) > 3).length).toBeLessThanOrEqual(2)
    const pooled = misses.reduce((total, miss) => total + miss, 0) / Math.sqrt(misses.length)
    expect(Math.abs(pooled)).toBeLessThan(3)
    const rootMeanSquare = Math.sqrt(misses.reduce((total, miss) => total + miss ** 2, 0) / misses.length)
    expect(rootMeanSquare).toBeGreaterThan(0.8)
    expect(rootMeanSquare).toBeLessThan(1.2)
  })

  test('correlated inputs keep their distributions and move together', () => {
    const normal: Uncertain = { kind: 'normal', mean: 0, standardDeviation: 1 }
    const columns = drawsOf({
      quantiles: new Map(['a', 'b'].map((name) => [name, quantileOf(normal, name)])),
      correlations: [{ between: ['a', 'b'], coefficient: 0.8 }],
      seed: 1,
      draws: 20_000,
    })
    const [a = new Float64Array(), b = new Float64Array()] = [columns.get('a'), columns.get('b')]
    const mean = (of: (draw: number) => number) => a.reduce((sum, _, draw) => sum + of(draw), 0) / a.length
    expect(mean((draw) => (a[draw] ?? 0) * (b[draw] ?? 0))).toBeCloseTo(0.8, 1)
    expect(mean((draw) => (b[draw] ?? 0) ** 2)).toBeCloseTo(1, 1)
    expect(mean((draw) => b[draw] ?? 0)).toBeCloseTo(0, 1)
  })
})

describe('distributions', () => {
  test('published normal quantiles', () => {
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15)
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 14)
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 13)
  })

  test('a share and its quantile undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-10, max: 1 - 1e-10, noNaN: true }), (share) => {
        expect(Math.abs(normalShareBelow(normalQuantile(share)) - share)).toBeLessThan(1e-14)
      }),
    )
  })

  test('the quantiles that a lognormal was given come back', () => {
    const byTwentieths = quantileOf({ kind: 'lognormal', p5: 2, p95: 4 }, 'x')
    expect([byTwentieths(0.05), byTwentieths(0.95)]).toEqual([expect.closeTo(2, 12), expect.closeTo(4, 12)])
    const byTenths = quantileOf({ kind: 'lognormal', p10: 2, p90: 4 }, 'x')
    expect([byTenths(0.1), byTenths(0.9)]).toEqual([expect.closeTo(2, 12), expect.closeTo(4, 12)])
  })

  test('no quantile function ever falls', () => {
    const triangle = quantileOf({ kind: 'triangular', low: 1, mode: 3, high: 4 }, 'x')
    const dice = quantileOf(
      {
        kind: 'discrete',
        values: [
          { value: 6, probability: 0.5 },
          { value: 1, probability: 0.5 },
        ],
      },
      'x',
    )
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(triangle(high)).toBeGreaterThanOrEqual(triangle(low))
        expect(dice(high)).toBeGreaterThanOrEqual(dice(low))
      }),
    )
    expect([triangle(0), triangle(2 / 3), triangle(1), dice(0.4), dice(0.6)]).toEqual([1, 3, 4, 1, 6])
  })
})

describe('sensitivity', () => {
  test('at each flip value both cost the same, and the verdict differs on its two sides: 500 random cases', () => {
    const amount = fc.integer({ min: 1, max: 100_000 })
    const range = fc.tuple(amount, fc.integer({ min: 101, max: 400 })).map(([p5, percent]) => ({
      kind: 'lognormal',
      p5,
      p95: (p5 * percent) / 100,
    }))
    fc.assert(
      fc.property(fc.record({ a: range, b: range, c: range }), amount, (random, fixed) => {
        const names = ['one', 'other']
        const found = run({
          inputs: random,
          options: [
            { name: 'one', lines: [{ name: 'a', factors: ['a', 'b'] }] },
            {
              name: 'other',
              lines: [
                { name: 'c', factors: ['c', fixed] },
                { name: 'b', factors: ['b'] },
              ],
            },
          ],
          draws: 100,
        })
        const median = ({ p5, p95 }: { p5: number; p95: number }) => Math.sqrt(p5 * p95)
        const at = { a: median(random.a), b: median(random.b), c: median(random.c) }
        const cost = (of: typeof at): [number, number] => [of.a * of.b, of.c * fixed + of.b]
        for (const { input, flip, searchedLow, searchedHigh } of found.sensitivities) {
          const costs = (value: number) => cost({ ...at, [input]: value })
          const winner = (value: number) => names[costs(value)[0] <= costs(value)[1] ? 0 : 1]
          if (flip) {
            const [one, other] = costs(flip.value)
            expect(Math.abs(one / other - 1)).toBeLessThan(1e-9)
            expect(flip.cheapestBelow).not.toBe(flip.cheapestAbove)
            expect(winner(flip.value * 0.999)).toBe(flip.cheapestBelow)
            expect(winner(flip.value * 1.001)).toBe(flip.cheapestAbove)
          } else {
            expect(winner(searchedLow)).toBe(winner(searchedHigh))
          }
        }
      }),
      { numRuns: 500 },
    )
  }, 30_000)

  test('shares of variance of a sum of independent normals are those of their variances', () => {
    const normal = (standardDeviation: number) => ({ kind: 'normal', mean: 0, standardDeviation })
    const found = run({
      inputs: { a: normal(3), b: normal(1), c: normal(1) },
      options: [
        {
          name: 'sum',
          lines: [
            { name: 'a', factors: ['a'] },
            { name: 'b', factors: ['b'] },
          ],
        },
        { name: 'nothing', lines: [{ name: 'nothing', factors: [0] }] },
      ],
      draws: 20_000,
    })
    expect(found.sensitivities.map(({ input }) => input)).toEqual(['a', 'b', 'c'])
    expect(found.sensitivities[0]?.shareOfVariance).toBeCloseTo(0.9, 1)
    expect(found.sensitivities[1]?.shareOfVariance).toBeCloseTo(0.1, 1)
    expect(found.sensitivities[2]?.shareOfVariance).toBeLessThan(0.0015)
  })

  test('the probabilities add up to 1, and the cheapest on average regrets least', () => {
    const { options: found, cheapestOnAverage } = run({ ...squiggle, draws: 5000 })
    expect(found.reduce((sum, { probabilityCheapest }) => sum + probabilityCheapest, 0)).toBeCloseTo(1, 12)
    const least = found.toSorted((a, b) => a.expectedRegretUsd - b.expectedRegretUsd)[0]
    expect(least?.name).toBe(cheapestOnAverage)
  })

  test('monthly lines are discounted: 36 level months are an annuity', () => {
    const { options: found } = run({
      inputs: {},
      options: [{ name: 'level', lines: [{ name: 'rent', factors: [100] }] }],
      months: 36,
      discountRatePerYear: 0.1,
      draws: 100,
    })
    const monthly = 1.1 ** (1 / 12) - 1
    expect(found[0]?.meanUsd).toBeCloseTo((100 * (1 - 1.1 ** -3)) / monthly, 8)
  })
})

describe('bad input is named with what is accepted', () => {
  const bad: readonly [string, object, RegExp][] = [
    [
      'P5 above P95',
      { inputs: { ...inputs, rent: { kind: 'lognormal', p5: 4, p95: 2 } } },
      /inputs.rent: p5 \(4\) is above p95 \(2\)/,
    ],
    [
      'probabilities that do not add up',
      { inputs: { ...inputs, rent: { kind: 'discrete', values: [{ value: 1, probability: 0.5 }] } } },
      /add up to 0.5; they must add up to 1/,
    ],
    [
      'correlations that are no correlation matrix',
      {
        correlations: [
          { between: ['rent', 'operations'], coefficient: 0.9 },
          { between: ['rent', 'millionTokens'], coefficient: 0.9 },
          { between: ['operations', 'millionTokens'], coefficient: -0.9 },
        ],
      },
      /positive semidefinite/,
    ],
    ['an input that nobody gave', { inputs: { rent: 2 } }, /there is no input "millionTokens"/],
    [
      'more work than a simulation may take',
      { months: 600, draws: 100_000, options: trended() },
      /at most \d+ draws/,
    ],
    ['a divisor that reaches nothing', { options: [divided()] }, /no divisor may reach 0/],
  ]
  test.each(bad)('%s', (_name, change, sentence) => {
    expect(() => run({ ...squiggle, ...change })).toThrow(InputProblem)
    expect(() => run({ ...squiggle, ...change })).toThrow(sentence)
  })
})

function trended() {
  const line = { name: 'rent', factors: ['rent'], changesPerYear: [0.1] }
  return [{ name: 'rent', lines: [line, line] }]
}

function divided() {
  return { name: 'rent', lines: [{ name: 'rent', factors: ['rent'], divisors: [0] }] }
}
