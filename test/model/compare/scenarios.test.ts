import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { compare } from '../../../model/compare/compare.ts'
import { ComparisonResult } from '../../../model/compare/comparison-result.ts'

/**
 * Whole comparisons that a reader recognises, with unrounded results. `UPDATE_GOLDEN=1 npx vitest run
 * test/model/compare/scenarios.test.ts` writes them anew; the difference is then reviewed like code.
 */
const folder = new URL('../../scenarios/', import.meta.url)
const facts = bundledFacts('2026-11-25')

/** What a change of the model would move: all but the curve, of which the break-evens say more. */
function goldenOf(input: unknown) {
  const { costCurve: _, ...result } = ComparisonResult.parse(
    answer(compare, prepare(compare, input), facts).result,
  )
  return result
}

/** Equal but for the last digits, which differ between machines' powers and logarithms. */
function expectSame(actual: unknown, golden: unknown, path: string): void {
  if (typeof actual === 'number' && typeof golden === 'number') {
    expect(Math.abs(actual - golden), path).toBeLessThanOrEqual(1e-12 * Math.abs(golden))
  } else if (actual !== null && typeof actual === 'object' && golden !== null && typeof golden === 'object') {
    expect(Object.keys(actual), path).toEqual(Object.keys(golden))
    for (const [key, value] of Object.entries(actual))
      expectSame(value, Reflect.get(golden, key), `${path}.${key}`)
  } else {
    expect(actual, path).toBe(golden)
  }
}

test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', (name) => {
  const file = new URL(name, folder)
  const scenario: { title: string; input: unknown; golden: unknown } = JSON.parse(readFileSync(file, 'utf8'))
  const golden = goldenOf(scenario.input)
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(file, `${JSON.stringify({ ...scenario, golden }, null, 2)}\n`)
  } else {
    expectSame(golden, scenario.golden, name)
  }
})
