import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvTable } from '../../model/csv-rows.ts'

const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '1'), maxLength: 6 })
const written = (text: string, always: boolean) =>
  always || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

test('reads what a well-known reader of CSV reads', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (records, always, lineEnd, ended) => {
        const lines = [['x', 'y', 'z'], ...records].map((cells) =>
          cells.map((text) => written(text, always)).join(','),
        )
        const text = lines.join(lineEnd) + (ended ? lineEnd : '')
        const expected: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true })
        expect(csvTable(text, 'csv').rows.map(({ cells }) => cells)).toEqual(expected.slice(1))
      },
    ),
    { numRuns: 500 },
  )
})

test.each([
  ['a,b\n1\n', /line 2 has 1 cells; the header has 2/],
  ['a,b\n"1,2\n', /the quote that opens on line 2 is never closed/],
  ['a,b\n"1"2,3\n', /on line 2, a comma or a line end must follow a closing quote/],
  ['\n\n', /it is empty/],
])('%j is refused with the line', (text, sentence) => {
  expect(() => csvTable(text, 'csv')).toThrow(sentence)
})
