import type { Plan } from '../../model/compare/plan.ts'
import { picture } from '../../model/compare/plan-picture.ts'
import { planWords } from '../../model/compare/plan-words.ts'

/** The page for a person who has a minute. */
export function planText(plan: Plan, trafficName: string): string {
  const words = planWords(plan)
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
  return [
    `${plan.result.model}, ${trafficName}`,
    '',
    ...words.verdict,
    '',
    ...table([words.columns, ...words.rows]),
    ...section('Break-even', words.breakEvens),
    ...section('What would change the verdict first', words.flips),
    ...section('Cost against volume', picture(plan.result.comparison)),
    ...section('Left out', words.excluded),
    ...section('Traffic', words.traffic),
    ...section('Assumed', words.assumptions),
    ...section('Dates', words.dates),
    ...section('Sources', words.sources),
  ].join('\n')
}

/** Columns as wide as their widest cell; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [header = []] = rows
  const widths = header.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return /^[$−\d]/.test(rows[1]?.[column] ?? '') && column > 0
          ? cell.padStart(width)
          : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}
