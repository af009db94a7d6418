import { describe, expect, test } from 'vitest'
import { fieldValue, plainOf, rowsOf } from '../../addin/functions/cells.ts'
import { SheetError } from '../../addin/functions/sheet-error.ts'
import type { Field } from '../../model/fields.ts'

const field = (parts: Partial<Field>): Field => ({
  name: 'field',
  title: 'Field',
  description: '',
  type: 'any',
  required: true,
  apiOnly: false,
  ...parts,
})

function refusal(act: () => unknown): SheetError {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof SheetError) return thrown
    throw thrown
  }
  throw new Error('nothing was refused')
}

describe('what a cell holds', () => {
  test.each([
    ['a number', 3, 3],
    ['an omitted argument', null, undefined],
    ['a blank cell', '', undefined],
    ["Excel's empty value", { type: 'Empty', basicValue: '' }, undefined],
    ['a range of one cell', [[7]], 7],
    ['a formatted number', { type: 'FormattedNumber', basicValue: 45_000, numberFormat: 'yyyy' }, 45_000],
    ['an entity card', { type: 'Entity', properties: { id: { type: 'String', basicValue: 'a/b' } } }, 'a/b'],
    ['an array of one cell', { type: 'Array', elements: [[{ type: 'Double', basicValue: 2 }]] }, 2],
  ])('%s', (_name, cell, plain) => expect(plainOf(cell, 'field')).toBe(plain))

  test.each([
    [
      'an error',
      { type: 'Error', basicValue: '#DIV/0!' },
      '#VALUE!',
      'field: the cell that was given holds #DIV/0!.',
    ],
    [
      'an unknown value',
      { type: 'Error', basicValue: '#N/A' },
      '#N/A',
      'field: the cell that was given holds #N/A.',
    ],
    [
      'an error as the runtime passes it',
      { type: 'Error', code: '#NUM!' },
      '#VALUE!',
      'field: the cell that was given holds #NUM!.',
    ],
    [
      'a range',
      [
        [1, 2],
        [3, 4],
      ],
      '#VALUE!',
      'field: give one cell, not a range of 2 rows and 2 columns.',
    ],
    [
      'a card without an id',
      { type: 'Entity', properties: {} },
      '#VALUE!',
      'field: the card that was given has no id.',
    ],
    ['a picture', { type: 'WebImage' }, '#VALUE!', 'field: "WebImage" is not a single value.'],
  ])('%s is refused with a sentence', (_name, cell, code, sentence) => {
    expect(refusal(() => plainOf(cell, 'field'))).toMatchObject({ code, message: sentence })
  })
})

describe('a cell as the value of a field', () => {
  test.each([
    ['a text number', { type: 'number' }, '70e9', 70e9],
    ['a text that is no number stays text', { type: 'number' }, 'seventy', 'seventy'],
    ['a number where text is asked', { type: 'string' }, 7, '7'],
    ['a date cell', { type: 'string', format: 'date' }, 46_351, '2026-11-25'],
    ['a time of that day', { type: 'string', format: 'date' }, 46_351.75, '2026-11-25'],
    ['1 where true or false is asked', { type: 'boolean' }, 1, true],
    ['text where true or false is asked', { type: 'boolean' }, 'False', false],
  ] as const)('%s', (_name, parts, cell, value) => expect(fieldValue(field(parts), cell)).toBe(value))

  test('a number that is no date', () => {
    expect(refusal(() => fieldValue(field({ type: 'string', format: 'date' }), -3)).message).toBe(
      'field: -3 is not a date; give a date cell or YYYY-MM-DD.',
    )
  })
})

describe('a range', () => {
  test('blank rows at its end do not count', () => {
    expect(
      rowsOf(
        [
          ['a', 1],
          [null, null],
          ['', ''],
        ],
        'options',
      ),
    ).toEqual([['a', 1]])
  })

  test('a whole column with a hundred values is taken', () => {
    const column = Array.from({ length: 1_048_576 }, (_, row) => [row < 100 ? row + 1 : null])
    expect(rowsOf(column, 'values')).toHaveLength(100)
  })

  test('a million values are refused', () => {
    const column = Array.from({ length: 1_048_576 }, () => [1])
    expect(refusal(() => rowsOf(column, 'values')).message).toBe(
      'values: the range has 1048576 rows; at most 10000 are taken.',
    )
  })
})
