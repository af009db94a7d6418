import { readFileSync } from 'node:fs'
import { invalid, quote } from '../model/problem.ts'

/**
 * An option that takes JSON: the text itself, or `@FILE` for what a file holds.
 *
 * @throws InputProblem for a file that cannot be read, text that is no JSON, or JSON of another kind.
 */
export function jsonOption(name: string, kind: 'object' | 'array', text: string): unknown {
  const path = text.startsWith('@') ? text.slice(1) : undefined
  const what = path === undefined ? quote(text) : `the file ${quote(path)}`
  const accepted = `accepted is a JSON ${kind}, or @FILE for a file that holds one.`
  let value: unknown
  try {
    value = JSON.parse(path === undefined ? text : contentOf(name, path, accepted))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw invalid(name, `${name}: ${what} is no JSON; ${accepted}`)
  }
  const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  if (found !== kind) throw invalid(name, `${name}: ${what} holds ${aKind(found)}; ${accepted}`)
  return value
}

const aKind = (kind: string): string =>
  kind === 'null' ? kind : /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`

function contentOf(name: string, path: string, accepted: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw invalid(name, `${name}: the file ${quote(path)} ${unreadable(error)}; ${accepted}`)
  }
}

/** Why a file could not be read, as a sentence goes on after its name. */
export function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'does not exist'
  if (code === 'EISDIR') return 'is a folder'
  return `cannot be read (${String(code ?? error)})`
}
