import { beforeAll, expect, test } from 'vitest'
import { fitFamily } from '../../../data/calibrate/cross-validation.ts'
import { familiesOf } from '../../../data/calibrate/families.ts'
import { foldOf, readMeasurements } from '../../../data/calibrate/measurement.ts'
import type { Observation } from '../../../data/calibrate/observed.ts'
import { correctionOf } from '../../../data/calibrate/residual-levels.ts'
import { bundledFacts } from '../../../data/dataset.ts'
import type { ComparedRow } from '../../../model/own-speed/compared-rows.ts'
import { correctionAt } from '../../../model/own-speed/correction.ts'
import { constantsOf } from '../../../model/throughput/constants.ts'
import { describeWhere } from '../../needs.ts'

const file =
  process.env.WEIGHBRIDGE_CALIBRATION ??
  new URL('../../../../shared/facts/throughput-calibration.csv', import.meta.url).pathname
const folds = 5
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

type Quantity = 'ttftMs' | 'tpotMs'
type Pick = (loads: readonly number[]) => readonly number[]

/** Each row with what a fit predicts that has not seen its series. */
function heldOut(): Map<string, ComparedRow[]> {
  const { families } = familiesOf(readMeasurements(file), bundledFacts('2026-11-25'))
  const bySeries = new Map<string, ComparedRow[]>()
  for (const family of families.slice(0, 3)) {
    for (let fold = 0; fold < folds; fold++) {
      const isIn = ({ row }: Observation) => foldOf(row.series, folds) === fold
      const { family: constants, levels } = fitFamily(
        family,
        family.rows.filter((row) => !isIn(row)),
      )
      for (const one of family.rows.filter(isIn)) {
        const [ttft = 0, tpot = 0] = one
          .predict(constantsOf(constants, one.classes))
          .map((value, index) => Math.exp(value + correctionOf(one.levels, levels[index] ?? new Map())))
        const rows = bySeries.get(one.row.series) ?? []
        bySeries.set(one.row.series, [
          ...rows,
          {
            path: one.row.id,
            tool: 'CSV',
            concurrency: one.row.concurrency ?? 0,
            inputTokens: one.row.inputTokens ?? 0,
            outputTokens: one.row.outputTokens ?? 0,
            measured: { ttftMs: one.row.ttftMs, tpotMs: one.row.tpotMs },
            predicted: { ttftMs: ttft * 1000, tpotMs: tpot * 1000 },
          },
        ])
      }
    }
  }
  return bySeries
}

describeWhere(file, 'three rows of a series, given as the fleet’s own', () => {
  let bySeries = new Map<string, ComparedRow[]>()
  beforeAll(() => {
    bySeries = heldOut()
  }, 120_000)

  /** How far the mean error on the rest falls, over series with five concurrencies or more. */
  function falls(quantity: Quantity, pick: Pick) {
    return split(pick).map(({ own, rest }) => {
      const error = (correct: boolean) =>
        mean(
          rest.map((row) => {
            const factor = correct ? correctionAt(row, own, quantity).factor : 1
            return Math.abs((row.predicted[quantity] * factor) / (row.measured[quantity] ?? 1) - 1)
          }),
        )
      return 1 - error(true) / error(false)
    })
  }

  /** Share of the rest that lies inside its band. */
  function covered(quantity: Quantity, pick: Pick): number {
    const inside = split(pick).flatMap(({ own, rest }) =>
      rest.map((row) => {
        const { p10, p90 } = correctionAt(row, own, quantity).band
        const ratio = (row.measured[quantity] ?? 0) / row.predicted[quantity]
        return ratio >= p10 && ratio <= p90 ? 1 : 0
      }),
    )
    return mean(inside)
  }

  function split(pick: Pick) {
    return [...bySeries.values()].flatMap((rows) => {
      const loads = [...new Set(rows.map(({ concurrency }) => concurrency))].toSorted((a, b) => a - b)
      if (loads.length < 5) return []
      const chosen = pick(loads)
      const own = chosen.flatMap((load) => rows.find(({ concurrency }) => concurrency === load) ?? [])
      const rest = rows.filter(({ concurrency }) => !chosen.includes(concurrency))
      return [{ own, rest }]
    })
  }

  const spread = (loads: readonly number[]) =>
    [0, loads.length >> 1, loads.length - 1].map((index) => loads[index] ?? 0)
  const quarters = (loads: readonly number[]) =>
    [loads.length >> 2, loads.length >> 1, (3 * loads.length) >> 2].map((index) => loads[index] ?? 0)

  test.each([
    ['from the lightest load to the heaviest', spread, { tpotMs: 0.4, ttftMs: 0.3 }],
    // Rows that leave out both ends say less: a quarter is kept as a floor.
    ['from the middle loads alone', quarters, { tpotMs: 0.25, ttftMs: 0.2 }],
  ])('%s: the error on the rest falls in the median series', (_name, pick, least) => {
    for (const quantity of ['tpotMs', 'ttftMs'] as const) {
      const all = falls(quantity, pick)
      console.log(`${quantity}: by ${(median(all) * 100).toFixed(1)}% in the median of ${all.length} series`)
      expect(all.length).toBeGreaterThan(100)
      expect(median(all)).toBeGreaterThan(least[quantity])
      const share = covered(quantity, pick)
      console.log(`  the band covers ${(share * 100).toFixed(1)}%`)
      expect(share).toBeGreaterThan(0.72)
      expect(share).toBeLessThan(0.9)
    }
  })
})
