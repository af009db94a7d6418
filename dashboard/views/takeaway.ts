import { h } from 'preact'
import { useState } from 'preact/hooks'
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

/** Ways out of the page: the answer as a file, the same question as a call. Each is made when it is asked for. */
export function Takeaway({ answer, draft, trafficName }: TakeawayProps) {
  const [said, say] = useState('')
  const save = (name: string, type: string, textOf: () => string) => () =>
    saveFile(name, new Blob([textOf()], { type }))
  const copyCall = async () => {
    const body = JSON.stringify(draft).replaceAll("'", "'\\''")
    const call = `curl -H 'content-type: application/json' -d '${body}' ${location.origin}/v1/plan`
    await navigator.clipboard.writeText(call)
    say('Copied.')
  }
  const ways: readonly (readonly [string, () => unknown])[] = [
    ['Memo (Markdown)', save('memo.md', 'text/markdown', () => planMarkdown(answer, trafficName))],
    ['Lines (CSV)', save('lines.csv', 'text/csv', () => planCsv(answer))],
    ['Answer (JSON)', save('plan.json', 'application/json', () => JSON.stringify(answer, null, 2))],
    ['Workbook (xlsx)', async () => saveFile('weighbridge.xlsx', await workbookOf(answer))],
    ['Copy as API call', copyCall],
    ['Print', () => print()],
  ]
  const attempt = (act: () => unknown) => async () => {
    say('')
    try {
      await act()
    } catch (thrown) {
      say(thrown instanceof Error ? thrown.message : String(thrown))
    }
  }
  return h(
    'section',
    null,
    h('h2', null, 'Take it away'),
    h(
      'p',
      { class: 'actions' },
      ways.map(([name, act]) => h('button', { type: 'button', class: 'quiet', onClick: attempt(act) }, name)),
    ),
    h('p', { role: 'status' }, said),
  )
}

/** @throws Error with a sentence where the server does not make one. */
async function workbookOf(answer: Plan): Promise<Blob> {
  const response = await fetch('/v1/workbook', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ compare: answer.result.asked }),
  }).catch(() => {
    throw new Error('The server could not be reached, and it is what writes the workbook.')
  })
  if (response.ok) return response.blob()
  const { detail } = await response.json()
  throw new Error(detail ?? `The server answers ${response.status}.`)
}
