import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { checkpoint } from '../../../model/checkpoint/checkpoint.ts'
import bitCases from '../../cases/gguf-bits.json' with { type: 'json' }
import cases from '../../cases/gguf-sizes.json' with { type: 'json' }

interface Row {
  readonly name: string
  readonly source: string
  /** Null where the row cannot be computed, and `reason` says why. */
  readonly input: { readonly model: string; readonly format: string; readonly unit: string } | null
  readonly expected: number | null
  /** Classes of the config to read in place of its own. */
  readonly architectures?: readonly string[]
  readonly reason?: string
}

const rows: readonly Row[] = cases
const facts = bundledFacts('2026-11-25')

/** Printed sizes are rounded to 0.01 GiB at the coarsest, below 0.5% for all of them. */
const tolerance = 0.005

function errorOf({ input, expected, architectures }: Row): number {
  if (!input || expected === null) return Number.NaN
  const { model, ...rest } = input
  const config = facts.weights(model)?.config
  const asked = architectures && config ? { ...rest, config: { ...config, architectures } } : input
  return Number(answer(checkpoint, prepare(checkpoint, asked), facts).value) / expected - 1
}

const computed = rows.filter(({ input }) => input !== null)
const plain = computed.filter(({ reason }) => reason === undefined)
const missed = computed.filter(({ reason }) => reason !== undefined)

describe('GGUF files as published', () => {
  test.each(plain.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    expect(Math.abs(errorOf(row))).toBeLessThanOrEqual(tolerance)
  })

  test.each(missed.map((row) => [row.name, row] as const))('%s is missed, with a reason', (_name, row) => {
    expect(Math.abs(errorOf(row))).toBeGreaterThan(tolerance)
  })

  test('nine in ten of the plain recipes are within half a percent', () => {
    expect(plain.length / computed.length).toBeGreaterThanOrEqual(0.9)
  })

  test('every row that is left out says why', () => {
    for (const { input, reason } of rows) expect(input === null && reason === undefined).toBe(false)
  })
})

/** The README divides by the parameters of the file, which holds 64 frequencies of its rotary embedding as well. */
const llamaParameters = 8_030_261_248 + 64

describe('bits per weight of Llama-3.1-8B by recipe, as llama.cpp prints them', () => {
  test.each(bitCases.map((row) => [row.name, row] as const))(
    '%s',
    (_name, { input, expectedBitsPerWeight }) => {
      const bytes = Number(answer(checkpoint, prepare(checkpoint, input), facts).value)
      expect(Math.abs((bytes * 8) / llamaParameters - expectedBitsPerWeight)).toBeLessThanOrEqual(0.0005)
    },
  )
})
