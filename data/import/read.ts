import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { parseExactJson } from './exact-json.ts'
import { checked, ImportProblem } from './import-problem.ts'

/** The publishers' files, by the paths that `SOURCES.md` of the upstream folder gives them. */
export interface Upstream {
  /** @throws ImportProblem when there is no such file. */
  text(path: string): string
  bytes(path: string): Uint8Array
  /** File names in a folder, in order. */
  list(folder: string): readonly string[]
}

/**
 * A JSON file with each number as printed, as its schema says it is.
 *
 * @throws ImportProblem when it is cut off, is not JSON, or does not fit.
 */
export function readJson<Schema extends z.ZodType>(
  upstream: Upstream,
  path: string,
  schema: Schema,
): z.output<Schema> {
  let content: unknown
  try {
    content = parseExactJson(upstream.text(path))
  } catch (error) {
    if (error instanceof ImportProblem) throw error
    throw new ImportProblem(path, [`it is not whole JSON (${(error as Error).message}).`])
  }
  return checked(schema, path, content)
}

/**
 * A CSV file with a header, each row as its schema says it is. Empty cells are null.
 *
 * @throws ImportProblem when a column is missing, a row is short, the last line is cut off, or a row does not fit.
 */
export function readCsv<Schema extends z.ZodObject>(
  upstream: Upstream,
  path: string,
  row: Schema,
): z.output<Schema>[] {
  const text = upstream.text(path)
  if (!text.endsWith('\n')) throw new ImportProblem(path, ['its last line has no end: the file is cut off.'])
  let rows: Record<string, string>[]
  try {
    rows = parse(text, { columns: true, bom: true })
  } catch (error) {
    throw new ImportProblem(path, [`${(error as Error).message}.`])
  }
  const [first] = rows
  if (!first) throw new ImportProblem(path, ['it has no rows.'])
  const missing = Object.keys(row.shape).filter((column) => !(column in first))
  if (missing.length > 0) throw new ImportProblem(path, [`it has no column ${missing.join(', ')}.`])
  const cells = rows.map((cells) =>
    Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, cell === '' ? null : cell])),
  )
  return checked(z.array(row), path, cells)
}
