import { h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Plan } from '../../model/compare/plan.ts'
import type { Rebase } from '../../model/compare/rebase.ts'
import { knownScenarios, rememberScenario } from '../kept.ts'
import type { ScenarioHead } from '../page-data.ts'
import type { Draft } from '../question.ts'
import {
  Conflict,
  createScenario,
  rebaseScenario,
  replaceScenario,
  type SavedScenario,
} from '../scenarios-client.ts'
import { ConflictView } from './conflict-view.ts'
import { RebaseView } from './rebase-view.ts'

interface ScenarioPanelProps {
  readonly scenario: ScenarioHead | null
  readonly draft: Draft
  readonly answer: Plan
}

/** Save and share: an address that shows the same digits for ever, and a key that may change what it shows. */
export function ScenarioPanel({ scenario: opened, draft, answer }: ScenarioPanelProps) {
  const [scenario, open] = useState(opened)
  const [name, rename] = useState(opened?.name ?? '')
  const [note, annotate] = useState(opened?.note ?? '')
  const [editKey, learnKey] = useState<string | null>(null)
  const [said, say] = useState('')
  const [conflict, meet] = useState<SavedScenario | null>(null)
  const [moved, move] = useState<Rebase | null>(null)
  useEffect(() => {
    if (!opened) return
    rememberScenario({ id: opened.id, name: opened.name, editKey: null })
    learnKey(knownScenarios().find(({ id }) => id === opened.id)?.editKey ?? null)
  }, [opened])

  const body = { name: name.trim() || `${answer.result.model}`, note, input: draft }
  const attempt = (act: () => Promise<void>) => () =>
    act().catch((thrown: unknown) => {
      if (thrown instanceof Conflict) meet(thrown.current)
      say(thrown instanceof Error ? thrown.message : String(thrown))
    })
  const saveNew = attempt(async () => {
    const { editKey: key, ...saved } = await createScenario(body)
    meet(null)
    const isKept = rememberScenario({ id: saved.id, name: saved.name, editKey: key })
    open(saved)
    learnKey(key)
    history.replaceState(null, '', `/scenarios/${saved.id}`)
    say(isKept ? 'Saved. The edit key is kept in this browser.' : `Saved. Keep the edit key: ${key}`)
  })
  const saveOver = (revision: number) =>
    attempt(async () => {
      if (!scenario || editKey === null) return
      open(await replaceScenario({ id: scenario.id, revision, editKey, body }))
      meet(null)
      say('Saved.')
    })
  const rebase = attempt(async () => {
    if (!scenario) return
    const { moved: found } = await rebaseScenario(scenario.id)
    move(found)
    say(found ? '' : "This scenario was saved by another version; its lines cannot be set beside today's.")
  })

  return h(
    'section',
    { class: 'scenario' },
    h('h2', null, scenario ? `Scenario: ${scenario.name}` : 'Save and share'),
    scenario
      ? h(
          'p',
          { class: 'eyebrow' },
          `Saved ${scenario.savedAt.slice(0, 10)}, revision ${scenario.revision}, engine ${scenario.engineVersion}, facts ${answer.dataset.version}. Who has this address can read it.`,
        )
      : null,
    h(
      'div',
      { class: 'inline' },
      h('label', { for: 'scenario-name' }, 'Name'),
      h('input', {
        id: 'scenario-name',
        value: name,
        maxLength: 200,
        placeholder: answer.result.model,
        onInput: (event: Event) => rename((event.currentTarget as HTMLInputElement).value),
      }),
      h('label', { for: 'scenario-note' }, 'Note'),
      h('input', {
        id: 'scenario-note',
        value: note,
        maxLength: 10_000,
        onInput: (event: Event) => annotate((event.currentTarget as HTMLInputElement).value),
      }),
    ),
    h(
      'p',
      { class: 'actions' },
      scenario && editKey !== null
        ? h('button', { type: 'button', onClick: saveOver(scenario.revision) }, 'Save changes')
        : null,
      h('button', { type: 'button', onClick: saveNew }, scenario ? 'Save as a copy' : 'Save'),
      scenario
        ? h(
            'button',
            { type: 'button', class: 'quiet', onClick: () => navigator.clipboard.writeText(location.href) },
            'Copy the link',
          )
        : null,
      scenario && editKey !== null
        ? h(
            'button',
            { type: 'button', class: 'quiet', onClick: () => navigator.clipboard.writeText(editKey) },
            'Copy the edit key',
          )
        : null,
      scenario
        ? h('button', { type: 'button', class: 'quiet', onClick: rebase }, "Rebase to today's prices")
        : null,
    ),
    h('p', { role: 'status' }, said),
    conflict
      ? h(ConflictView, {
          theirs: conflict,
          mine: answer,
          takeTheirs: () => location.reload(),
          saveMine: saveOver(conflict.revision),
          saveCopy: saveNew,
        })
      : null,
    moved ? h(RebaseView, { moved }) : null,
  )
}
