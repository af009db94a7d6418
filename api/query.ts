import type { Context } from 'hono'
import { type Fielded, fieldsOf, fromText } from '../model/fields.ts'
import { InputProblem } from '../model/problem.ts'

/** How an answer can be written: all of it, or the bare value. */
export const writtenFormats = ['json', 'text'] as const
export const isWrittenFormat = (format: string): format is (typeof writtenFormats)[number] =>
  writtenFormats.some((written) => written === format)

/**
 * The query as an input: each name a field, each text read as the field's type says. A `format` of `json` or `text`
 * is left out: it chooses how the answer is written. A calculation's own field of that name takes any other.
 *
 * @throws InputProblem for a name given twice, of which one value would be lost.
 */
export function fromQuery(c: Context, fielded: Fielded): Record<string, unknown> {
  const query = new URL(c.req.url).searchParams
  const fields = new Map(fieldsOf(fielded).map((field) => [field.name, field]))
  const ownFormats = query.getAll('format').filter((format) => !isWrittenFormat(format))
  query.delete('format')
  if (fields.has('format')) for (const format of ownFormats) query.append('format', format)
  const names = [...new Set(query.keys())]
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
