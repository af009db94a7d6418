import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { closedLoopObservation } from '../../../data/calibrate/closed-loop-rows.ts'
import { fittedConstants } from '../../../data/calibrate/constants-file.ts'
import { exclusionOf } from '../../../data/calibrate/exclusions.ts'
import { familiesOf } from '../../../data/calibrate/families.ts'
import { foldOf, readMeasurements } from '../../../data/calibrate/measurement.ts'
import { draftTokensOf, releaseOf } from '../../../data/calibrate/software.ts'
import { bundledFacts } from '../../../data/dataset.ts'
import { constantsOf } from '../../../model/throughput/constants.ts'

const facts = bundledFacts('2026-11-25')

/** One published row as the calibration file has it: Llama 3.1 70B in FP8 on one H200 (InferenceX). */
const published = {
  id: 'f9c9242438',
  source_repo: 'ai-dynamo/aiconfigurator',
  source_date: '2025-10-29',
  model: 'meta-llama/Llama-3.1-70B',
  framework: 'vllm',
  framework_version: '',
  gpu: 'h200-sxm-141gb',
  gpu_count: '1',
  tp: '1',
  pp: '1',
  ep: '1',
  dp: '',
  weight_precision: 'fp8',
  kv_precision: '',
  isl: '1024',
  osl: '1024',
  concurrency: '64',
  scenario: 'fixed_concurrency',
  output_tok_s_total: '',
  ttft_ms: '730',
  tpot_ms: '37.4',
  notes: 'random lengths drawn in [0.8,1.0] of nominal ISL/OSL',
}

function measurementsOf(rows: readonly Record<string, string>[]) {
  const columns = Object.keys(published)
  const quoted = (text = '') => `"${text.replaceAll('"', '""')}"`
  const lines = [columns.join(','), ...rows.map((row) => columns.map((name) => quoted(row[name])).join(','))]
  const path = join(mkdtempSync(join(tmpdir(), 'calibrate-')), 'rows.csv')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return readMeasurements(path)
}
const measurementOf = (changes: Record<string, string> = {}) => {
  const [row] = measurementsOf([{ ...published, ...changes }])
  if (!row) throw new Error('One row was written.')
  return row
}

describe('one row', () => {
  test('concurrency and measurements do not make a series, lengths do not make a deployment', () => {
    const row = measurementOf()
    expect(measurementOf({ concurrency: '8', tpot_ms: '22' }).series).toBe(row.series)
    expect(measurementOf({ isl: '8192' }).series).not.toBe(row.series)
    expect(measurementOf({ isl: '8192' }).deployment).toBe(row.deployment)
  })

  test('the fold is SHA-256 modulo the number of folds', () => {
    // sha256('abc') begins with ba7816bf (FIPS 180-4, example of section B.1 in the 2002 edition).
    expect(foldOf('abc', 97)).toBe(0xba7816bf % 97)
  })

  test('is predicted within a third of what was measured', () => {
    const observed = closedLoopObservation(measurementOf(), facts)
    if (typeof observed === 'string') throw new Error(observed)
    const predicted = observed.predict(constantsOf(facts.throughput.dense, observed.classes))
    for (const [index, measured] of observed.measured.entries()) {
      expect(Math.abs(Math.exp((predicted[index] ?? 0) - measured) - 1)).toBeLessThan(1 / 3)
    }
  })

  test.each([
    [{ model: 'nobody/nothing' }, 'The facts do not know the model nobody/nothing.'],
    [{ framework: 'ollama' }, 'The engine ollama is not covered.'],
    [{ concurrency: '' }, 'A length, a count or a latency is missing.'],
  ])('%j is left out with the reason', (changes, reason) => {
    expect(closedLoopObservation(measurementOf(changes), facts)).toBe(reason)
  })

  test('is left out by its id where the collector says why', () => {
    expect(exclusionOf(measurementOf())).toBeNull()
    expect(exclusionOf(measurementOf({ id: '01dfad9d0d' }))).toContain('do not fit')
  })
})

describe('the software of a row', () => {
  test.each([
    ['0.19.0', '2026-04-03', '0.19'],
    ['', '2025-10-29', '2025-10'],
    ['nightly-5b8c30d6', '2026-04-03', '2026-04'],
    ['', '', null],
  ])('version %j of %j is release %j', (framework_version, source_date, release) => {
    expect(releaseOf(measurementOf({ framework_version, source_date }))).toBe(release)
  })

  const deepseek = { model: 'deepseek-ai/DeepSeek-R1', framework: 'tensorrt-llm' }
  test.each([
    ['1.2.0rc6.post3', '2026-02-06', '', 3],
    ['1.1.0rc2.post2', '2026-01-14', '8', 1],
    ['1.1.0rc2.post2', '2025-12-15', '', 0],
    ['1.2.0rc6.post2', '2026-02-03', '', 0],
  ])('image %s of %s with attention copies %j drafts %d', (framework_version, source_date, dp, drafts) => {
    expect(draftTokensOf(measurementOf({ ...deepseek, framework_version, source_date, dp }))).toBe(drafts)
  })
})

describe('a file of measurements', () => {
  test('is refused without the columns that make a series', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'calibrate-')), 'bad.csv')
    writeFileSync(path, 'id,model\n1,x\n')
    expect(() => readMeasurements(path)).toThrow('no column source_repo')
  })

  test('of too few rows keeps the compact constants, and every row has a family or a reason', () => {
    const rows = measurementsOf([published, { ...published, id: 'b', model: 'nobody/nothing' }])
    const { families, leftOut } = familiesOf(rows, facts)
    expect(families.flatMap((family) => family.rows).length + leftOut.length).toBe(2)
  })

  test('of a hundred rows gives a fit whose band is wider on a GPU that it has not seen', () => {
    const gpus = ['h100-sxm-80gb', 'h200-sxm-141gb', 'b200-sxm-180gb']
    const drift = [1, 1.1, 1.5]
    const rows = gpus.flatMap((gpu, index) =>
      [1024, 8192].flatMap((isl) =>
        Array.from({ length: 17 }, (_, step) => {
          const concurrency = String(1 + 3 * step)
          const change = {
            id: `${gpu}${isl}${step}`,
            gpu,
            gpu_count: '4',
            tp: '4',
            isl: String(isl),
            concurrency,
          }
          const observed = closedLoopObservation(measurementOf(change), facts)
          if (typeof observed === 'string') throw new Error(observed)
          const [ttft = 0, tpot = 0] = observed.predict(facts.throughput.dense.base)
          const factor = 1000 * (drift[index] ?? 1)
          return {
            ...published,
            ...change,
            ttft_ms: String(Math.exp(ttft) * factor),
            tpot_ms: String(Math.exp(tpot) * factor),
          }
        }),
      ),
    )
    const fitted = fittedConstants(familiesOf(measurementsOf(rows), facts).families)
    const spread = fitted.dense?.spreads.tpot
    const width = (of: 'series' | 'gpu-unseen') => (spread ? spread[of].p90 / spread[of].p10 : 0)
    expect(width('gpu-unseen')).toBeGreaterThan(width('series'))
  })
})
