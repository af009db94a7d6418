/** Requests in flight, one in each slot. A slot is used again once its request has left, so memory follows those in flight. */
export class Requests {
  arrivalAt = new Float64Array(1024)
  firstTokenAt = new Float64Array(1024)
  inputTokens = new Float64Array(1024)
  outputTokens = new Float64Array(1024)
  /** Of the prompt, answered by a prefix cache. */
  cachedTokens = new Float64Array(1024)
  /** Output tokens made before the request last joined a batch. */
  madeTokens = new Float64Array(1024)
  /** Decode steps of the replica when it last joined. */
  joinedAtStep = new Float64Array(1024)
  /** Raised whenever the request leaves a batch, so that older entries of the finish heap are void. */
  run = new Int32Array(1024)
  /** Neighbours in the list that the request stands in: waiting or running. */
  before = new Int32Array(1024)
  after = new Int32Array(1024)
  private free: number[] = []
  private used = 0

  take(): number {
    const again = this.free.pop()
    if (again !== undefined) return again
    if (this.used === this.arrivalAt.length) this.grow()
    this.used += 1
    return this.used - 1
  }

  release(slot: number): void {
    this.run[slot] = (this.run[slot] ?? 0) + 1
    this.free.push(slot)
  }

  get inFlight(): number {
    return this.used - this.free.length
  }

  /** Slots that were ever needed at once. */
  get most(): number {
    return this.used
  }

  private grow(): void {
    const size = 2 * this.arrivalAt.length
    const wider = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(size)
      grown.set(old)
      return grown
    }
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(size)
      grown.set(old)
      return grown
    }
    this.arrivalAt = wider(this.arrivalAt)
    this.firstTokenAt = wider(this.firstTokenAt)
    this.inputTokens = wider(this.inputTokens)
    this.outputTokens = wider(this.outputTokens)
    this.cachedTokens = wider(this.cachedTokens)
    this.madeTokens = wider(this.madeTokens)
    this.joinedAtStep = wider(this.joinedAtStep)
    this.run = longer(this.run)
    this.before = longer(this.before)
    this.after = longer(this.after)
  }
}

/** A list of slots, linked through the slots themselves: any of them can leave at once. */
export class SlotList {
  first = -1
  last = -1
  length = 0
  private readonly requests: Requests

  constructor(requests: Requests) {
    this.requests = requests
  }

  append(slot: number): void {
    this.link(this.last, slot)
    this.link(slot, -1)
    this.length += 1
  }

  prepend(slot: number): void {
    this.link(slot, this.first)
    this.link(-1, slot)
    this.length += 1
  }

  remove(slot: number): void {
    this.link(this.requests.before[slot] ?? -1, this.requests.after[slot] ?? -1)
    this.length -= 1
  }

  private link(one: number, next: number): void {
    if (one < 0) this.first = next
    else this.requests.after[one] = next
    if (next < 0) this.last = one
    else this.requests.before[next] = one
  }
}
