import type { Example } from '../../../model/calculation.ts'
import { catalog } from '../../../model/catalog.ts'
import { type Case, posted } from '../case.ts'

/** Text for a query: what is no plain text is written as JSON, and read back by the field's type. */
const queryText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)

const query = (input: Example['input']): string =>
  new URLSearchParams(Object.entries(input).map(([name, value]) => [name, queryText(value)])).toString()

/** Beyond this a query is longer than servers and proxies take, and the input goes in a body. */
const longestQuery = 4000

/** Each documented example: by GET, by POST and as the bare value. What the value is, the model's own tests say. */
export const exampleCases: readonly Case[] = catalog.flatMap(({ id, examples }) =>
  examples.flatMap(({ input }): Case[] => {
    const name = `${id} ${JSON.stringify(input).slice(0, 60)}`
    const asked = query(input)
    const answered = {
      status: 200,
      type: 'application/json',
      says: [`{"id":"${id}","value":`, '"breakdown":'],
    }
    return [
      { name: `POST ${name}`, path: `/v1/${id}`, ...posted(JSON.stringify(input)), ...answered },
      ...(asked.length > longestQuery
        ? []
        : [
            { name: `GET ${name}`, path: `/v1/${id}?${asked}`, ...answered },
            {
              name: `text ${name}`,
              path: `/v1/${id}?${asked}&format=text`,
              status: 200,
              type: 'text/plain',
            },
          ]),
    ]
  }),
)

const everyExample = catalog.flatMap(({ id, examples }) => examples.map(({ input }) => ({ id, input })))
const mixed = [
  { id: 'memory', input: { model: 70e9, precision: 'int4' } },
  { id: 'memroy', input: {} },
  { id: 'memory', input: { model: -1, precision: 'int4' } },
  { id: 'memory' },
  'memory',
  { id: 'memory', input: { model: 70e9, precision: 'INT4', unit: 'gib' }, surplus: true },
  { id: 'bits', input: { precision: 'MXFP4' } },
]

export const batchCases: readonly Case[] = [
  {
    name: 'every example in one batch',
    path: '/v1/batch',
    ...posted(JSON.stringify({ calls: everyExample })),
    status: 200,
    type: 'application/json',
    says: everyExample.map(({ id }) => `{"id":"${id}"`),
  },
  {
    name: 'as text/plain, without a preflight',
    path: '/v1/batch',
    ...posted(JSON.stringify({ calls: mixed.slice(0, 1) }), { 'content-type': 'text/plain' }),
    status: 200,
    says: ['{"results":[{"id":"memory","value":35,'],
  },
  {
    name: 'good and bad calls, each in its place',
    path: '/v1/batch',
    ...posted(JSON.stringify({ calls: mixed })),
    status: 200,
    says: [
      '{"results":[{"id":"memory","value":35,',
      'there is no calculation \\"memroy\\". Did you mean \\"memory\\"?',
      'The input of memory must be an object of named fields, not undefined.',
      'The input of call must be an object of named fields, not \\"memory\\".',
      'surplus: there is no such field.',
      '{"id":"bits","value":4.25,',
    ],
  },
  { name: 'no calls', path: '/v1/batch', ...posted('{"calls":[]}'), status: 200, is: '{"results":[]}' },
  {
    name: 'one call too many',
    path: '/v1/batch',
    ...posted(JSON.stringify({ calls: Array(10_001).fill(0) })),
    status: 422,
    says: ['calls has 10001 entries; it must have at most 10000.'],
  },
  {
    name: 'calls left out',
    path: '/v1/batch',
    ...posted('{}'),
    status: 422,
    says: ['calls is missing; it must be an array.'],
  },
]
