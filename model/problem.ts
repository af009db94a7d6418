import { distance } from 'fastest-levenshtein'
import type { z } from 'zod'

/**
 * One thing that is wrong with what was asked.
 *
 * `invalid`: the value breaks the field's rules. `unknown`: the value is well formed, but no fact answers to it
 * (an id nobody has, a price on a day before the first record). Excel shows #VALUE! for the first and #N/A for
 * the second; HTTP answers 422 and 404.
 */
export interface Complaint {
  /** JSON Pointer fragment of the field (RFC 6901 section 6), such as `#/precision`. */
  readonly pointer: string
  /** A sentence: the field, what is wrong with the value given, what is accepted. */
  readonly detail: string
  readonly kind: 'invalid' | 'unknown'
}

/** Thrown for anything that the person asking can put right. */
export class InputProblem extends Error {
  readonly complaints: readonly Complaint[]

  constructor(complaints: readonly Complaint[]) {
    super(complaints.map((complaint) => complaint.detail).join(' '))
    this.name = 'InputProblem'
    this.complaints = complaints
  }
}

/** The problem of one field: `invalid('gpuCount', '3 GPUs cannot ...')`. */
export const invalid = (path: string, detail: string): InputProblem =>
  new InputProblem([{ pointer: pointerTo(path.split('.')), detail, kind: 'invalid' }])

/** The problem of a name that no fact answers to, with the nearest names there are. */
export function unknown(path: string, what: string, given: string, known: Iterable<string>): InputProblem {
  const detail = `${path}: there is no ${what} ${quote(given)}.${didYouMean(given, known)}`
  return new InputProblem([{ pointer: pointerTo(path.split('.')), detail, kind: 'unknown' }])
}

const pointerTo = (path: readonly PropertyKey[]): string =>
  `#/${path.map((step) => encodeURIComponent(String(step).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

const longestQuoted = 80

/** A value as a sentence shows it: short, on one line, JSON. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, longestQuoted)) + lengthNote(value)
  return shortened(typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)))
}

const shortened = (text: string): string => text.slice(0, longestQuoted) + lengthNote(text)

const lengthNote = (text: string): string =>
  text.length > longestQuoted ? `… (${text.length} characters)` : ''

/** ` Did you mean "h100-sxm-80gb"?`, or nothing where no known name is near. Case and separators do not count. */
export function didYouMean(given: string, known: Iterable<string>): string {
  const asked = bare(given.slice(0, longestQuoted))
  if (asked === '') return ''
  const near = nearest(asked, spellingsOf(Array.isArray(known) ? known : [...known]))
  return near === undefined ? '' : ` Did you mean ${quote(near)}?`
}

/** A known name as names are compared, and its last step alone. */
interface Spelling {
  readonly name: string
  readonly whole: string
  readonly last: string
}

const spellings = new WeakMap<readonly string[], readonly Spelling[]>()

/** A batch may ask for 10,000 names that nobody knows, each of one list. */
function spellingsOf(known: readonly string[]): readonly Spelling[] {
  const made =
    spellings.get(known) ??
    known.map((name) => ({ name, whole: bare(name), last: bare(name.slice(name.lastIndexOf('/') + 1)) }))
  spellings.set(known, made)
  return made
}

function nearest(asked: string, known: readonly Spelling[]): string | undefined {
  const within = asked.length >= shortestPart ? known.filter((spelling) => isPartOf(asked, spelling)) : []
  if (within.length > 0) return within.toSorted((a, b) => a.name.length - b.name.length)[0]?.name
  let best: string | undefined
  let closest = Math.floor(Math.max(2, asked.length / 3)) + 1
  for (const { name, whole } of known) {
    // Names are at least as far apart as their lengths.
    if (Math.abs(whole.length - asked.length) >= closest) continue
    const away = distance(asked, whole)
    if (away < closest) [best, closest] = [name, away]
  }
  return best
}

/** Shorter ones lie in names that they have nothing to do with. */
const shortestPart = 4
const smallestShare = 0.3

/** A good part of the name, or how its last step begins. */
const isPartOf = (asked: string, { whole, last }: Spelling): boolean =>
  last.startsWith(asked) || (whole.includes(asked) && asked.length >= smallestShare * whole.length)

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** The issues of a schema as sentences that name the field, the value and what is accepted. */
export function complaintsOf(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  fieldNames: readonly string[],
): Complaint[] {
  return issues.flatMap((issue) => describe(issue, input, fieldNames))
}

function describe(issue: z.core.$ZodIssue, input: unknown, fieldNames: readonly string[]): Complaint[] {
  const shown = issue.path.map((step) => (typeof step === 'string' ? shortened(step) : step))
  const field = shown.length > 0 ? shown.map(String).join('.') : 'input'
  const given = valueAt(input, issue.path)
  const complaint = (detail: string, path: readonly PropertyKey[] = shown): Complaint => ({
    pointer: pointerTo(path),
    detail,
    kind: 'invalid',
  })
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const near = issue.path.length === 0 ? didYouMean(key, fieldNames) : ''
        const path = [...shown, shortened(key)]
        return complaint(`${path.map(String).join('.')}: there is no such field.${near}`, path)
      })
    case 'invalid_value': {
      const options = issue.values.map(String)
      if (given === undefined) return [complaint(`${field} is missing; accepted: ${options.join(', ')}.`)]
      const near = typeof given === 'string' ? didYouMean(given, options) : ''
      return [complaint(`${field}: ${quote(given)} is not accepted.${near} Accepted: ${options.join(', ')}.`)]
    }
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum
      const bound = issue.code === 'too_small' ? 'at least' : 'at most'
      const strict = issue.code === 'too_small' ? 'above' : 'below'
      if (Array.isArray(given)) {
        return [complaint(`${field} has ${given.length} entries; it must have ${bound} ${limit}.`)]
      }
      const what = issue.origin === 'string' ? ' characters' : ''
      return [
        complaint(`${field}: ${quote(given)} must be ${issue.inclusive ? bound : strict} ${limit}${what}.`),
      ]
    }
    case 'invalid_type':
      if (!issue.message.startsWith(defaultMessage))
        return [complaint(ownSentence(field, given, issue.message))]
      if (given === undefined) return [complaint(`${field} is missing; it must be ${a(issue.expected)}.`)]
      return [complaint(`${field}: ${quote(given)} is not ${a(issue.expected)}.`)]
    case 'invalid_format':
      if (issue.format === 'date')
        return [complaint(`${field}: ${quote(given)} is no day; accepted: YYYY-MM-DD.`)]
      return [complaint(`${field}: ${quote(given)}: ${issue.message}`)]
    default:
      return [complaint(ownSentence(field, given, issue.message))]
  }
}

/** How zod's own message of a wrong type begins; any other is the field's. */
const defaultMessage = 'Invalid input'

const ownSentence = (field: string, given: unknown, message: string): string =>
  `${field}: ${given === undefined ? '' : `${quote(given)}: `}${message}`

const a = (type: string): string => {
  if (type === 'int') return 'a whole number'
  if (type === 'number') return 'a finite number'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (value !== null && typeof value === 'object' ? Reflect.get(value, step) : undefined),
    input,
  )
