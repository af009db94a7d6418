import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandOf } from '../../../data/calibrate/band.ts'
import type { HeldOut } from '../../../data/calibrate/cross-validation.ts'
import { type Fitted, fitConstants } from '../../../data/calibrate/fit.ts'
import { solvePositiveDefinite } from '../../../data/calibrate/linear-system.ts'
import { ratePlan } from '../../../data/calibrate/plans.ts'
import { quantile } from '../../../data/calibrate/quantiles.ts'
import { correctionOf, residualLevels } from '../../../data/calibrate/residual-levels.ts'
import type { StepConstants } from '../../../model/throughput/constants.ts'

describe('the fit', () => {
  const plan = {
    ...ratePlan,
    free: ['memoryEfficiency', 'layerSeconds'] as const,
    classConstants: { gpu: ['layerSeconds'] as const },
  }
  const truth = { memoryEfficiency: 0.8, layerSeconds: 80e-6 }
  const slower = 1.3
  /** A step of so many bytes and layers; the second GPU's layers take longer. */
  const rows = ['a', 'b'].flatMap((gpu) =>
    [1, 2, 4, 8, 16].flatMap((gigabytes) =>
      [20, 40, 80].map((layers): Fitted => {
        const seconds = ({ memoryEfficiency, layerSeconds }: Pick<StepConstants, keyof typeof truth>) =>
          gigabytes / 3350 / memoryEfficiency + layers * layerSeconds
        const layerSeconds = truth.layerSeconds * (gpu === 'b' ? slower : 1)
        return {
          classes: [`gpu:${gpu}`],
          measured: [Math.log(seconds({ ...truth, layerSeconds }))],
          predict: (constants) => [Math.log(seconds(constants))],
        }
      }),
    ),
  )
  const { family, standardErrors } = fitConstants(rows, plan)

  test('finds the constants that made the rows, up to the pull of the priors', () => {
    const { a = {}, b = {} } = { a: family.factors['gpu:a'], b: family.factors['gpu:b'] }
    expect(family.base.memoryEfficiency / truth.memoryEfficiency).toBeCloseTo(1, 1)
    expect((family.base.layerSeconds * (a.layerSeconds ?? 1)) / truth.layerSeconds).toBeCloseTo(1, 1)
    expect((b.layerSeconds ?? 1) / (a.layerSeconds ?? 1)).toBeGreaterThan(1.2)
  })

  test('leaves what it may not move, and says how sure it is of the rest', () => {
    expect(family.base.sequenceSeconds).toBe(ratePlan.start.sequenceSeconds)
    expect(standardErrors.base.layerSeconds).toBeGreaterThan(0)
    expect(standardErrors.base.sequenceSeconds).toBeUndefined()
  })

  test('the same rows give the same digits', () => {
    expect(fitConstants(rows, plan).family).toEqual(family)
  })

  test('without a GPU, what only its rows show is gone', () => {
    const without = fitConstants(
      rows.filter(({ classes }) => classes[0] !== 'gpu:b'),
      plan,
    )
    expect(without.family.factors['gpu:b']).toBeUndefined()
  })
})

test('Cholesky: the solution of A × x = b gives b again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 9, maxLength: 9 }),
      (m) => {
        const at = (row: number, column: number) => m[row * 3 + column] ?? 0
        // M × Mᵀ + identity is symmetric and positive definite.
        const a = [0, 1, 2].map((row) =>
          Float64Array.from(
            [0, 1, 2],
            (column) =>
              [0, 1, 2].reduce((sum, k) => sum + at(row, k) * at(column, k), 0) + (row === column ? 1 : 0),
          ),
        )
        const b = Float64Array.from([1, -2, 3])
        const x = solvePositiveDefinite(a, b)
        for (const [row, line] of a.entries()) {
          const product = line.reduce((sum, value, column) => sum + value * (x[column] ?? 0), 0)
          expect(product).toBeCloseTo(b[row] ?? 0, 6)
        }
      },
    ),
  )
})

test('a quantile lies between its neighbours by proportion', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
  expect(quantile([0, 10], 0.1)).toBe(1)
})

test('a level of few rows counts for little, and one that nobody measured for nothing', () => {
  const rows = Array.from({ length: 12 }, () => ({ levels: ['a', 'b', 'c', 'd'], residual: 0.3 }))
  const levels = residualLevels(rows)
  expect(levels.get('a')).toBeCloseTo((0.3 * 12) / (12 + 12), 12)
  expect(correctionOf(['a', 'b', 'c', 'd'], levels)).toBeLessThan(0.3)
  expect(correctionOf(['x'], levels)).toBe(0)
  expect(residualLevels(rows.slice(0, 1)).get('a')).toBeLessThan(levels.get('a') ?? 0)
})

describe('bands', () => {
  const held = (fold: number, alone: boolean, residuals: readonly number[]) =>
    residuals.map((residual) => ({ fold, alone, residuals: [residual] }) as unknown as HeldOut)
  const residual = ({ residuals }: HeldOut) => residuals[0] ?? Number.NaN
  const near = [-0.1, -0.05, 0, 0.05, 0.1]
  const far = [0.3, 0.35, 0.4, 0.45, 0.5]

  test('of folds of many deployments are the quantiles of all rows', () => {
    const rows = [...held(0, false, near), ...held(1, false, far)]
    expect(bandOf(rows, residual)[1]).toBeCloseTo(quantile([...near, ...far], 0.9), 12)
  })

  test('of single GPUs are as wide as the widest', () => {
    const [low, high] = bandOf([...held(0, true, near), ...held(1, true, far)], residual)
    expect([low, high]).toEqual([quantile(near, 0.1), quantile(far, 0.9)])
  })

  test('widen by rows that another family lends', () => {
    const [low, high] = bandOf(held(0, true, near), residual, held(0, true, far))
    expect(low).toBeGreaterThanOrEqual(-0.1)
    expect(high).toBeGreaterThan(quantile(near, 0.9))
  })
})
