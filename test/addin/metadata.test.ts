import { describe, expect, test } from 'vitest'
import { sheetCalculations } from '../../addin/functions/calculation-argument.ts'
import { metadata } from '../../addin/metadata.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { excelName, fieldsOf } from '../../model/fields.ts'

import { complaints } from './microsoft-schema.ts'

const { functions, enums } = metadata()

describe("functions.json is valid against Microsoft's schema", () => {
  test('functions and their parameters', () => {
    for (const one of functions) expect(complaints(one, 'extensionFunction'), one.name).toEqual([])
  })
  test('names to choose from', () => {
    for (const one of enums) expect(complaints(one, 'enum'), one.id).toEqual([])
  })
  test('a name of two letters is refused: the schema was read', () => {
    expect(complaints({ ...functions[0], id: 'KV', name: 'KV' }, 'extensionFunction')).not.toEqual([])
  })
})

test('each calculation is a function; each name is there once', () => {
  const names = functions.map(({ name }) => name)
  for (const { id } of sheetCalculations) expect(names).toContain(excelName(id))
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(enums.map(({ id }) => id)).size).toBe(enums.length)
})

test('no parameter follows a repeating one, and no needed one follows an optional one', () => {
  for (const { name, parameters } of functions) {
    const places = parameters.map(({ optional, repeating }) => (repeating ? 2 : optional ? 1 : 0))
    expect(places, name).toEqual(places.toSorted())
    expect(places.filter((place) => place === 2).length, name).toBeLessThanOrEqual(1)
  }
})

test('every name that Excel offers is accepted', () => {
  const facts = bundledFacts('2026-11-25')
  for (const calculation of sheetCalculations) {
    const [example] = calculation.examples
    for (const { name, options } of fieldsOf(calculation)) {
      for (const option of options ?? []) {
        // An open loop is asked with its rate.
        const rate = option === 'open-loop' && { requestsPerSecond: 1 }
        const prepared = prepare(calculation, { ...example.input, ...rate, [name]: option })
        expect(prepared.input[name], `${calculation.id} ${name}`).toBe(option)
        if (prepared.prices.length === 0) answer(calculation, prepared, facts)
      }
    }
  }
})
