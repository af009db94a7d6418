import { h } from 'preact'
import type { Plan } from '../../model/compare/plan.ts'
import { planCsv } from '../../model/compare/plan-csv.ts'
import { planMarkdown } from '../../model/compare/plan-markdown.ts'
import type { Draft } from '../question.ts'
import { saveFile } from '../save-file.ts'

interface TakeawayProps {
  readonly answer: Plan
  readonly draft: Draft
  readonly trafficName: string
}

/** Ways out of the page: the answer as a file, the same question as a call. */
export function Takeaway({ answer, draft, trafficName }: TakeawayProps) {
  const save = (name: string, type: string, text: string) => () => saveFile(name, new Blob([text], { type }))
  const copyCall = () => {
    const body = JSON.stringify(draft).replaceAll("'", "'\\''")
    const call = `curl -H 'content-type: application/json' -d '${body}' ${location.origin}/v1/plan`
    return navigator.clipboard.writeText(call)
  }
  const saveWorkbook = async () => {
    const response = await fetch('/v1/workbook', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ compare: answer.result.asked }),
    })
    if (response.ok) saveFile('weighbridge.xlsx', await response.blob())
  }
  const ways: readonly (readonly [string, () => unknown])[] = [
    ['Memo (Markdown)', save('memo.md', 'text/markdown', planMarkdown(answer, trafficName))],
    ['Lines (CSV)', save('lines.csv', 'text/csv', planCsv(answer))],
    ['Answer (JSON)', save('plan.json', 'application/json', JSON.stringify(answer, null, 2))],
    ['Workbook (xlsx)', saveWorkbook],
    ['Copy as API call', copyCall],
    ['Print', () => print()],
  ]
  return h(
    'section',
    null,
    h('h2', null, 'Take it away'),
    h(
      'p',
      { class: 'actions' },
      ways.map(([name, onClick]) => h('button', { type: 'button', class: 'quiet', onClick }, name)),
    ),
  )
}
