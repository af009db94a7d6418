import { existsSync } from 'node:fs'
import { writeXlsx } from 'hucre/xlsx'
import { bundle } from '../../addin/bundle.ts'
import { oxt } from '../../addin/calc/oxt.ts'
import { xlsxOf } from '../../addin/workbook/xlsx.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { sampleTrace } from '../../data/sample-trace/sample-trace.ts'
import { planOf } from '../../model/compare/plan.ts'
import { comparisonBook } from '../../model/workbook/comparison-book.ts'
import { profileOf } from '../../model/workload/profile.ts'
import { type Call, SimulatedExcel } from '../addin/host.ts'
import { LibreOffice } from '../addin/libre-office.ts'
import { startNodeAfresh } from '../api/servers.ts'
import { fastest } from './stopwatch.ts'

/** The script in Microsoft's runtime (bars: 50 ms to load, 1 s for 10,000 cells), and a workbook made (500 ms). */
export async function sheets(): Promise<string> {
  const script = await bundle('addin/functions/main.ts')
  const cells: Call[] = Array.from({ length: 10_000 }, (_, row) => ({
    name: 'MEMORY',
    cells: [70e9 + row, 'int4', null],
  }))
  const facts = withBook(bundledFacts(new Date().toISOString().slice(0, 10)))
  const workload = { from: 'profile' as const, profile: profileOf(sampleTrace) }
  let load = Number.POSITIVE_INFINITY
  const { recalculation, workbook } = await fastest(5, {
    async recalculation() {
      const host = new SimulatedExcel({ script })
      load = Math.min(load, host.loadMilliseconds)
      await Promise.all(host.calls(cells))
      host.close()
    },
    async workbook() {
      const { asked } = planOf({ model: 'meta-llama/Llama-3.3-70B-Instruct', workload }, facts).result
      const { plannedUtilisation, hoursPerMonth, horizonMonths, ...rest } = asked
      const settings = { plannedUtilisation, hoursPerMonth, horizonMonths }
      await xlsxOf(comparisonBook({ ...rest, settings }, facts, 'plain'))
    },
  })
  return [
    `functions.js in the simulated Excel: loads in ${load.toFixed(0)} ms (bar: below 50)`,
    `  with 10,000 cells of local functions: ${recalculation.toFixed(0)} ms (bar: below 1000)`,
    `a plan made and written as a workbook: ${workbook.toFixed(0)} ms (bar: below 500)`,
    await calc(),
  ].join('\n')
}

/** 500 cells in a fresh LibreOffice with the extension. Bar: 5 s. */
async function calc(): Promise<string> {
  if (!existsSync('/usr/bin/soffice')) return '500 cells in Calc: not measured, there is no LibreOffice'
  const server = await startNodeAfresh()
  const office = new LibreOffice()
  await office.install(oxt(server.url))
  const formulas = Array.from({ length: 500 }, (_, row) => `WEIGHTS.MEMORY(${row + 1}e9,"int4")`)
  const file = await writeXlsx({
    sheets: [
      {
        name: 'Cells',
        rows: formulas.map(() => []),
        cells: new Map(formulas.map((formula, row) => [`${row},0`, { formula }])),
      },
    ],
  })
  const { answered } = await fastest(3, { answered: () => office.recalculated(file) })
  await server.stop()
  office.close()
  return `500 cells in Calc, its start included: ${answered.toFixed(0)} ms (bar: below 5000)`
}
