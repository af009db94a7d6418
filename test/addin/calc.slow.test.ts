import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oxt } from '../../addin/calc/oxt.ts'
import { written } from '../../addin/functions/written.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { type RunningServer, startNodeAfresh } from '../api/servers.ts'
import { describeWith } from '../needs.ts'
import { cellExamples, modelValue } from './examples.ts'
import { LibreOffice } from './libre-office.ts'

const facts = withBook(bundledFacts(new Date().toISOString().slice(0, 10)))

const column = (formulas: readonly string[]): Promise<Uint8Array> =>
  writeXlsx({
    sheets: [
      {
        name: 'Cells',
        rows: formulas.map(() => []),
        cells: new Map(formulas.map((formula, row) => [`${row},0`, { formula: formula.replace(/^=/, '') }])),
      },
    ],
  })

describeWith('LibreOffice', 'the Calc extension in a fresh profile', () => {
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

  const values = async (formulas: readonly string[]): Promise<unknown[]> => {
    const rows = (await office.recalculated(await column(formulas))).get('Cells') ?? []
    return rows.map(([value]) => value)
  }

  test('every example of the catalog gives the digits of the model', async () => {
    const shown = await values(cellExamples.map(([, { name, cells }]) => written(name, cells)))
    for (const [index, [title, example]] of cellExamples.entries()) {
      const value = modelValue(example, facts)
      // Calc has no truth values of an extension: TRUE is 1.
      const expected = typeof value === 'boolean' ? Number(value) : (value ?? '#N/A')
      if (typeof expected === 'number')
        expect(Number(shown[index]), title).toBeCloseTo(
          expected,
          14 - Math.ceil(Math.log10(Math.abs(expected) + 1)),
        )
      else expect(shown[index], title).toBe(expected)
    }
  })

  test('native functions and ours in one formula, and errors that they catch', async () => {
    expect(
      await values([
        '=ROUNDUP(WEIGHTS.MEMORY(405e9,"bf16")/80,0)',
        '=IFERROR(WEIGHTS.MEMORY(70e9,"int44"),"bad")',
        '=IF(ISNA(WEIGHTS.MEMORY("nobody/nothing","int4")),"unknown","known")',
        '=INDEX(WEIGHTS.EXPLAIN("memory",70e9,"int4"),2,3)',
        '=WEIGHTS.VERSION()',
      ]),
    ).toEqual([11, 'bad', 'unknown', 35, facts.version])
  })

  test('500 cells in one workbook', async () => {
    const formulas = Array.from({ length: 500 }, (_, row) => `=WEIGHTS.MEMORY(${row + 1}e9,"int4")`)
    expect(await values(formulas)).toEqual(formulas.map((_, row) => (row + 1) / 2))
  })

  test('a server that is gone is #N/A, soon', async () => {
    const alone = new LibreOffice()
    await alone.install(oxt('http://127.0.0.1:9'))
    const started = performance.now()
    const rows = (await alone.recalculated(await column(Array(50).fill('=WEIGHTS.MEMORY(70e9,"int4")')))).get(
      'Cells',
    )
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(rows?.every(([value]) => value === '#N/A')).toBe(true)
    alone.close()
  })
})
