import { refusal } from './refusal.ts'

const quoteMark = 0x22
const backslash = 0x5c
const colon = 0x3a
const deepest = 4

export const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const opens = (byte: number): boolean => byte === 0x7b || byte === 0x5b
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d

/** Finds where one JSON value ends, piece by piece, in constant memory. What lies inside is not checked. */
export class JsonScanner {
  ended = false
  /** Members of the value itself, where it is an object. */
  members = 0
  #depth = 0
  #inText = false
  #escaped = false
  #inScalar = false

  /**
   * How many bytes of this piece belong to the value.
   *
   * @throws InputProblem for values nested more deeply than any header is.
   */
  scan(bytes: Uint8Array): number {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (this.#inText) this.#within(byte)
      else if (this.#inScalar) {
        if (isSpace(byte) || byte === 0x2c || closes(byte)) {
          this.ended = true
          return at
        }
      } else this.#between(byte)
      if (this.ended) return at + 1
    }
    return bytes.length
  }

  #within(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quoteMark) {
      this.#inText = false
      this.ended = this.#depth === 0
    }
  }

  #between(byte: number): void {
    if (byte === quoteMark) this.#inText = true
    else if (opens(byte)) {
      this.#depth += 1
      if (this.#depth > deepest) throw refusal(`its JSON is nested more than ${deepest} deep in one entry.`)
    } else if (closes(byte)) {
      this.#depth -= 1
      this.ended = this.#depth <= 0
    } else if (byte === colon && this.#depth === 1) this.members += 1
    else if (this.#depth === 0 && !isSpace(byte)) this.#inScalar = true
  }
}
