import type { ByteReader } from './byte-reader.ts'
import { refusal } from './refusal.ts'

const firstPiece = 128 * 2 ** 10
const largestPiece = 4 * 2 ** 20

/**
 * A place in a file, with the bytes around it. Holds one piece at a time, and asks for pieces that double in size:
 * a small header costs one request, a large one few.
 */
export class Cursor {
  /** Offset in the file of the next byte. */
  position = 0
  /** No byte from here on belongs to the header. */
  limit: number
  readonly #reader: ByteReader
  #piece: Uint8Array = new Uint8Array(0)
  #pieceOffset = 0
  #nextPiece = firstPiece

  constructor(reader: ByteReader, limit: number) {
    this.#reader = reader
    this.limit = Math.min(limit, reader.size ?? limit)
  }

  /** The bytes at hand from the position on. */
  get view(): Uint8Array {
    return this.#piece.subarray(
      this.position - this.#pieceOffset,
      Math.max(0, this.limit - this.#pieceOffset),
    )
  }

  /** Reads until `count` bytes are at hand, or all that there are. */
  async fill(count: number): Promise<void> {
    const wanted = Math.min(count, this.limit - this.position)
    while (this.view.length < wanted) {
      const rest = this.view
      const offset = this.position + rest.length
      const length = Math.min(Math.max(wanted - rest.length, this.#nextPiece), this.limit - offset)
      const more = await this.#reader.read(offset, length)
      if (more.length === 0) return
      const piece = new Uint8Array(rest.length + more.length)
      piece.set(rest)
      piece.set(more, rest.length)
      this.#piece = piece
      this.#pieceOffset = this.position
      this.#nextPiece = Math.min(this.#nextPiece * 2, largestPiece)
    }
  }

  /** @throws InputProblem where the header ends first. */
  async need(count: number, what: string): Promise<void> {
    await this.fill(count)
    if (this.view.length < count) {
      throw refusal(`it ends at byte ${this.position + this.view.length}, in the middle of ${what}.`)
    }
  }

  /** Takes bytes that `need` has made sure of. */
  take(count: number): Uint8Array {
    const bytes = this.view.subarray(0, count)
    this.position += count
    return bytes
  }

  /**
   * Passes over bytes without reading them.
   *
   * @throws InputProblem where so many do not follow.
   */
  skip(count: number, what: string): void {
    if (!(count <= this.limit - this.position)) {
      throw refusal(
        `${what} takes ${count} bytes from byte ${this.position} on, past the end at ${this.limit}.`,
      )
    }
    this.position += count
    if (this.position > this.#pieceOffset + this.#piece.length) {
      this.#piece = new Uint8Array(0)
      this.#pieceOffset = this.position
    }
  }
}
