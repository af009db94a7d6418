import type { Context } from 'hono'
import { type Fielded, fieldsOf, fromText } from '../model/fields.ts'
import { InputProblem } from '../model/problem.ts'

/**
 * The query as an input: each name a field, each text read as the field's type says. `format` is left out: it
 * chooses how the answer is written.
 *
 * @throws InputProblem for a name given twice, of which one value would be lost.
 */
export function fromQuery(c: Context, fielded: Fielded): Record<string, unknown> {
  const query = new URL(c.req.url).searchParams
  const fields = new Map(fieldsOf(fielded).map((field) => [field.name, field]))
  const names = [...new Set(query.keys())].filter((name) => name !== 'format')
  const twice = names.filter((name) => query.getAll(name).length > 1)
  if (twice.length > 0) {
    throw new InputProblem(
      twice.map((name) => ({
        pointer: `#/${encodeURIComponent(name)}`,
        detail: `${name} is given ${query.getAll(name).length} times; give it once.`,
        kind: 'invalid',
      })),
    )
  }
  return Object.fromEntries(
    names.map((name) => {
      const field = fields.get(name)
      const text = query.get(name) ?? ''
      return [name, field ? fromText(field, text) : text]
    }),
  )
}
