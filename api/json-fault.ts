/** Where a text stops being JSON, for a person who has to mend it. */
export interface JsonFault {
  readonly line: number
  readonly column: number
  readonly expected: string
  /** What stands there instead, cut short. */
  readonly found: string
}

type Expected =
  | 'a value'
  | 'a value or ]'
  | 'a field name or }'
  | 'a field name'
  | ':'
  | ', or }'
  | ', or ]'
  | 'the end'

const space = /[ \t\n\r]*/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const escapes = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const foundLength = 20

/**
 * The first place where a text breaks the grammar of RFC 8259, or null where it keeps it. The engines' own
 * messages differ from each other and often leave out the place.
 */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'a value'
  let at = 0

  const afterValue = (): Expected => {
    const inside = open.at(-1)
    return inside === undefined ? 'the end' : inside === '{' ? ', or }' : ', or ]'
  }

  for (;;) {
    space.lastIndex = at
    at += space.exec(text)?.[0].length ?? 0
    const character = text[at]
    if (character === undefined) return expected === 'the end' ? null : fault(text, at, expected)

    const wantsValue: boolean = expected === 'a value' || expected === 'a value or ]'
    const wantsName: boolean = expected === 'a field name' || expected === 'a field name or }'
    if (character === '"' && (wantsValue || wantsName)) {
      const end = endOfString(text, at)
      if (end.kind === 'broken') return fault(text, end.at, end.expected)
      at = end.at
      expected = wantsName ? ':' : afterValue()
    } else if (wantsValue && (character === '{' || character === '[')) {
      open.push(character)
      at += 1
      expected = character === '{' ? 'a field name or }' : 'a value or ]'
    } else if (
      (character === '}' && (expected === 'a field name or }' || expected === ', or }')) ||
      (character === ']' && (expected === 'a value or ]' || expected === ', or ]'))
    ) {
      open.pop()
      at += 1
      expected = afterValue()
    } else if (character === ',' && (expected === ', or }' || expected === ', or ]')) {
      at += 1
      expected = expected === ', or }' ? 'a field name' : 'a value'
    } else if (character === ':' && expected === ':') {
      at += 1
      expected = 'a value'
    } else {
      scalar.lastIndex = at
      const length = wantsValue ? (scalar.exec(text)?.[0].length ?? 0) : 0
      if (length === 0) return fault(text, at, expected)
      at += length
      expected = afterValue()
    }
  }
}

type StringEnd =
  | { readonly kind: 'ended'; readonly at: number }
  | { readonly kind: 'broken'; readonly at: number; readonly expected: string }

function endOfString(text: string, start: number): StringEnd {
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (Number.isNaN(code)) return { kind: 'broken', at, expected: 'a closing "' }
    if (code === 0x22) return { kind: 'ended', at: at + 1 }
    if (code < 0x20) return { kind: 'broken', at, expected: 'no control character inside a string' }
    if (code === 0x5c) {
      escapes.lastIndex = at
      const escaped = escapes.exec(text)?.[0]
      if (escaped === undefined) return { kind: 'broken', at, expected: 'an escape of JSON' }
      at += escaped.length
    } else {
      at += 1
    }
  }
}

function fault(text: string, at: number, expected: string): JsonFault {
  const found = text.slice(at, at + foundLength)
  return {
    line: lineAt(text, at),
    column: at - text.lastIndexOf('\n', at - 1),
    expected,
    found: found === '' ? 'the end of the text' : JSON.stringify(found),
  }
}

function lineAt(text: string, at: number): number {
  let line = 1
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line += 1
  return line
}

/** How deep arrays and objects lie inside each other; brackets in strings do not count. */
export function nestingDepth(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return deepest
}
