import { h } from 'preact'
import type { PlanWords } from '../../model/compare/plan-words.ts'

interface VerdictProps {
  readonly model: string
  readonly trafficName: string
  readonly words: PlanWords
}

/** The answer in one sentence, and the sentences that it stands on. */
export function Verdict({ model, trafficName, words }: VerdictProps) {
  const [verdict, ...reasons] = words.verdict
  return h(
    'header',
    { 'aria-live': 'polite' },
    h('p', { class: 'eyebrow' }, `${model}, ${trafficName}`),
    h('h1', null, verdict),
    reasons.map((reason) => h('p', null, reason)),
    h('p', { class: 'eyebrow' }, words.dates[0]),
  )
}
