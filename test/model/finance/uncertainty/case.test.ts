import { describe, expect, test } from 'vitest'
import { CaseOutput } from '../../../../model/finance/business-case-fields.ts'
import { InputProblem } from '../../../../model/problem.ts'
import { ask, at, costsOf, expectFlipsRight, run, winnerOf } from './case-flips.ts'

const api = { name: 'api', lines: [{ kind: 'tokens', name: 'tokens', usdPerMillionTokens: 2 }] }
const own = {
  name: 'own',
  lines: [
    { kind: 'purchase', name: 'server', usd: 285_000, resaleUsd: 57_000, lifeYears: 4 },
    { kind: 'gpu-rent', name: 'GPUs', gpuCount: 2, usdPerGpuHour: 2 },
    { kind: 'staff', name: 'staff', fullTimeEquivalents: 0.2, usdPerYear: 200_000 },
  ],
}
const terms = {
  months: 36,
  discountRatePerYear: 0.1,
  inflationPerYear: 0.03,
  volume: { millionTokensPerMonth: 8000, growthPerYear: 0.2 },
  options: [api, own],
}
const price = 'options.0.lines.0.usdPerMillionTokens'
const inputs = {
  [price]: { value: { kind: 'lognormal', p5: 1, p95: 4 } },
  'volume.growthPerYear': { value: { kind: 'normal', mean: 0.2, standardDeviation: 0.1 } },
  'options.1.lines.2.fullTimeEquivalents': { value: { kind: 'triangular', low: 0.1, mode: 0.2, high: 1 } },
  discountRatePerYear: { value: { kind: 'uniform', low: 0.08, high: 0.12 } },
}
const uncertain = (more: object = {}) => ({ ...terms, uncertainty: { inputs, draws: 1000, ...more } })
const simulated = (input: unknown) => {
  const { uncertainty } = run(input)
  if (!uncertainty) throw new Error('nothing is uncertain')
  return uncertainty
}

describe('draws of a case', () => {
  test('each draw costs what a single case with those numbers costs', () => {
    for (const taxRate of [0, 0.25]) {
      const { samples } = simulated({ ...uncertain({ draws: 100, samples: true }), taxRate })
      for (let draw = 0; draw < 100; draw += 7) {
        const drawn = (name: string) => samples?.[`input ${name}`]?.[draw] ?? Number.NaN
        const changed = Object.keys(inputs).reduce<unknown>((input, name) => at(input, name, drawn(name)), {
          ...terms,
          taxRate,
        })
        const rent = at(changed, 'options.1.lines.1.changePerYear', drawn('changePerYear'))
        const [apiUsd = 0, ownUsd = 0] = costsOf(rent)
        expect(samples?.['option api']?.[draw]).toBeCloseTo(apiUsd, 5)
        expect(samples?.['option own']?.[draw]).toBeCloseTo(ownUsd, 5)
      }
    }
  })

  test('the same result with the inputs and the options in another order', () => {
    const reversed = {
      ...uncertain(),
      options: terms.options.toReversed(),
      uncertainty: {
        draws: 1000,
        inputs: {
          growth: { ...inputs['volume.growthPerYear'], fields: ['volume.growthPerYear'] },
          price: { ...inputs[price], fields: ['options.1.lines.0.usdPerMillionTokens'] },
        },
      },
    }
    const forward = {
      ...uncertain(),
      uncertainty: {
        draws: 1000,
        inputs: {
          price: { ...inputs[price], fields: [price] },
          growth: { ...inputs['volume.growthPerYear'], fields: ['volume.growthPerYear'] },
        },
      },
    }
    const [one, other] = [simulated(forward), simulated(reversed)]
    expect(other.options.toReversed()).toEqual(one.options)
    expect(other.inputs.map(({ input, shareOfVariance }) => [input, shareOfVariance])).toEqual(
      one.inputs.map(({ input, shareOfVariance }) => [input, shareOfVariance]),
    )
  })

  test('a closed-form case: within three standard errors, over 200 seeds', () => {
    const line = (name: string) => ({ kind: 'recurring', name, usdPerMonth: 500 })
    const level = {
      months: 24,
      discountRatePerYear: 0.1,
      options: [{ name: 'level', lines: [line('a'), line('b')] }],
    }
    const annuity = Array.from({ length: 24 }, (_, index) => 1.1 ** (-(index + 1) / 12)).reduce(
      (a, b) => a + b,
    )
    const exact = { mean: annuity * (1000 + 600), deviation: annuity * Math.sqrt(100 ** 2 + 1200 ** 2 / 12) }
    const draws = 1000
    const misses = Array.from({ length: 200 }, (_, seed) => {
      const [found] = simulated({
        ...level,
        uncertainty: {
          draws,
          seed,
          inputs: {
            'options.0.lines.0.usdPerMonth': {
              value: { kind: 'normal', mean: 1000, standardDeviation: 100 },
            },
            'options.0.lines.1.usdPerMonth': { value: { kind: 'uniform', low: 0, high: 1200 } },
          },
        },
      }).options
      return ((found?.meanUsd ?? 0) - exact.mean) / (exact.deviation / Math.sqrt(draws))
    })
    expect(misses.filter((miss) => Math.abs(miss) > 3).length).toBeLessThanOrEqual(2)
    expect(Math.abs(misses.reduce((sum, miss) => sum + miss, 0) / Math.sqrt(200))).toBeLessThan(3)
    const spread = Math.sqrt(misses.reduce((sum, miss) => sum + miss ** 2, 0) / 200)
    expect(spread).toBeGreaterThan(0.8)
    expect(spread).toBeLessThan(1.2)
  })

  test('probabilities add up to 1, quantiles rise, and the cheapest on average regrets least', () => {
    const { options, cheapestOnAverage } = simulated(uncertain())
    expect(options.reduce((sum, { probabilityCheapest }) => sum + probabilityCheapest, 0)).toBeCloseTo(1, 12)
    for (const { p5Usd, p10Usd, p50Usd, p90Usd, p95Usd } of options) {
      const rising = [p5Usd, p10Usd, p50Usd, p90Usd, p95Usd]
      expect(rising.toSorted((a, b) => a - b)).toEqual(rising)
    }
    const least = options.toSorted((a, b) => a.expectedRegretUsd - b.expectedRegretUsd)[0]
    expect(least?.name).toBe(cheapestOnAverage)
  })

  test('the answer’s band is that of the option it names', () => {
    const { interval, result } = ask(uncertain())
    const { cheapest, uncertainty } = CaseOutput.parse(result)
    const found = uncertainty?.options.find(({ name }) => name === cheapest)
    expect(interval).toEqual({ p10: found?.p10Usd, p50: found?.p50Usd, p90: found?.p90Usd })
  })

  test('draws that a field does not accept take the nearest value that it does, and it is said how many', () => {
    const wide = { [price]: { value: { kind: 'normal', mean: 0, standardDeviation: 1 } } }
    const found = simulated(uncertain({ inputs: wide, citedRanges: false, samples: true }))
    expect(found.inputs[0]?.cutRatio).toBeCloseTo(0.5, 1)
    expect(Math.min(...(found.samples?.[`input ${price}`] ?? [-1]))).toBe(0)
  })
})

describe('cited ranges', () => {
  const asked = {
    checkpointGb: 140,
    storedCopies: 6,
    custodyUsdPerMonth: 1500,
    scanUsdPerCheckpoint: 800,
    evaluationHours: 120,
    judgeMillionTokens: 40,
    judgeUsdPerMillionTokens: 5,
    monitoringUsdPerMonth: 700,
    fineTuningUsd: 9000,
    exitUsd: 12_000,
    lossProbabilityPerYear: 0.004,
    egressGbPerMonth: 300,
  }
  const owning = (name: string, gpuCount: number, more: object = {}) => ({
    name,
    owning: { gpu: 'h100-sxm-80gb', gpuCount, ...asked, ...more },
  })
  const both = { ...terms, options: [owning('small', 8), owning('large', 16)] }
  const ofInput = (
    input: string,
    found = simulated({ ...both, uncertainty: { draws: 500, samples: true } }),
  ) => found.inputs.filter((each) => each.input === input)

  test('come in by themselves, one figure one input for all options that rest on it', () => {
    expect(ofInput('usdPerKwh')[0]?.fields).toEqual([
      'options.0.owning.usdPerKwh',
      'options.1.owning.usdPerKwh',
    ])
    const { inputs: all } = simulated({ ...both, uncertainty: { draws: 200 } })
    expect(all.length).toBeGreaterThan(10)
    expect(simulated({ ...both, uncertainty: { draws: 500, citedRanges: false } }).inputs).toEqual([])
  })

  test('a figure that somebody gave is certain', () => {
    const given = { ...terms, options: [owning('small', 8, { usdPerKwh: 0.1 }), owning('large', 16)] }
    expect(ofInput('usdPerKwh', simulated({ ...given, uncertainty: { draws: 200 } }))[0]?.fields).toEqual([
      'options.1.owning.usdPerKwh',
    ])
  })

  test('the same figure with two ranges is high in both options or low in both', () => {
    const fleet = (uncertainty: object) =>
      simulated({ ...terms, options: [owning('small', 8), owning('large', 1024)], uncertainty })
    const { samples } = fleet({ draws: 500, samples: true })
    const small = samples?.['input fullTimeEquivalents of small'] ?? []
    const large = samples?.['input fullTimeEquivalents of large'] ?? []
    const ranked = (column: readonly number[]) =>
      column.map((value) => column.filter((other) => other < value).length)
    expect(ranked(small)).toEqual(ranked(large))
    expect(small).toHaveLength(500)
  })

  test('rents vary within the band that 2026 showed', () => {
    const [rent] = ofInput('changePerYear', simulated(uncertain({ inputs: {} })))
    expect(rent?.fields).toEqual(['options.1.lines.1.changePerYear'])
    expect([rent?.searchedLow, rent?.p5, rent?.p95].every((each) => each !== undefined)).toBe(true)
    expect(rent?.p5).toBeGreaterThan(-0.11)
    expect(rent?.p95).toBeLessThan(0.08)
  })
})

describe('flips of a case', () => {
  test('at each value both cost the same, or the step is given; the verdict differs on its sides; never flips is right', () => {
    const { continuous, steps, never } = expectFlipsRight(60)
    expect(Math.min(continuous, steps, never)).toBeGreaterThan(5)
  }, 30_000)

  test('the sides of a flip are what the case costs there', () => {
    const { flips } = run({ ...terms, flips: true })
    const found = flips?.find(({ field }) => field === price)
    const flip = found?.flip
    expect(flip?.isStep).toBe(false)
    expect(found?.title).toBe('API price')
    const [below, above] = [(flip?.value ?? 0) * 0.999, (flip?.value ?? 0) * 1.001]
    const names = terms.options.map(({ name }) => name)
    expect(names[winnerOf(costsOf(at(terms, price, below)))]).toBe(flip?.below.cheapest)
    expect(names[winnerOf(costsOf(at(terms, price, above)))]).toBe(flip?.above.cheapest)
  })

  test('a step is given with the cost on both sides', () => {
    const stepped = {
      ...terms,
      discountRatePerYear: 0,
      volume: { millionTokensPerMonth: 1000 },
      options: [
        { name: 'level', lines: [{ kind: 'recurring', name: 'level', usdPerMonth: 150 }] },
        {
          name: 'units',
          lines: [
            { kind: 'provisioned', name: 'units', usdPerUnitMonth: 100, millionTokensPerUnitMonth: 1500 },
          ],
        },
      ],
      inflationPerYear: 0,
      flips: true,
    }
    const flip = run(stepped).flips?.find(({ field }) => field === 'volume.millionTokensPerMonth')?.flip
    expect(flip).toMatchObject({
      isStep: true,
      below: { cheapest: 'units', costsUsd: [5400, 3600] },
      above: { cheapest: 'level', costsUsd: [5400, 7200] },
    })
    expect(flip?.value).toBeCloseTo(1500, 6)
  })

  test('triggers name the number, the value and who wins then, and the days on which the case itself changes', () => {
    const switching = {
      ...api,
      lines: [{ ...api.lines[0], price: { scenario: 'step-cut', month: 19, remainingRatio: 0.9 } }],
    }
    const { triggers, reviewOn } = run({ ...terms, options: [switching, own], flips: true })
    const kinds = new Set(triggers?.map(({ kind }) => kind))
    expect([...kinds].toSorted()).toEqual(
      expect.arrayContaining(['price', 'price changes', 'review', 'volume']),
    )
    expect(triggers?.find(({ kind }) => kind === 'price')?.sentence).toMatch(
      /^Look again when API price \(tokens of api\) (falls below|rises above) \$[\d.]+ \(now \$2\.00\): then (api|own) costs least\.$/,
    )
    expect(triggers?.find(({ kind }) => kind === 'price changes')?.on).toBe('2028-05-25')
    expect(reviewOn).toBe('2027-02-25')
  })
})

const range = { value: { kind: 'uniform', low: 1, high: 2 } }
const more = {
  inflationPerYear: range,
  'volume.millionTokensPerMonth': range,
  'options.1.lines.0.usd': range,
  'options.1.lines.1.usdPerGpuHour': range,
  'options.1.lines.2.usdPerYear': range,
}

describe('bad input is named with what is accepted', () => {
  const refused: readonly [string, object, RegExp][] = [
    [
      'a field that is no number',
      { inputs: { 'options.0.lines.0.usdPerMillion': inputs[price] } },
      /there is no number "options.0.lines.0.usdPerMillion".*Did you mean/,
    ],
    [
      'a length of time',
      { inputs: { months: { value: { kind: 'uniform', low: 1, high: 2 } } } },
      /cannot be uncertain/,
    ],
    [
      'two distributions for one number',
      { inputs: { ...inputs, again: { ...inputs[price], fields: [price] } } },
      /a number has one distribution/,
    ],
    [
      'P5 above P95',
      { inputs: { [price]: { value: { kind: 'lognormal', p5: 4, p95: 2 } } } },
      /p5 \(4\) is above p95 \(2\); accepted: p5 ≤ p95/,
    ],
    [
      'probabilities that do not add up',
      { inputs: { [price]: { value: { kind: 'discrete', values: [{ value: 1, probability: 0.4 }] } } } },
      /add up to 0.4; they must add up to 1/,
    ],
    [
      'an input correlated with itself',
      { correlations: [{ between: [price, price], coefficient: 0.5 }] },
      /cannot be correlated with itself/,
    ],
    [
      'a correlation of what is not uncertain',
      { correlations: [{ between: [price, 'rent'], coefficient: 0.5 }] },
      /there is no uncertain input "rent"; there are: /,
    ],
    [
      'correlations that are no correlation matrix',
      {
        correlations: [
          { between: [price, 'volume.growthPerYear'], coefficient: 0.9 },
          { between: [price, 'discountRatePerYear'], coefficient: 0.9 },
          { between: ['discountRatePerYear', 'volume.growthPerYear'], coefficient: -0.9 },
        ],
      },
      /positive semidefinite/,
    ],
    [
      'more samples than an answer may hold',
      { draws: 100_000, samples: true, inputs: { ...inputs, ...more } },
      /numbers would be given; at most 1000000/,
    ],
  ]
  test.each(refused)('%s', (_name, uncertainty, sentence) => {
    expect(() => run(uncertain(uncertainty))).toThrow(InputProblem)
    expect(() => run(uncertain(uncertainty))).toThrow(sentence)
  })

  test('more work than a simulation may take is refused with what is', () => {
    const lines = Array.from({ length: 40 }, (_, index) => ({
      kind: 'recurring',
      name: `${index}`,
      usdPerMonth: 1,
    }))
    const large = {
      ...terms,
      months: 600,
      options: [{ name: 'large', lines }, own],
      uncertainty: { draws: 100_000 },
    }
    expect(() => run(large)).toThrow(/at most 100000000 are accepted, so at most \d+ draws/)
  })
})
