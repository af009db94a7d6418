import { z } from 'zod'
import { type ProblemName, problemTypes } from './problem.ts'

export type Json = Readonly<Record<string, unknown>>

/** Schemas that routes share or name, as components. */
export class Schemas {
  readonly all: Record<string, unknown> = {}

  ref(name: string, schema: z.ZodType, io: 'input' | 'output'): Json {
    const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
    // What refers to itself gets a name that is unique within its schema only.
    const unique = text.replaceAll('__schema', `${name}Part`)
    const {
      $schema: _,
      $defs,
      ...own
    } = JSON.parse(
      unique
        .replaceAll('"#/$defs/', '"#/components/schemas/')
        .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${name}"`),
    )
    Object.assign(this.all, $defs, { [name]: own })
    return { $ref: `#/components/schemas/${name}` }
  }

  /** The fields of a query, of which no body is made. */
  fields(name: string, schema: z.ZodObject): Json {
    this.ref(name, schema, 'input')
    return this.properties(name)
  }

  properties(name: string): Readonly<Record<string, unknown>> {
    const schema = this.all[name]
    return typeof schema === 'object' && schema !== null && 'properties' in schema
      ? (schema.properties as Record<string, unknown>)
      : {}
  }
}

export const content = (type: string, schema: Json, description = 'The answer', examples?: Json): Json => ({
  description,
  content: { [type]: { schema, ...(examples && { examples }) } },
})

export const problems = (...names: readonly ProblemName[]): Json => {
  const byStatus = new Map<number, ProblemName[]>()
  for (const name of names) {
    const { status } = problemTypes[name]
    byStatus.set(status, [...(byStatus.get(status) ?? []), name])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, [name]]) => [status, { $ref: `#/components/responses/${name}` }]),
  )
}

export const idParameter = (what: string): Json => ({
  name: 'id',
  in: 'path',
  required: true,
  description: what,
  schema: { type: 'string' },
})

export const headerParameter = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
})
