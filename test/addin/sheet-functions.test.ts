import { describe, expect, test } from 'vitest'
import { sheetCalculations } from '../../addin/functions/calculation-argument.ts'
import { SheetError, sheetErrorOf } from '../../addin/functions/sheet-error.ts'
import type { Filling, Surroundings } from '../../addin/functions/sheet-function.ts'
import { sheetFunctions } from '../../addin/functions/sheet-functions.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { calculationOf } from '../../model/catalog.ts'
import { answerOf, cellExamples, modelValue } from './examples.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const asked: string[] = []
const surroundings: Surroundings = {
  facts,
  ask: ({ id, input }) => {
    asked.push(id)
    const calculation = calculationOf(id)
    if (!calculation) throw new Error(id)
    return Promise.resolve(answerOf(calculation, input, facts))
  },
}

async function filling(name: string, ...cells: unknown[]): Promise<Filling> {
  const found = sheetFunctions.find((one) => one.name === name)
  if (!found) throw new Error(`no function ${name}`)
  return await found.evaluate(cells, surroundings)
}

async function refusal(name: string, ...cells: unknown[]): Promise<SheetError> {
  try {
    await filling(name, ...cells)
  } catch (thrown) {
    return sheetErrorOf(thrown)
  }
  throw new Error('nothing was refused')
}

describe('every example of the catalog, as cells', () => {
  test.each(cellExamples)('%s', async (_name, example) => {
    const value = modelValue(example, facts)
    if (value === null) expect(await refusal(example.name, ...example.cells)).toMatchObject({ code: '#N/A' })
    else expect(await filling(example.name, ...example.cells)).toBe(value)
  })

  test.each(cellExamples)('EXPLAIN %s', async (_name, { calculation, input, cells }) => {
    const { value, breakdown } = answerOf(calculation, input, facts)
    const rows = await filling('EXPLAIN', calculation.id, ...cells)
    expect(rows).toContainEqual([calculation.id, 'result', value ?? 'unknown', expect.anything(), '', ''])
    for (const { name, value: quantity } of breakdown) {
      expect(rows).toContainEqual(expect.arrayContaining([name, quantity]))
    }
  })
})

test('the example of every function fills its cells', async () => {
  for (const { name, example, spills } of sheetFunctions.filter(({ asks }) => !asks)) {
    const filled = await filling(name, ...example).catch(sheetErrorOf)
    expect(filled instanceof SheetError ? filled.code : Array.isArray(filled), name).toBe(
      filled instanceof SheetError ? '#N/A' : spills,
    )
  }
})

test('what takes no prices asks nobody', async () => {
  asked.length = 0
  await filling('MEMORY', 70e9, 'int4')
  expect(asked).toEqual([])
})

describe('functions that only a sheet needs', () => {
  test('SENSITIVITY has one row for each value, and an error only where a value is wrong', async () => {
    const rows = await filling(
      'SENSITIVITY',
      'memory',
      'Precision',
      [
        ['int4', 'bf16'],
        ['int44', null],
      ],
      [[70e9]],
    )
    expect(rows).toEqual([
      ['Precision', 'Weight memory'],
      ['int4', 35],
      ['bf16', 140],
      ['int44', expect.any(SheetError)],
    ])
  })

  test('LIST shows the ids that other functions take, filtered', async () => {
    const rows = (await filling('LIST', 'GPUs', 'h100-sxm')) as unknown[][]
    expect(rows.map(([id]) => id)).toEqual(['GPU', 'h100-sxm-80gb'])
    const functions = (await filling('LIST', 'functions')) as unknown[][]
    expect(functions.slice(1).map(([id]) => id)).toEqual(sheetCalculations.map(({ id }) => id))
  })

  test('GPU is a card whose text stands alone, and is taken where an id is asked', async () => {
    const card = await filling('GPU', 'H100 SXM')
    expect(card).toMatchObject({ text: 'h100-sxm-80gb', properties: { id: 'h100-sxm-80gb' } })
    const cell = {
      type: 'Entity',
      text: 'h100-sxm-80gb',
      properties: { id: { type: 'String', basicValue: 'h100-sxm-80gb' } },
    }
    expect(await filling('GPUSNEEDED', 140, cell)).toBe(2)
  })

  test('VERSION is the version of the facts', async () => {
    expect(await filling('VERSION')).toBe(facts.version)
  })
})

describe('bad input is #VALUE! or #N/A, with a sentence', () => {
  test.each([
    ['a choice that is not one', ['MEMORY', 70e9, 'int44'], '#VALUE!', 'Did you mean "int4"?'],
    ['a blank where a value is needed', ['MEMORY', '', 'int4'], '#VALUE!', 'model is missing'],
    ['a negative count', ['MEMORY', -5, 'int4'], '#VALUE!', 'model: -5 must be above 0.'],
    [
      'a model nobody has',
      ['MEMORY', 'nobody/nothing', 'int4'],
      '#N/A',
      'there is no model "nobody/nothing"',
    ],
    [
      'true where a number is asked',
      ['GPUSNEEDED', true, 'h100-sxm-80gb'],
      '#VALUE!',
      'memoryGb: true is not a finite number.',
    ],
    ['a GPU nobody has', ['GPUSNEEDED', 140, 'h100sxm'], '#N/A', 'Did you mean "h100-sxm-80gb"?'],
    [
      'an error in a cell',
      ['MEMORY', { type: 'Error', basicValue: '#REF!' }, 'int4'],
      '#VALUE!',
      'holds #REF!',
    ],
    ['a range where one cell belongs', ['MEMORY', [[1], [2]], 'int4'], '#VALUE!', 'not a range of 2 rows'],
    [
      'more arguments than there are',
      ['EXPLAIN', 'memory', 1e9, 'int4', 'GB', 5],
      '#VALUE!',
      'takes at most 3 arguments',
    ],
    [
      'a cell where a range of options belongs',
      ['OWNCOST', 'h100-sxm-80gb', 8, 36, 5],
      '#VALUE!',
      'two columns, names and values',
    ],
    [
      'an option nobody has',
      ['OWNCOST', 'h100-sxm-80gb', 8, 36, [['life', 5]]],
      '#VALUE!',
      'Did you mean "lifeMonths"?',
    ],
    [
      'an option with a wrong value',
      ['OWNCOST', 'h100-sxm-80gb', 8, 36, [['life months', 'long']]],
      '#VALUE!',
      'options.lifeMonths',
    ],
    ['a calculation nobody has', ['EXPLAIN', 'memry'], '#N/A', 'Did you mean "memory"?'],
    [
      'no value to vary',
      ['SENSITIVITY', 'memory', 'precision', [[null]], 1e9],
      '#VALUE!',
      'values: give at least one value',
    ],
    [
      'an argument nobody has',
      ['SENSITIVITY', 'memory', 'precison', [['int4']], 1e9],
      '#VALUE!',
      'Did you mean "precision"?',
    ],
    ['a list nobody has', ['LIST', 'cars'], '#VALUE!', 'accepted: models, gpus, precisions, functions'],
    ['a filter that nothing contains', ['LIST', 'gpus', 'abacus'], '#N/A', 'no gpus contain "abacus"'],
  ] as const)('%s', async (_name, [name, ...cells], code, sentence) => {
    const error = await refusal(name, ...cells)
    expect(error.message).toContain(sentence)
    expect(error.code).toBe(code)
  })
})
