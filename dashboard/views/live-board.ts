import { h } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Plan } from '../../model/compare/plan.ts'
import type { Complaint } from '../../model/problem.ts'
import type { Profile } from '../../model/workload/profile.ts'
import { askPlanner, Refused } from '../ask-planner.ts'
import { forgetDraft, keepDraft, keptDraft } from '../kept.ts'
import type { PageData } from '../page-data.ts'
import type { Draft } from '../question.ts'
import { sourcesOn } from '../sources.ts'
import { Board } from './board.ts'

interface Shown {
  readonly draft: Draft
  readonly answer: Plan
  readonly trafficName: string
  readonly complaints: readonly Complaint[]
}

/** The board with a question that can be changed: the last good answer stays until there is a better one. */
export function LiveBoard({ data }: { readonly data: PageData }) {
  const first = {
    draft: data.question,
    answer: data.answer,
    trafficName: data.trafficName,
    complaints: [],
  }
  const [shown, show] = useState<Shown>(first)
  const [names, learn] = useState<Readonly<Record<string, readonly string[]>>>({})
  const asked = useRef(0)
  const { today } = data

  const ask = async (draft: Draft, trafficName = shown.trafficName) => {
    asked.current += 1
    const turn = asked.current
    show((before) => ({ ...before, draft }))
    keepDraft({ draft, trafficName })
    const change = await askPlanner<Plan>({ what: 'calculate', id: 'plan', input: draft, today }).then(
      (answer) => ({ answer, trafficName, complaints: [] }),
      complaintsOf,
    )
    if (turn === asked.current) show((before) => ({ ...before, ...change }))
  }
  const openFile = async (file: File) => {
    const change = await file
      .text()
      .then((text) => askPlanner<Profile>({ what: 'profile', text }))
      .then(
        (profile) => ask({ ...shown.draft, workload: { from: 'profile', profile } }, file.name),
        complaintsOf,
      )
    if (change) show((before) => ({ ...before, ...change }))
  }
  const reset = () => {
    asked.current += 1
    forgetDraft()
    show(first)
  }
  useEffect(() => {
    performance.mark('weighbridge-usable')
    const kept = keptDraft()
    if (kept) void ask(kept.draft, kept.trafficName)
    void askPlanner<typeof names>({ what: 'names', today }).then(learn, () => {})
  }, [])
  const sources = useMemo(() => sourcesOn(today), [today])
  return h(Board, {
    ...shown,
    scenario: data.scenario,
    sources,
    form: data.form,
    names,
    ask,
    openFile,
    reset,
  })
}

const complaintsOf = (thrown: unknown) => ({
  complaints:
    thrown instanceof Refused
      ? thrown.complaints
      : [{ pointer: '#', kind: 'unknown' as const, detail: String(thrown) }],
})
