import { namespace } from '../functions/namespace.ts'
import type { SheetHost } from './sheet-host.ts'

/** Excel saves a custom function under such a name, and shows it where the add-in was not there when it opened. */
const savedName = new RegExp(`_xldudf_${namespace}_`, 'gi')
const ownFormula = new RegExp(`\\b(_xldudf_)?${namespace}[._]`, 'i')

/** Excel through Office.js. */
export const excel: SheetHost = {
  hasWorkbook: true,
  insert: (formula, numberFormat) =>
    Excel.run(async (context) => {
      const cell = context.workbook.getActiveCell()
      cell.load(['address', 'formulas'])
      await context.sync()
      if (cell.formulas[0]?.[0] !== '') return `${cell.address} is not empty; select an empty cell.`
      cell.formulas = [[formula]]
      cell.numberFormat = [[numberFormat]]
      await context.sync()
      return `Inserted into ${cell.address}.`
    }),

  insertOnNewSheet: (title, formula) =>
    Excel.run(async (context) => {
      const sheets = context.workbook.worksheets
      sheets.load('items/name')
      await context.sync()
      const sheet = sheets.add(freeName(title, new Set(sheets.items.map(({ name }) => name))))
      sheet.getRange('A1').formulas = [[formula]]
      sheet.activate()
      sheet.load('name')
      await context.sync()
      return `Inserted on a new sheet, ${sheet.name}.`
    }),

  selectedFormula: () =>
    Excel.run(async (context) => {
      const cell = context.workbook.getActiveCell()
      cell.load('formulas')
      await context.sync()
      return String(cell.formulas[0]?.[0] ?? '')
    }),

  read: (reference) =>
    Excel.run(async (context) => {
      const { sheetName, address } = partsOf(reference)
      const sheet =
        sheetName === null
          ? context.workbook.worksheets.getActiveWorksheet()
          : context.workbook.worksheets.getItem(sheetName)
      const range = sheet.getRange(address)
      range.load('values')
      await context.sync()
      return range.values
    }),

  recalculate: () =>
    Excel.run(async (context) => {
      context.workbook.application.calculate(Excel.CalculationType.full)
      await context.sync()
      return 'Every price was asked anew.'
    }),

  repair: () =>
    Excel.run(async (context) => {
      const sheets = context.workbook.worksheets
      sheets.load('items/name,items/protection/protected')
      await context.sync()
      const repaired: string[] = []
      const locked: string[] = []
      for (const sheet of sheets.items) {
        const count = await repairSheet(context, sheet)
        if (count === 'protected') locked.push(sheet.name)
        else if (count > 0) repaired.push(`${count} on ${sheet.name}`)
      }
      return reportOf(repaired, locked)
    }),
}

/** Writes each broken formula back to itself: Excel then looks its function up again. */
async function repairSheet(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
): Promise<number | 'protected'> {
  const range = sheet.getUsedRangeOrNullObject()
  range.load(['formulas', 'values'])
  await context.sync()
  if (range.isNullObject) return 0
  const broken = range.formulas.flatMap((row: readonly unknown[], rowIndex) =>
    row.flatMap((formula, column) =>
      isBroken(String(formula), range.values[rowIndex]?.[column])
        ? [{ row: rowIndex, column, formula: String(formula) }]
        : [],
    ),
  )
  if (broken.length === 0) return 0
  if (sheet.protection.protected) return 'protected'
  for (const { row, column, formula } of broken) {
    range.getCell(row, column).formulas = [[formula.replaceAll(savedName, `${namespace}.`)]]
  }
  await context.sync()
  return broken.length
}

const isBroken = (formula: string, value: unknown): boolean =>
  formula.startsWith('=') && ownFormula.test(formula) && (/_xldudf_/i.test(formula) || value === '#NAME?')

function reportOf(repaired: readonly string[], locked: readonly string[]): string {
  const done = repaired.length === 0 ? 'No formula had to be repaired.' : `Repaired: ${repaired.join(', ')}.`
  return locked.length === 0 ? done : `${done} Protected, so left alone: ${locked.join(', ')}.`
}

/** `'My sheet'!B2:C9` has a sheet and an address. */
function partsOf(reference: string): { sheetName: string | null; address: string } {
  const mark = reference.lastIndexOf('!')
  if (mark < 0) return { sheetName: null, address: reference }
  const name = reference.slice(0, mark)
  const bare = name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name
  return { sheetName: bare, address: reference.slice(mark + 1) }
}

/** Names of sheets have at most 31 characters and are there once. */
function freeName(title: string, taken: ReadonlySet<string>): string {
  const bare = title.replaceAll(/[:\\/?*[\]]/g, ' ').slice(0, 26)
  let name = bare
  for (let number = 2; taken.has(name); number += 1) name = `${bare} ${number}`
  return name
}
