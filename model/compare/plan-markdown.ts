import type { Plan } from './plan.ts'
import { picture } from './plan-picture.ts'
import { planWords } from './plan-words.ts'

/** The page as Markdown, for a memo or an issue. */
export function planMarkdown(plan: Plan, trafficName: string): string {
  const words = planWords(plan)
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines.map((line) => `- ${escaped(line)}`)]
  const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`
  return [
    `# ${escaped(plan.result.model)}`,
    '',
    escaped(trafficName),
    '',
    ...words.verdict.map((sentence, index) =>
      index === 0 ? `**${escaped(sentence)}**  ` : escaped(sentence),
    ),
    '',
    row(words.columns),
    row(words.columns.map(() => '---')),
    ...words.rows.map(row),
    ...section('Break-even', words.breakEvens),
    ...section('What would change the verdict first', words.flips),
    '',
    '## Cost against volume',
    '',
    '```',
    ...picture(plan.result.comparison),
    '```',
    ...section('Left out', words.excluded),
    ...section('Traffic', words.traffic),
    ...section('Assumed', words.assumptions),
    ...section('Dates', words.dates),
    ...section('Sources', words.sources),
  ].join('\n')
}

/** Names come from price lists: none of them may begin a table cell, emphasis or a tag. */
const escaped = (text: string): string => text.replaceAll(/[|*_<>`[\]\\]/g, (mark) => `\\${mark}`)
