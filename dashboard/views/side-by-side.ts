import { h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Plan } from '../../model/compare/plan.ts'
import { countText, usdText } from '../../model/format.ts'
import { type KnownScenario, knownScenarios } from '../kept.ts'
import { readScenario, type SavedScenario } from '../scenarios-client.ts'
import { Scrolled } from './data-table.ts'

/** The scenarios that this browser knows, and those that are ticked side by side. */
export function SideBySide() {
  const [known, learn] = useState<readonly KnownScenario[]>([])
  const [ticked, tick] = useState<readonly string[]>([])
  const [read, keep] = useState<Readonly<Record<string, SavedScenario | string>>>({})
  useEffect(() => learn(knownScenarios()), [])
  if (known.length === 0) return null
  const toggle = async (id: string) => {
    tick((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]))
    if (read[id] !== undefined) return
    const found = await readScenario(id).catch((thrown: unknown) =>
      thrown instanceof Error ? thrown.message : String(thrown),
    )
    keep((before) => ({ ...before, [id]: found }))
  }
  const chosen = ticked.flatMap((id) => {
    const one = read[id]
    return typeof one === 'object' ? [one] : []
  })
  return h(
    'section',
    null,
    h('h2', null, 'Saved in this browser'),
    h(
      'ul',
      { class: 'plain' },
      known.map(({ id, name }) =>
        h(
          'li',
          { key: id },
          h(
            'label',
            null,
            h('input', { type: 'checkbox', checked: ticked.includes(id), onChange: () => toggle(id) }),
            ` ${name} `,
          ),
          h('a', { href: `/scenarios/${id}` }, 'open'),
          typeof read[id] === 'string' ? h('span', { class: 'wrong' }, ` ${read[id]}`) : null,
        ),
      ),
    ),
    chosen.length < 2 ? null : h(Compared, { scenarios: chosen }),
  )
}

/** What differs is marked; what is the same everywhere is quiet. */
function Compared({ scenarios }: { readonly scenarios: readonly SavedScenario[] }) {
  const rows = aspects.map(([name, of]) => ({ name, cells: scenarios.map(({ answer }) => of(answer)) }))
  return h(
    Scrolled,
    { name: 'Scenarios side by side' },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, 'Scenario'),
          scenarios.map(({ name }) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map(({ name, cells }) => {
          const differs = new Set(cells).size > 1
          return h(
            'tr',
            { class: differs ? 'differs' : 'same' },
            h('th', { scope: 'row' }, name),
            cells.map((cell) => h('td', null, differs ? h('mark', null, cell) : cell)),
          )
        }),
      ),
    ),
  )
}

const aspects: readonly (readonly [string, (answer: Plan) => string])[] = [
  ['Cheapest', ({ result: { comparison } }) => comparison.cheapest?.name ?? 'none'],
  ['USD a month', ({ value }) => (typeof value === 'number' ? usdText(value) : 'unknown')],
  [
    'Saved against the next',
    ({ result: { comparison } }) => {
      const saved = comparison.cheapest?.savedUsdPerMonth
      return saved === null || saved === undefined ? '' : usdText(saved)
    },
  ],
  ['Model', ({ result }) => result.model],
  ['Tokens a month', ({ result: { comparison } }) => countText(comparison.traffic.tokensPerMonth)],
  ['Input length', ({ result: { comparison } }) => countText(comparison.traffic.inputTokensPerRequest)],
  ['Output length', ({ result: { comparison } }) => countText(comparison.traffic.outputTokensPerRequest)],
  ['Precision', ({ result: { asked } }) => asked.precision ?? 'as published'],
  ['Planned utilisation', ({ result: { asked } }) => String(asked.plannedUtilisation)],
  ['Horizon, months', ({ result: { asked } }) => String(asked.horizonMonths)],
  ['Prices of', ({ result: { asked } }) => asked.asOf ?? ''],
  ['Facts', ({ dataset }) => dataset.version],
]
