import { z } from 'zod'
import { divideBy, evaluate, sum } from '../../breakdown.ts'
import { type Assumption, calculation } from '../../calculation.ts'
import { csvTable } from '../../csv-rows.ts'
import { invalid, quote, unknown } from '../../problem.ts'
import { casesFor, widestUseful, wilsonInterval } from './wilson.ts'

const column = (title: string, description: string) =>
  z.string().min(1).max(100).optional().meta({ title, description })

const confidence = 0.95

export const evaluation = calculation({
  id: 'evaluation',
  title: 'Evaluation',
  summary:
    'Cases of your own evaluation with pass or fail, as a CSV: the success rate with its confidence interval, for each way that was tried; too few cases are said to be so',
  formula: 'successRatio = passes / cases, with the Wilson interval at 95%',
  sheet: false,
  input: z.strictObject({
    csv: z.string().min(1).max(2_000_000).meta({
      title: 'Cases',
      description:
        'A header, then one row for each case; one column says pass or fail, true or false, 1 or 0',
    }),
    resultColumn: column(
      'Result column',
      'Without it, the one called result, outcome, passed, pass, success or correct',
    ),
    groupColumn: column('Group column', 'Such as model or way: one rate for each of its values'),
  }),
  output: z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string().meta({ title: 'Name' }),
        cases: z.number().meta({ title: 'Cases', 'x-unit': 'count' }),
        passes: z.number().meta({ title: 'Passes', 'x-unit': 'count' }),
        successRatio: z.number().meta({ title: 'Success', 'x-unit': 'ratio' }),
        lowSuccessRatio: z.number().meta({ title: 'At least, with 95% confidence', 'x-unit': 'ratio' }),
        highSuccessRatio: z.number().meta({ title: 'At most, with 95% confidence', 'x-unit': 'ratio' }),
        isEnough: z.boolean().meta({ title: 'Whether the interval is narrow enough to settle much' }),
        casesForEnough: z.number().meta({ title: 'Cases that would make it so', 'x-unit': 'count' }),
      }),
    ),
  }),
  sources: [
    {
      title:
        'E. B. Wilson, Journal of the American Statistical Association 22(158), 1927: interval of a share',
    },
    { title: 'RFC 4180: comma-separated values', url: 'https://www.rfc-editor.org/rfc/rfc4180' },
  ],
  examples: [
    {
      input: { csv: 'case,result\n1,pass\n2,pass\n3,fail\n4,pass\n' },
      value: 0.75,
    },
  ],
  compute({ csv, resultColumn, groupColumn }) {
    const { columns, rows } = csvTable(csv, 'csv')
    if (rows.length === 0) throw invalid('csv', 'csv: it has a header and no case.')
    const resultAt = columnOf(columns, resultColumn, 'resultColumn')
    const groupAt = groupColumn === undefined ? -1 : named(columns, groupColumn, 'groupColumn')
    const groups = new Map<string, { cases: number; passes: number }>()
    for (const { line, cells } of rows) {
      const name = groupAt < 0 ? 'all' : (cells[groupAt] ?? '')
      const tally = groups.get(name) ?? { cases: 0, passes: 0 }
      tally.cases++
      if (passed(cells[resultAt] ?? '', line, columns[resultAt] ?? '')) tally.passes++
      groups.set(name, tally)
    }
    const judged = [...groups].map(([name, tally]) => judge(name, tally))
    const total = { cases: rows.length, passes: judged.reduce((sum, { passes }) => sum + passes, 0) }
    const breakdown = [
      ...sum(
        ...judged.map(({ name, passes }) => ({
          name: `${name}, passes`,
          value: passes,
          unit: 'count' as const,
        })),
      ),
      divideBy({ name: 'cases', value: total.cases, unit: 'count' }),
    ]
    const tenths = wilsonInterval({ ...total, confidence: 0.8 })
    const value = evaluate(breakdown)
    return {
      result: { groups: judged },
      value,
      unit: 'ratio',
      breakdown,
      assumptions: judged.filter(({ isEnough }) => !isEnough).map(tooFew),
      interval: { p10: tenths.low, p50: value, p90: tenths.high },
    }
  },
})

function judge(name: string, { cases, passes }: { readonly cases: number; readonly passes: number }) {
  const { low, high } = wilsonInterval({ passes, cases, confidence })
  const isEnough = high - low <= widestUseful
  return {
    name,
    cases,
    passes,
    successRatio: passes / cases,
    lowSuccessRatio: low,
    highSuccessRatio: high,
    isEnough,
    casesForEnough: isEnough ? cases : casesFor(passes / cases, confidence),
  }
}

const tooFew = ({
  name,
  cases,
  lowSuccessRatio,
  highSuccessRatio,
  casesForEnough,
}: ReturnType<typeof judge>): Assumption => ({
  field: 'csv',
  value: cases,
  unit: 'count',
  because: `Too few cases of "${name}" to settle it: the success rate may be ${lowSuccessRatio.toFixed(2)} or ${highSuccessRatio.toFixed(2)}; about ${casesForEnough} cases would narrow it to ${widestUseful}.`,
})

const resultNames = ['result', 'outcome', 'passed', 'pass', 'success', 'correct']

function columnOf(columns: readonly string[], asked: string | undefined, field: string): number {
  if (asked !== undefined) return named(columns, asked, field)
  const at = columns.findIndex((name) => resultNames.includes(name.toLowerCase()))
  if (at >= 0) return at
  throw invalid(
    'csv',
    `csv: none of its columns (${columns.join(', ')}) says pass or fail; call one ${resultNames.join(', ')}, or name it in resultColumn.`,
  )
}

function named(columns: readonly string[], name: string, field: string): number {
  const at = columns.findIndex((column) => column.toLowerCase() === name.toLowerCase())
  if (at < 0) throw unknown(field, 'column', name, columns)
  return at
}

const passing = new Set(['pass', 'passed', 'true', 'yes', '1', 'ok', 'success', 'correct'])
const failing = new Set(['fail', 'failed', 'false', 'no', '0', 'error', 'failure', 'incorrect'])

function passed(cell: string, line: number, column: string): boolean {
  const word = cell.trim().toLowerCase()
  if (passing.has(word)) return true
  if (failing.has(word)) return false
  throw invalid(
    'csv',
    `csv: line ${line}, ${column}: ${quote(cell)} is neither pass nor fail; accepted: ${[...passing, ...failing].join(', ')}.`,
  )
}
