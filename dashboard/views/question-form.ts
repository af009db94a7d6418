import { h } from 'preact'
import type { Plan } from '../../model/compare/plan.ts'
import type { Field } from '../../model/fields.ts'
import type { Complaint } from '../../model/problem.ts'
import type { Form } from '../page-data.ts'
import { type Draft, saidAs, withField, withWorkloadField } from '../question.ts'
import { FieldInput } from './field-input.ts'

/** What a person may do to the question, and what was wrong with the last one. */
export interface Edits {
  readonly answer: Plan
  readonly complaints: readonly Complaint[]
  /** Names to choose from, by field. */
  readonly names: Readonly<Record<string, readonly string[]>>
  ask(draft: Draft): void
  openFile(file: File): void
  /** Back to the example that the page opens on. */
  reset(): void
}

const ways: Readonly<Record<string, string>> = {
  profile: 'a request trace',
  tokens: 'tokens a month',
  requests: 'requests a month',
  people: 'people and their habits',
}

/** Change one thing: every field of the question, made from the catalog's schemas. */
export function QuestionForm(props: Edits & { readonly form: Form; readonly draft: Draft }) {
  const { form, draft, complaints } = props
  const unplaced = complaints.filter(({ pointer }) => !placed(form, draft).has(pointer))
  return h(
    'form',
    { class: 'question', 'aria-label': 'The question', onSubmit: (event: Event) => event.preventDefault() },
    h('h2', null, 'Change one thing'),
    unplaced.map(({ detail }) => h('p', { class: 'wrong', role: 'alert' }, detail)),
    h('fieldset', null, h('legend', null, 'Traffic'), h(WorkloadFields, props)),
    h(
      'fieldset',
      null,
      h('legend', null, 'Model, options and limits'),
      form.question.map((field) => questionField(field, props)),
    ),
    h('button', { type: 'button', class: 'quiet', onClick: props.reset }, 'Back to the example'),
  )
}

/** The pointers of the fields that are shown. */
const placed = (form: Form, { workload }: Draft): ReadonlySet<string> =>
  new Set([
    ...form.question.map(({ name }) => `#/${name}`),
    ...(form.workloads.find(({ from }) => from === workload.from)?.fields ?? []).map(
      ({ name }) => `#/workload/${name}`,
    ),
  ])

function questionField(field: Field, { draft, complaints, names, ask }: Edits & { readonly draft: Draft }) {
  return h(FieldInput, {
    key: field.name,
    field,
    value: draft[field.name],
    names: names[field.name] ?? [],
    complaint: complaintAt(complaints, `#/${field.name}`),
    set: (value: unknown) => ask(withField(draft, field.name, value)),
  })
}

const complaintAt = (complaints: readonly Complaint[], place: string): string | undefined =>
  complaints.find(({ pointer }) => pointer === place)?.detail

function WorkloadFields({
  form,
  draft,
  answer,
  complaints,
  ask,
  openFile,
}: Edits & { readonly form: Form; readonly draft: Draft }) {
  const { from } = draft.workload
  const fields = form.workloads.find((way) => way.from === from)?.fields ?? []
  const choose = (way: string) => ask({ ...draft, workload: saidAs(way, answer) })
  return [
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'known-from' }, h('span', { class: 'name' }, 'Known from')),
      h(
        'select',
        {
          id: 'known-from',
          value: from,
          onChange: (event: Event) => choose((event.currentTarget as HTMLSelectElement).value),
        },
        Object.entries(ways)
          .filter(([way]) => way !== 'profile' || from === 'profile')
          .map(([way, words]) => h('option', { value: way }, words)),
      ),
    ),
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'trace' }, h('span', { class: 'name' }, 'Request trace')),
      h('input', {
        id: 'trace',
        type: 'file',
        accept: '.csv,.jsonl,.ndjson,.txt',
        'aria-describedby': 'trace-help',
        onChange: (event: Event) => {
          const [file] = (event.currentTarget as HTMLInputElement).files ?? []
          if (file) openFile(file)
        },
      }),
      h(
        'small',
        { id: 'trace-help' },
        'CSV or JSON lines with time, input tokens and output tokens. It is read in this page and sent nowhere.',
      ),
    ),
    fields.map((field) =>
      h(FieldInput, {
        key: `${from} ${field.name}`,
        field,
        value: draft.workload[field.name],
        names: [],
        complaint: complaintAt(complaints, `#/workload/${field.name}`),
        set: (value: unknown) => ask(withWorkloadField(draft, field.name, value)),
      }),
    ),
  ]
}
