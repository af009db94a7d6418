import { h } from 'preact'
import type { Plan } from '../../model/compare/plan.ts'
import type { Draft } from '../question.ts'
import { saveFile } from '../save-file.ts'

/** Ways out of the page: the same question as a call, and the answer as a file. */
export function Takeaway({ answer, draft }: { readonly answer: Plan; readonly draft: Draft }) {
  const call = `curl -H 'content-type: application/json' -d '${JSON.stringify(draft)}' /v1/plan`
  return h(
    'section',
    null,
    h('h2', null, 'Take it away'),
    h(
      'p',
      { class: 'actions' },
      h(
        'button',
        { type: 'button', onClick: () => copy(call.replace(' /v1', ` ${location.origin}/v1`)) },
        'Copy as API call',
      ),
      h(
        'button',
        {
          type: 'button',
          onClick: () =>
            saveFile('plan.json', new Blob([JSON.stringify(answer, null, 2)], { type: 'application/json' })),
        },
        'JSON',
      ),
      h('button', { type: 'button', onClick: () => print() }, 'Print'),
    ),
  )
}

const copy = (text: string) => navigator.clipboard.writeText(text)
