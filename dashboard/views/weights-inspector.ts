import { h } from 'preact'
import { useState } from 'preact/hooks'
import { countText, numberText, percentText, wholeText } from '../../model/format.ts'
import type { HeaderSummary } from '../../model/header/header-summary.ts'
import type { ComponentsResult } from '../../model/parameters-by-component.ts'
import type { Sources } from '../pictures/picture.ts'
import { DataTable, type DataTableProps } from './data-table.ts'

const precisionsShown = ['bf16', 'fp8', 'int8', 'int4'] as const

interface Found {
  readonly sentence: string
  readonly table: DataTableProps
}

/** A model that the catalog does not have: its pasted config, or the header of its file, which is never uploaded. */
export function WeightsInspector({ sources }: { readonly sources: Sources }) {
  const [found, show] = useState<Found | null>(null)
  const [wrong, complain] = useState('')
  const inspect = (look: () => Promise<Found>) =>
    look().then(
      (seen) => {
        show(seen)
        complain('')
      },
      (thrown: unknown) => {
        show(null)
        complain(thrown instanceof Error ? thrown.message : String(thrown))
      },
    )
  return h(
    'details',
    null,
    h('summary', null, 'Look into weights of your own'),
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'config' }, h('span', { class: 'name' }, 'A config.json')),
      h('textarea', {
        id: 'config',
        rows: 4,
        spellcheck: false,
        placeholder: '{ "model_type": "llama", "hidden_size": 4096, ... }',
        onInput: (event: Event) => {
          const { value } = event.currentTarget as HTMLTextAreaElement
          if (value.trim() !== '') void inspect(() => fromConfig(value, sources))
        },
      }),
    ),
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'weights-file' }, h('span', { class: 'name' }, 'A safetensors or GGUF file')),
      h('input', {
        id: 'weights-file',
        type: 'file',
        accept: '.safetensors,.gguf,.json',
        'aria-describedby': 'weights-file-help',
        onChange: (event: Event) => {
          const [file] = (event.currentTarget as HTMLInputElement).files ?? []
          if (file) void inspect(() => fromFile(file, sources))
        },
      }),
      h('small', { id: 'weights-file-help' }, 'Only its header is read, in this page; nothing is uploaded.'),
    ),
    wrong === '' ? null : h('p', { class: 'wrong', role: 'alert' }, wrong),
    found ? h('div', { role: 'status' }, h('p', null, found.sentence), h(DataTable, found.table)) : null,
  )
}

async function fromConfig(text: string, { ask }: Sources): Promise<Found> {
  const config = configIn(text)
  const { result } = await ask<ComponentsResult>('parameters', { config })
  const memory = await Promise.all(precisionsShown.map((precision) => ask('memory', { config, precision })))
  const sizes = memory
    .map(({ value }, place) => `${numberText(Number(value))} GB in ${precisionsShown[place]}`)
    .join(', ')
  return {
    sentence: `${countText(Number(result.uniqueParameters))} parameters: ${sizes}.`,
    table: {
      name: 'Parameters by component',
      columns: ['Component', 'Parameters', 'Share'],
      rows: result.components.map(({ component, parameters, share }) => [
        component,
        wholeText(parameters),
        share === null ? '' : percentText(share),
      ]),
    },
  }
}

function configIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`config: this is not JSON yet (${cause instanceof Error ? cause.message : cause}).`)
  }
}

async function fromFile(file: File, { readHeader }: Sources): Promise<Found> {
  const summary: HeaderSummary = await readHeader(file)
  const { parameterCount, format, tensorCount, fileBytes, parametersByDtype, bytesByDtype } = summary
  return {
    sentence: `${file.name}: ${countText(parameterCount)} parameters in ${wholeText(tensorCount)} tensors, ${wholeText(fileBytes)} bytes, ${format}.`,
    table: {
      name: 'Parameters by dtype',
      columns: ['Dtype', 'Parameters', 'Bytes'],
      rows: Object.entries(bytesByDtype).map(([dtype, bytes]) => [
        dtype,
        wholeText(parametersByDtype[dtype] ?? 0),
        wholeText(bytes),
      ]),
    },
  }
}
