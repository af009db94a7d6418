import type { Cursor } from './cursor.ts'
import { isSpace, JsonScanner } from './json-scanner.ts'
import { longestEntry, longestName } from './limits.ts'
import { refusal } from './refusal.ts'
import { utf8 } from './utf8.ts'

function parsed(text: string, at: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal(`the entry at byte ${at} is no JSON.`)
  }
}

const code = (character: string): number => character.charCodeAt(0)

/**
 * Walks the members of a JSON object one at a time, so that a header of 100 MB never stands in memory as a whole.
 * Call `open`, then `key` until it gives null; after each key take its value, skip it, or open it.
 */
export class JsonWalker {
  readonly #cursor: Cursor
  #isFirst = true

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  /** Enters an object. */
  async open(): Promise<void> {
    await this.#expect('{')
    this.#isFirst = true
  }

  /** The next member's key, or null where the object ends. */
  async key(): Promise<string | null> {
    const next = await this.#next()
    if (next === code('}')) {
      this.#cursor.take(1)
      this.#isFirst = false
      return null
    }
    if (!this.#isFirst) await this.#expect(',')
    this.#isFirst = false
    if ((await this.#next()) !== code('"')) throw this.#broken('a key in double quotes')
    const key = String(await this.value())
    if (key.length > longestName) throw refusal(`its JSON has a key of more than ${longestName} characters.`)
    await this.#expect(':')
    return key
  }

  /** The value that comes next, at most 64 kB of it. */
  async value(): Promise<unknown> {
    await this.#next()
    await this.#cursor.fill(longestEntry)
    const scanner = new JsonScanner()
    const length = scanner.scan(this.#cursor.view.subarray(0, longestEntry))
    if (!scanner.ended) {
      throw length === longestEntry
        ? refusal(
            `the entry at byte ${this.#cursor.position} of its JSON is longer than ${longestEntry} bytes.`,
          )
        : this.#broken('the end of an entry')
    }
    const at = this.#cursor.position
    const value = parsed(utf8(this.#cursor.take(length), `the entry at byte ${at}`), at)
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
    if (isObject && Object.keys(value).length !== scanner.members) {
      throw refusal(`the entry at byte ${at} of its JSON names a field twice.`)
    }
    return value
  }

  /** The text that comes next, or null where it is longer than `limit` bytes: then it is passed over. */
  async textUpTo(limit: number): Promise<string | null> {
    await this.#next()
    await this.#cursor.fill(limit)
    const scanner = new JsonScanner()
    scanner.scan(this.#cursor.view.subarray(0, limit))
    if (!scanner.ended) {
      await this.skip()
      return null
    }
    const text = await this.value()
    if (typeof text !== 'string') throw this.#broken('a text')
    return text
  }

  /** Passes over the value that comes next, however long it is. */
  async skip(): Promise<void> {
    await this.#next()
    const scanner = new JsonScanner()
    while (!scanner.ended) {
      await this.#cursor.need(1, 'its JSON')
      this.#cursor.take(scanner.scan(this.#cursor.view))
    }
  }

  /**
   * Checks that nothing but white space follows up to the cursor's limit.
   *
   * @throws InputProblem
   */
  async end(): Promise<void> {
    for (;;) {
      await this.#cursor.fill(1)
      if (this.#cursor.view.length === 0) return
      if (!isSpace(this.#cursor.view[0] ?? 0)) throw this.#broken('nothing after the closing brace')
      this.#skipSpace()
    }
  }

  /** The next byte that is no white space, left where it is. */
  async #next(): Promise<number> {
    for (;;) {
      await this.#cursor.need(1, 'its JSON')
      this.#skipSpace()
      const byte = this.#cursor.view[0]
      if (byte !== undefined) return byte
    }
  }

  #skipSpace(): void {
    const view = this.#cursor.view
    let spaces = 0
    while (spaces < view.length && isSpace(view[spaces] ?? 0)) spaces += 1
    this.#cursor.take(spaces)
  }

  async #expect(character: string): Promise<void> {
    if ((await this.#next()) !== code(character)) throw this.#broken(`"${character}"`)
    this.#cursor.take(1)
  }

  #broken(expected: string): Error {
    return refusal(`its JSON is broken at byte ${this.#cursor.position}, where ${expected} should stand.`)
  }
}
