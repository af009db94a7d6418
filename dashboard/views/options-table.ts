import { h } from 'preact'
import type { Plan } from '../../model/compare/plan.ts'
import type { PlanWords } from '../../model/compare/plan-words.ts'
import { Scrolled } from './data-table.ts'

/** What each way costs, the cheapest first. */
export const OptionsTable = ({ answer, words }: { readonly answer: Plan; readonly words: PlanWords }) =>
  h(
    Scrolled,
    { name: 'What each way costs' },
    h(
      'table',
      { class: 'options' },
      h('caption', null, 'What each way costs, the cheapest first'),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          words.columns.map((column) => h('th', { scope: 'col' }, column)),
        ),
      ),
      h(
        'tbody',
        null,
        words.rows.map(([name, ...cells], row) =>
          h(
            'tr',
            null,
            h(
              'th',
              { scope: 'row' },
              h('span', { class: `key key-${answer.result.comparison.options[row]?.place ?? row}` }),
              name,
            ),
            cells.map((cell) => h('td', null, cell)),
          ),
        ),
      ),
    ),
  )
