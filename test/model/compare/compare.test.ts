import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { compare } from '../../../model/compare/compare.ts'
import { ComparisonResult } from '../../../model/compare/comparison-result.ts'
import rows from '../../cases/comparison.json' with { type: 'json' }
import memoRows from '../../cases/memo.json' with { type: 'json' }

const facts = bundledFacts('2026-11-25')

const compared = (input: unknown): ComparisonResult =>
  ComparisonResult.parse(answer(compare, prepare(compare, input), facts).result)

const optionNamed = ({ options }: ComparisonResult, name: string) => {
  const option = options.find((one) => one.name === name)
  if (!option) throw new Error(`There is no option ${name}.`)
  return option
}

describe('published values', () => {
  test.each(rows)('$source', ({ input, expected, capacityTokensPerMonth, tolerance }) => {
    const result = compared(input)
    for (const [name, usd] of Object.entries(expected)) {
      const option = optionNamed(result, name)
      expect(Math.abs(option.usdPerMonth - usd)).toBeLessThanOrEqual(tolerance * usd)
      if (option.hardware) expect(option.hardware.capacityTokensPerMonth).toBe(capacityTokensPerMonth)
    }
  })

  test('Red Hat memo of 2026: 1.902 USD a million tokens when full', () => {
    expect(compared(memo().input).options[0]?.usdPerMillionTokens).toBeCloseTo(1.902, 3)
  })

  test.each(memoRows)('$source', ({ blended, breakEvenUtilisation, ...prices }) => {
    const { input } = memo()
    const { source: _, ...api } = prices
    const result = compared({
      ...input,
      options: [...input.options, { kind: 'token-api', name: 'API', ...api }],
    })
    expect(optionNamed(result, 'API').usdPerMillionTokens).toBeCloseTo(blended, 2)
    expect(result.breakEvens[0]?.breakEvenUtilisationRatio).toBeCloseTo(breakEvenUtilisation, 3)
  })

  test('redhat-performance/configiq, audit fixture: half the capacity is used at 40.5M', () => {
    expect(optionNamed(compared(rows[0]?.input), 'rented').hardware?.capacityUsedRatio).toBe(0.5)
  })

  test('redhat-performance/configiq, audit fixture: 1 USD an hour and 30 USD fixed break even at 235,714,286', () => {
    const fixture = rows[0]?.input
    const rented = {
      ...fixture?.options[1],
      usdPerGpuHour: 1,
      fixedUsdPerMonth: 30,
    }
    const { breakEvens } = compared({ ...fixture, options: [fixture?.options[0], rented] })
    expect(breakEvens).toHaveLength(1)
    expect(breakEvens[0]).toMatchObject({
      firstTokensPerMonth: 235_714_286,
      unitsThen: 3,
      forGoodFromTokensPerMonth: 735_714_286,
    })
  })
})

const memo = () => {
  const row = rows.at(-1)
  if (!row) throw new Error('The memo is missing.')
  return row
}

describe('options that cannot take part stay visible with the reason', () => {
  const workload = rows[0]?.input.workload
  test.each([
    [
      'an API without a price',
      { kind: 'token-api' },
      'usdPerMillionInput and usdPerMillionOutput are not both given, and no model to look up.',
    ],
    [
      'GPUs without a speed',
      { kind: 'rented-gpus', gpu: 'h100-sxm-80gb', usdPerGpuHour: 2 },
      'outputTokensPerSecond is not given, and no model from which to estimate it.',
    ],
    [
      'GPUs without a price',
      { kind: 'rented-gpus', gpu: 'h100-sxm-80gb', outputTokensPerSecond: 100 },
      'the price book has no on-demand price of h100-sxm-80gb from any seller on 2026-11-25.',
    ],
    [
      'servers that nobody prices',
      { kind: 'bought-servers', gpu: 'h200-nvl-141gb', outputTokensPerSecond: 100 },
      'options.0.usdPerGpu is missing, and no source states it for h200-nvl-141gb: give it.',
    ],
  ])('%s', (_name, option, reason) => {
    const result = compared({ workload, options: [option] })
    expect(result.excluded.map((one) => one.reason)).toEqual([reason])
    expect(result.cheapest).toBeNull()
  })
})

describe('whole machines', () => {
  const shape = { inputTokensPerRequest: 1000, outputTokensPerRequest: 1000 }
  const gpuCount = (option: object) =>
    compared({
      workload: { from: 'tokens', tokensPerMonth: 1_000_000, ...shape },
      options: [
        {
          kind: 'rented-gpus',
          gpu: 'h100-sxm-80gb',
          usdPerGpuHour: 2,
          outputTokensPerSecond: 100,
          ...option,
        },
      ],
    }).options[0]?.hardware
  test('an instance of eight is paid whole for a replica of two', () => {
    expect(gpuCount({ gpusPerReplica: 2, gpusPerInstance: 8 })).toMatchObject({
      gpuCount: 8,
      replicaCount: 4,
    })
  })
  test('a replica of sixteen takes two instances of eight', () => {
    expect(gpuCount({ gpusPerReplica: 16, gpusPerInstance: 8 })).toMatchObject({
      gpuCount: 16,
      replicaCount: 1,
    })
  })
  test('a replica of three leaves two of eight idle', () => {
    expect(gpuCount({ gpusPerReplica: 3, gpusPerInstance: 8 })).toMatchObject({
      gpuCount: 8,
      replicaCount: 2,
    })
  })
})
