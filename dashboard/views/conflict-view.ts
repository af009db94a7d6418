import { h } from 'preact'
import type { Plan } from '../../model/compare/plan.ts'
import { wholeText } from '../../model/format.ts'
import type { SavedScenario } from '../scenarios-client.ts'
import { verdictIn } from '../verdict-words.ts'
import { DataTable } from './data-table.ts'

interface ConflictProps {
  readonly theirs: SavedScenario
  readonly mine: Plan
  takeTheirs(): void
  saveMine(): void
  saveCopy(): void
}

/** Two people saved: both are shown, and the second decides. */
export const ConflictView = ({ theirs, mine, takeTheirs, saveMine, saveCopy }: ConflictProps) =>
  h(
    'div',
    { role: 'alert', class: 'conflict' },
    h(DataTable, {
      name: 'Two versions of this scenario',
      columns: ['', 'Verdict', 'Traffic, tokens a month'],
      rows: [
        [
          `Theirs: ${theirs.name}, saved ${theirs.savedAt.slice(0, 16).replace('T', ' ')}`,
          verdictIn(theirs.answer),
          tokensIn(theirs.answer),
        ],
        ['Yours, not saved', verdictIn(mine), tokensIn(mine)],
      ],
    }),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onClick: takeTheirs }, 'Open theirs'),
      h('button', { type: 'button', class: 'quiet', onClick: saveMine }, 'Save mine over it'),
      h('button', { type: 'button', class: 'quiet', onClick: saveCopy }, 'Save mine as a copy'),
    ),
  )

const tokensIn = ({ result: { comparison } }: Plan): string => wholeText(comparison.traffic.tokensPerMonth)
