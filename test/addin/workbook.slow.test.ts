import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oxt } from '../../addin/calc/oxt.ts'
import { xlsxOf } from '../../addin/workbook/xlsx.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { sampleTrace } from '../../data/sample-trace/sample-trace.ts'
import { CompareInput } from '../../model/compare/compare.ts'
import { planOf } from '../../model/compare/plan.ts'
import type { Book } from '../../model/workbook/book.ts'
import { comparisonBook } from '../../model/workbook/comparison-book.ts'
import type { Dialect } from '../../model/workbook/dialect.ts'
import { profileOf } from '../../model/workload/profile.ts'
import { type RunningServer, startNodeAfresh } from '../api/servers.ts'
import { describeWith } from '../needs.ts'
import { LibreOffice } from './libre-office.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const { asked } = planOf(
  {
    model: 'meta-llama/Llama-3.3-70B-Instruct',
    workload: { from: 'profile', profile: profileOf(sampleTrace) },
  },
  facts,
).result
const inputOf = ({ plannedUtilisation, hoursPerMonth, horizonMonths, ...rest }: CompareInput) => ({
  ...rest,
  settings: { plannedUtilisation, hoursPerMonth, horizonMonths },
})
const bookOf = (input: CompareInput, dialect: Dialect) => comparisonBook(inputOf(input), facts, dialect)

/** Every option with its own figures, so that what is changed in the sheet can be asked of the model too. */
const written = CompareInput.parse({
  workload: {
    from: 'tokens',
    tokensPerMonth: 12_345_678_901,
    inputTokensPerRequest: 1000,
    outputTokensPerRequest: 250,
    cachedInputRatio: 0.3,
  },
  peakToMean: 2.5,
  activeHoursPerMonth: 500,
  options: [
    {
      kind: 'token-api',
      name: 'API',
      usdPerMillionInput: 0.6,
      usdPerMillionCachedInput: 0.3,
      usdPerMillionOutput: 0.9,
      tokenizerRatio: 1.1,
    },
    {
      kind: 'rented-gpus',
      name: 'rented',
      gpu: 'h100-sxm-80gb',
      usdPerGpuHour: 2.2,
      outputTokensPerSecond: 1500,
      gpusPerReplica: 4,
      gpusPerInstance: 8,
    },
    {
      kind: 'bought-servers',
      name: 'bought',
      gpu: 'h100-sxm-80gb',
      outputTokensPerSecond: 1500,
      gpusPerReplica: 4,
      fixedUsdPerMonth: 1234.5,
    },
  ],
})

/** The same with five assumptions changed. */
const changed: CompareInput = {
  ...written,
  workload: { ...written.workload, tokensPerMonth: 45_000_000_000 } as CompareInput['workload'],
  plannedUtilisation: 0.65,
  horizonMonths: 30,
  options: written.options.map((option) => {
    if (option.kind === 'token-api') return { ...option, usdPerMillionOutput: 1.4 }
    return option.kind === 'rented-gpus' ? { ...option, usdPerGpuHour: 1.85 } : option
  }),
}
const edits: Readonly<Record<string, number>> = {
  tokensPerMonth: 45_000_000_000,
  plannedUtilisation: 0.65,
  horizonMonths: 30,
  option1_usdPerMillionOutput: 1.4,
  option2_usdPerGpuHour: 1.85,
}

/** A book whose inputs somebody changed, and whose formulas have no value yet. */
const edited = (book: Book, changes: Readonly<Record<string, number>>): Book => ({
  ...book,
  sheets: book.sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((row, at) =>
      row.map((cell, column) => {
        if (!cell) return null
        const name = [...book.names].find(
          ([, address]) => address === `'${sheet.name}'!$${'ABCDEFGHIJ'[column]}$${at + 1}`,
        )?.[0]
        const value = name === undefined ? undefined : changes[name]
        if (value !== undefined) return { ...cell, value }
        return cell.formula === undefined ? cell : { ...cell, value: typeof cell.value === 'number' ? 0 : '' }
      }),
    ),
  })),
})

describeWith('LibreOffice', 'the workbook of a comparison', () => {
  let server: RunningServer
  const office = new LibreOffice()
  beforeAll(async () => {
    server = await startNodeAfresh()
    await office.install(oxt(server.url))
  })
  afterAll(async () => {
    await server.stop()
    office.close()
  })

  const recalculated = async (book: Book) => office.recalculated(await xlsxOf(book))

  test.each(['plain', 'calc'] as const)(
    '%s: recomputed from nothing, every cell is the figure of the model',
    async (dialect) => {
      for (const input of [asked, written]) {
        const book = bookOf(input, dialect)
        expect(expectSame(await recalculated(edited(book, {})), book)).toBeGreaterThan(100)
      }
    },
  )

  test.each(['plain', 'calc'] as const)(
    '%s: five assumptions changed, it is what the model says of those',
    async (dialect) => {
      expectSame(
        await recalculated(edited(bookOf(written, dialect), edits)),
        inPlaceOf(bookOf(written, dialect), bookOf(changed, dialect)),
      )
    },
  )

  test('a check says NO where an assumption is not acceptable', async () => {
    const book = edited(bookOf(written, 'plain'), { plannedUtilisation: 1.2 })
    const sheets = await recalculated(book)
    const summary = book.sheets.find(({ name }) => name === 'Summary')
    const row = summary?.rows.findIndex((cells) => cells[0]?.value === 'Checks') ?? -1
    expect(sheets.get('Summary')?.[row]?.[1]).toBe('Look at the sheet Checks')
  })
})

type Sheets = ReadonlyMap<string, readonly (readonly unknown[])[]>

/** Each cell with a formula, as a spreadsheet computed it, is what the model said; how many there are. */
function expectSame(shown: Sheets, expected: Book): number {
  let compared = 0
  for (const sheet of expected.sheets) {
    for (const [row, cells] of sheet.rows.entries()) {
      for (const [column, cell] of cells.entries()) {
        if (cell?.formula === undefined) continue
        const found = shown.get(sheet.name)?.[row]?.[column]
        const where = `${sheet.name} ${row + 1}:${column + 1} =${cell.formula}`
        compared += 1
        if (typeof cell.value === 'string') expect(found, where).toBe(cell.value)
        else {
          const tolerance = 1e-9 * Math.max(1, Math.abs(cell.value))
          expect(Math.abs(Number(found) - cell.value), where).toBeLessThanOrEqual(tolerance)
        }
      }
    }
  }
  return compared
}

describeWith('Gnumeric', 'the plain workbook in another spreadsheet', () => {
  test('recomputed from nothing, and with five assumptions changed, it agrees', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weighbridge-gnumeric-'))
    const recalculated = async (book: Book): Promise<Sheets> => {
      writeFileSync(join(folder, 'in.xlsx'), await xlsxOf(book))
      execFileSync('ssconvert', ['--recalc', join(folder, 'in.xlsx'), join(folder, 'out.xlsx')], {
        stdio: 'pipe',
      })
      const { sheets } = await readXlsx(readFileSync(join(folder, 'out.xlsx')))
      return new Map(sheets.map(({ name, rows }) => [name, rows]))
    }
    const book = bookOf(written, 'plain')
    expect(expectSame(await recalculated(edited(book, {})), book)).toBeGreaterThan(100)
    expectSame(await recalculated(edited(book, edits)), inPlaceOf(book, bookOf(changed, 'plain')))
    rmSync(folder, { recursive: true })
  })
})

/** The changed comparison orders its options anew; the sheet keeps the order it was made with. */
function inPlaceOf(before: Book, after: Book): Book {
  const named = new Map(
    after.sheets.flatMap((sheet) =>
      sheet.rows.flatMap((row, at) =>
        row.flatMap((cell, column) => {
          const address = `'${sheet.name}'!$${'ABCDEFGHIJ'[column]}$${at + 1}`
          const name = [...after.names].find(([, one]) => one === address)?.[0]
          return cell && name !== undefined ? [[name, cell.value] as const] : []
        }),
      ),
    ),
  )
  return {
    ...before,
    sheets: before.sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row, at) =>
        row.map((cell, column) => {
          const address = `'${sheet.name}'!$${'ABCDEFGHIJ'[column]}$${at + 1}`
          const name = [...before.names].find(([, one]) => one === address)?.[0]
          const value = name === undefined ? undefined : named.get(name)
          // Cells without a name are followed by those that have one.
          return cell && value !== undefined ? { ...cell, value } : cell?.formula === undefined ? cell : null
        }),
      ),
    })),
  }
}
