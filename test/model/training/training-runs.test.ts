import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { training } from '../../../model/training/training.ts'
import memoryCases from '../../cases/fine-tuning-memory.json' with { type: 'json' }
import runCases from '../../cases/training-runs.json' with { type: 'json' }

const facts = bundledFacts('2026-11-25')
const resultOf = (input: Record<string, unknown>) =>
  training.output.parse(answer(training, prepare(training, input), facts).result)

interface RunRow {
  readonly name: string
  readonly parameters: number | null
  readonly tokens: number | null
  readonly flop: number | null
  readonly reason?: string
}

describe('operations of published training runs', () => {
  const rows: readonly RunRow[] = runCases
  const stated = rows.filter(({ reason }) => reason === undefined)

  test.each(stated.map((row) => [row.name, row] as const))(
    '%s, within 5%',
    (_name, { parameters, tokens, flop }) => {
      const computed = resultOf({ model: parameters, tokens }).flop
      expect(Math.abs(computed / Number(flop) - 1)).toBeLessThanOrEqual(0.05)
    },
  )

  test('rows of one dense run are what is compared', () => {
    expect(stated.length).toBe(9)
    for (const row of rows) {
      const isComplete = row.parameters !== null && row.tokens !== null && row.flop !== null
      expect(isComplete || row.reason !== undefined, row.name).toBe(true)
    }
  })

  test('attention with the model at hand: Llama 3.1 405B, 3.8e25 (paper, section 3.2.1), within 5%', () => {
    const { flop } = resultOf({ model: 'meta-llama/Llama-3.1-405B', tokens: 15.6e12 })
    expect(Math.abs(flop / 3.8e25 - 1)).toBeLessThanOrEqual(0.05)
  })
})

interface MemoryRow {
  readonly name: string
  readonly input: Record<string, unknown> | null
  readonly expectedBytes: number
  readonly reason?: string
}

describe('memory of published fine-tuning runs', () => {
  const rows: readonly MemoryRow[] = memoryCases
  const computed = rows.filter(({ input }) => input !== null)
  const errorOf = ({ input, expectedBytes }: MemoryRow): number =>
    Number(resultOf({ ...input, tokens: 1 }).memory?.totalBytes) / expectedBytes - 1

  const met = computed.filter(({ reason }) => reason === undefined)
  test.each(met.map((row) => [row.name, row] as const))('%s, within 25%', (_name, row) => {
    expect(Math.abs(errorOf(row))).toBeLessThanOrEqual(0.25)
  })

  const missed = computed.filter(({ reason }) => reason !== undefined)
  test.each(missed.map((row) => [row.name, row] as const))('%s is missed, with a reason', (_name, row) => {
    expect(Math.abs(errorOf(row))).toBeGreaterThan(0.25)
  })

  test('two thirds of all rows are met, those that cannot be computed among the rest', () => {
    expect(met.length / rows.length).toBeGreaterThanOrEqual(2 / 3)
    for (const { input, reason } of rows) expect(input === null && reason === undefined).toBe(false)
  })
})
