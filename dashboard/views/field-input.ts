import { h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Field, fromText } from '../../model/fields.ts'

interface FieldInputProps {
  readonly field: Field
  readonly value: unknown
  readonly names: readonly string[]
  readonly complaint: string | undefined
  set(value: unknown): void
}

const shown = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

/** One field of a schema: its title, unit, default and what it is, with what is wrong beside it. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, complaint } = props
  const id = `field-${field.name}`
  return h(
    'div',
    { class: 'field' },
    h(
      'label',
      { for: id },
      h('span', { class: 'name' }, field.title),
      field.unit === undefined ? null : h('span', { class: 'unit' }, field.unit),
    ),
    field.options ? h(Choice, { ...props, id }) : h(Written, { ...props, id, key: typeof value }),
    complaint === undefined
      ? h('small', { id: `${id}-help` }, field.description)
      : h('small', { id: `${id}-help`, class: 'wrong', role: 'alert' }, complaint),
  )
}

function Choice({ field, value, set, id }: FieldInputProps & { readonly id: string }) {
  return h(
    'select',
    {
      id,
      value: shown(value),
      'aria-describedby': `${id}-help`,
      onChange: (event: Event) => {
        const chosen = (event.currentTarget as HTMLSelectElement).value
        set(chosen === '' ? undefined : chosen)
      },
    },
    h('option', { value: '' }, emptyText(field)),
    field.options?.map((option) => h('option', { value: option }, option)),
  )
}

/** What is written is kept as it is written; the planner says what is wrong with it. */
function Written({ field, value, names, complaint, set, id }: FieldInputProps & { readonly id: string }) {
  const [text, write] = useState(shown(value))
  useEffect(() => {
    if (String(fromText(field, text)) !== shown(value)) write(shown(value))
  }, [value])
  return [
    h('input', {
      id,
      type: 'text',
      value: text,
      inputMode: field.type === 'string' ? 'text' : 'decimal',
      autocomplete: 'off',
      spellcheck: false,
      placeholder: emptyText(field),
      list: names.length > 0 ? `${id}-names` : undefined,
      'aria-invalid': complaint !== undefined,
      'aria-describedby': `${id}-help`,
      onInput: (event: Event) => {
        const written = (event.currentTarget as HTMLInputElement).value
        write(written)
        set(written.trim() === '' ? undefined : fromText(field, written))
      },
    }),
    names.length > 0
      ? h(
          'datalist',
          { id: `${id}-names` },
          names.map((name) => h('option', { value: name })),
        )
      : null,
  ]
}

const emptyText = ({ default: fallback, required }: Field): string =>
  fallback !== undefined ? `${fallback} (default)` : required ? '' : 'not given'
