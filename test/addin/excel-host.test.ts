import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { excel } from '../../addin/taskpane/excel-host.ts'

interface FakeSheet {
  readonly name: string
  readonly isProtected?: boolean
  readonly formulas: string[][]
  readonly values: unknown[][]
}

/** As much of Excel as the pane asks for: one workbook, its active cell is A1 of the first sheet. */
function workbook(sheets: FakeSheet[]) {
  const cellOf = (sheet: FakeSheet, row: number, column: number) => ({
    address: `${sheet.name}!A1`,
    load() {},
    get formulas() {
      return [[sheet.formulas[row]?.[column] ?? '']]
    },
    set formulas(rows: string[][]) {
      const line = sheet.formulas[row] ?? []
      line[column] = String(rows[0]?.[0])
      sheet.formulas[row] = line
    },
  })
  const sheetOf = (sheet: FakeSheet) => ({
    name: sheet.name,
    protection: { protected: sheet.isProtected ?? false },
    load() {},
    activate() {},
    getUsedRangeOrNullObject: () => ({
      isNullObject: sheet.formulas.length === 0,
      load() {},
      formulas: sheet.formulas,
      values: sheet.values,
      getCell: (row: number, column: number) => cellOf(sheet, row, column),
    }),
    getRange: () => ({
      ...cellOf(sheet, 0, 0),
      values: sheet.values,
      set formulas(_: string[][]) {
        sheet.formulas[0] = _[0] as string[]
      },
    }),
  })
  const calculate = vi.fn()
  const context = {
    sync: async () => {},
    workbook: {
      application: { calculate },
      getActiveCell: () => cellOf(sheets[0] as FakeSheet, 0, 0),
      worksheets: {
        load() {},
        get items() {
          return sheets.map(sheetOf)
        },
        add(name: string) {
          const sheet: FakeSheet = { name, formulas: [], values: [] }
          sheets.push(sheet)
          return sheetOf(sheet)
        },
        getActiveWorksheet: () => sheetOf(sheets[0] as FakeSheet),
        getItem: (name: string) => sheetOf(sheets.find((sheet) => sheet.name === name) as FakeSheet),
      },
    },
  }
  vi.stubGlobal('Excel', {
    run: (act: (context: unknown) => unknown) => act(context),
    CalculationType: { full: 'Full' },
  })
  return { calculate }
}

let sheets: FakeSheet[] = []
beforeEach(() => {
  sheets = [{ name: 'Costs', formulas: [['']], values: [['']] }]
})
afterEach(() => vi.unstubAllGlobals())

describe('insert', () => {
  test('fills an empty cell', async () => {
    workbook(sheets)
    expect(await excel.insert('=WEIGHTS.BITS("int4")', 'General')).toBe('Inserted into Costs!A1.')
    expect(sheets[0]?.formulas).toEqual([['=WEIGHTS.BITS("int4")']])
  })

  test('overwrites nothing', async () => {
    sheets[0]?.formulas.splice(0, 1, ['mine'])
    workbook(sheets)
    expect(await excel.insert('=WEIGHTS.BITS("int4")', 'General')).toBe(
      'Costs!A1 is not empty; select an empty cell.',
    )
    expect(sheets[0]?.formulas).toEqual([['mine']])
  })

  test('a table goes onto a new sheet, under a name that is free', async () => {
    sheets.push({ name: 'Explain MEMORY', formulas: [], values: [] })
    workbook(sheets)
    await excel.insertOnNewSheet('Explain MEMORY', '=WEIGHTS.EXPLAIN("MEMORY",70e9,"int4")')
    expect(sheets.at(-1)).toMatchObject({
      name: 'Explain MEMORY 2',
      formulas: [['=WEIGHTS.EXPLAIN("MEMORY",70e9,"int4")']],
    })
  })
})

describe('repair', () => {
  test('writes broken formulas back under their name, and leaves all others', async () => {
    sheets = [
      {
        name: 'Costs',
        formulas: [
          ['=_xldudf_WEIGHTS_MEMORY(70e9,"int4")', '=WEIGHTS.BITS("int4")'],
          ['=1+WEIGHTS.BITS("fp8")', '=OTHER(1)'],
        ],
        values: [
          ['#NAME?', '#NAME?'],
          [9, '#NAME?'],
        ],
      },
      {
        name: 'Locked',
        isProtected: true,
        formulas: [['=_xldudf_WEIGHTS_BITS("int4")']],
        values: [['#NAME?']],
      },
      { name: 'Empty', formulas: [], values: [] },
    ]
    workbook(sheets)
    expect(await excel.repair()).toBe('Repaired: 2 on Costs. Protected, so left alone: Locked.')
    expect(sheets[0]?.formulas).toEqual([
      ['=WEIGHTS.MEMORY(70e9,"int4")', '=WEIGHTS.BITS("int4")'],
      ['=1+WEIGHTS.BITS("fp8")', '=OTHER(1)'],
    ])
    expect(sheets[1]?.formulas).toEqual([['=_xldudf_WEIGHTS_BITS("int4")']])
  })

  test('says so where nothing is broken', async () => {
    workbook(sheets)
    expect(await excel.repair()).toBe('No formula had to be repaired.')
  })
})

test('a price refresh computes the whole workbook anew', async () => {
  const { calculate } = workbook(sheets)
  await excel.recalculate()
  expect(calculate).toHaveBeenCalledExactlyOnceWith('Full')
})
