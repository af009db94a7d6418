import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { evaluate } from '../../../model/breakdown.ts'
import { answer, type Calculation, prepare } from '../../../model/calculation.ts'
import { calculationOf } from '../../../model/catalog.ts'
import { totalUsd } from '../../../model/money/line.ts'
import { type Ownership, ownershipLines } from '../../../model/money/ownership.ts'
import rows from '../../cases/money.json' with { type: 'json' }
import ownershipRows from '../../cases/ownership.json' with { type: 'json' }

const facts = bundledFacts('2026-11-25')

function answered(id: string, input: unknown) {
  const calculation: Calculation | undefined = calculationOf(id)
  if (!calculation) throw new Error(`There is no calculation ${id}.`)
  return answer(calculation, prepare(calculation, input), facts)
}

describe('published values', () => {
  test.each(rows)('$calculation: $source', ({ calculation, input, expected, tolerance }) => {
    const { value } = answered(calculation, input)
    expect(Math.abs(Number(value) - expected)).toBeLessThanOrEqual(tolerance * expected)
  })

  test.each(ownershipRows)('$source', ({ input, expected, tolerance }) => {
    const lines = ownershipLines(input, 8)
    for (const [name, usd] of Object.entries(expected)) {
      expect(Math.abs((lines.find((line) => line.name === name)?.usd ?? 0) - usd)).toBeLessThanOrEqual(
        tolerance,
      )
    }
  })
})

const ownership: fc.Arbitrary<Ownership> = fc.record({
  usdPerGpu: fc.double({ min: 1, max: 1e6, noNaN: true }),
  installUsdPerGpu: fc.double({ min: 0, max: 1e5, noNaN: true }),
  lifeMonths: fc.integer({ min: 1, max: 120 }),
  residualRatio: fc.double({ min: 0, max: 1, noNaN: true }),
  costOfCapitalPerYear: fc.integer({ min: 0, max: 500 }).map((perMille) => perMille / 1000),
  kilowattsPerGpu: fc.double({ min: 0, max: 20, noNaN: true }),
  powerUsageEffectiveness: fc.double({ min: 1, max: 2, noNaN: true }),
  usdPerKwh: fc.double({ min: 0, max: 1, noNaN: true }),
  colocationUsdPerKilowattMonth: fc.double({ min: 0, max: 500, noNaN: true }),
  horizonMonths: fc.integer({ min: 1, max: 120 }),
  hoursPerMonth: fc.constant(730),
})

describe('laws of ownership', () => {
  test('twice the GPUs cost twice as much', () => {
    fc.assert(
      fc.property(ownership, fc.integer({ min: 1, max: 100 }), (own, count) => {
        const once = totalUsd(ownershipLines(own, count))
        expect(totalUsd(ownershipLines(own, 2 * count)) / once).toBeCloseTo(2, 9)
      }),
    )
  })

  test('capital never costs more than on the whole purchase, nor less than on what is left of it', () => {
    fc.assert(
      fc.property(ownership, (own) => {
        const capital =
          ownershipLines(own, 1).find(({ name }) => name === 'cost of capital')?.usd ?? Number.NaN
        const rate = own.costOfCapitalPerYear / 12
        expect(capital).toBeLessThanOrEqual((own.usdPerGpu + own.installUsdPerGpu) * rate * (1 + 1e-12))
        expect(capital).toBeGreaterThanOrEqual(own.usdPerGpu * own.residualRatio * rate * (1 - 1e-12))
      }),
    )
  })
})

test.each([
  [0, 0, 0, 0],
  [0, 2, 2, 0],
  [0, 1, 2, null],
  [1, 2, 2, null],
])('break-even: own %d a month, API %d and own %d a million tokens: %j', (own, api, ownTokens, value) => {
  const input = { ownUsdPerMonth: own, apiUsdPerMillionTokens: api, ownUsdPerMillionTokens: ownTokens }
  expect(answered('break-even', input).value).toBe(value)
})

describe('own-cost', () => {
  test('fills its gaps from cited figures and says so', () => {
    const own = answered('own-cost', { gpu: 'h100-sxm-80gb', gpuCount: 8 })
    expect(own.assumptions.map(({ field }) => field)).toContain('options.usdPerGpu')
    expect(own.assumptions.find(({ field }) => field === 'options.usdPerGpu')?.because).toMatch(
      /269000 and 317000/,
    )
    expect(evaluate(own.breakdown)).toBeCloseTo(Number(own.value), 9)
  })

  test('names in words, with source and day, every cost that it takes', () => {
    const own = answered('own-cost', { gpu: 'h100-sxm-80gb', gpuCount: 8 })
    for (const { because } of own.assumptions) expect(because).not.toMatch(/^[a-z0-9]+_/)
    const pue = own.assumptions.find(({ field }) => field === 'options.powerUsageEffectiveness')
    expect(pue?.because).toMatch(/aiinframap.*2026/)
    const titles = own.sources.map(({ title }) => title).join('\n')
    for (const source of ['EIA Electric Power Monthly', 'aiinframap', 'CBRE H2 2025']) {
      expect(titles).toContain(source)
    }
  })

  test('bounds have every cited range at the same end, and are no interval', () => {
    const own = answered('own-cost', { gpu: 'h100-sxm-80gb', gpuCount: 8 })
    // facts/cost-inputs: a server of eight 269,000 to 317,000; electricity 0.1077 to 0.2946; colocation 125 to 217.3.
    const at = (usdPerServer: number, usdPerKwh: number, colocationUsdPerKilowattMonth: number) =>
      answered('own-cost', {
        gpu: 'h100-sxm-80gb',
        gpuCount: 8,
        options: { usdPerGpu: usdPerServer / 8, usdPerKwh, colocationUsdPerKilowattMonth },
      }).value
    expect(own.result).toMatchObject({
      lowUsdPerMonth: at(269_000, 0.1077, 125),
      highUsdPerMonth: at(317_000, 0.2946, 217.3),
    })
    expect(own.interval).toBeNull()
    expect(own.assumptions.find(({ field }) => field === 'interval')?.because).toContain('no percentile')
  })

  test('has no bounds where no figure has a range', () => {
    const options = {
      usdPerGpu: 30_000,
      kilowattsPerGpu: 1,
      powerUsageEffectiveness: 1.3,
      usdPerKwh: 0.1,
      colocationUsdPerKilowattMonth: 150,
    }
    const own = answered('own-cost', { gpu: 'h100-sxm-80gb', gpuCount: 8, options })
    expect(own.result).toMatchObject({ lowUsdPerMonth: null, highUsdPerMonth: null })
  })

  test('asks for a purchase price that no source states', () => {
    expect(() => answered('own-cost', { gpu: 'h200-nvl-141gb', gpuCount: 8 })).toThrow(
      'options.usdPerGpu is missing, and no source states it for h200-nvl-141gb: give it.',
    )
  })
})

test('cached tokens beyond the input are refused with both numbers', () => {
  const input = { inputTokens: 200, outputTokens: 1, usdPerMillionInput: 1, usdPerMillionOutput: 1 }
  expect(() => answered('api-cost', { ...input, cachedInputTokens: 300 })).toThrow(
    'cachedInputTokens: 300 cannot exceed inputTokens (200), of which they are a part.',
  )
})
