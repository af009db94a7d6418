import type { z } from 'zod'

const shown = 5

/** A publisher's file that cannot be believed: it is refused whole, and nothing changes. */
export class ImportProblem extends Error {
  readonly path: string
  readonly complaints: readonly string[]

  constructor(path: string, complaints: readonly string[]) {
    const more = complaints.length > shown ? ` And ${complaints.length - shown} more.` : ''
    super(`${path} is refused: ${complaints.slice(0, shown).join(' ')}${more}`)
    this.name = 'ImportProblem'
    this.path = path
    this.complaints = complaints
  }
}

/**
 * A file's content as its schema says it is.
 *
 * @throws ImportProblem naming each malformed record by its path in the file.
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  content: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  throw new ImportProblem(
    path,
    parsed.error.issues.map(
      ({ path: at, message }) => `${at.map(String).join('.') || 'the file'}: ${message}.`,
    ),
  )
}
