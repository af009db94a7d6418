import { CachePool } from './cache-pool.ts'
import type { Engine } from './engine.ts'
import { FinishHeap } from './finish-heap.ts'
import { type Requests, SlotList } from './requests.ts'

/** What a replica tells of as it works. Times are in seconds from the start of the replay. */
export interface Listener {
  /** A request got its place, for the first time or again. */
  admitted(slot: number, at: number): void
  /** The last token of a request, or the end of a prompt that asked for none. */
  finished(slot: number, at: number): void
  /** A request gave up waiting, or can never fit. */
  left(slot: number, at: number): void
  /** A stretch of equal steps: how long, how many sequences got tokens, how many output tokens were made. */
  worked(from: number, seconds: number, tokens: number): void
  /** A request was put back; its prompt and what was made of its answer will be computed again. */
  preempted(): void
}

/** Rules of a replay that each replica keeps. */
export interface ReplicaRules {
  /** A request that waited longer for its place gives up; none does where infinite. */
  readonly patienceSeconds: number
  /** First tokens that all prompts share: computed once in each replica, and kept once. */
  readonly sharedPrefixTokens: number
}

/**
 * One replica under continuous batching, as vLLM V1 schedules it: in each step every running sequence gets one token;
 * what is left of the step's token budget goes to prompts in the order of arrival, the last one cut; a prompt is admitted
 * when its blocks are free; when the pool is full the latest request is put back and later computed anew.
 *
 * Steps without prompts between two events are taken together, at the context of their middle, so that time follows
 * events rather than tokens.
 *
 * @see vLLM docs, configuration/optimization; Kwon et al., "PagedAttention", arXiv 2309.06180, section 4.5
 */
export class Replica {
  /** When the step that runs ends: what happens before it can change nothing any more. */
  time = 0
  /** Integral over time of the requests that wait or run here. */
  requestSeconds = 0
  private readonly engine: Engine
  private readonly requests: Requests
  private readonly listener: Listener
  private readonly rules: ReplicaRules
  private readonly waiting: SlotList
  /** In order of admission. */
  private readonly running: SlotList
  private readonly finishing = new FinishHeap()
  private readonly pool: CachePool
  private decodeSteps = 0
  private decoding = 0
  /** Of all decoding sequences together. */
  private contextTokens = 0
  private prefixIsKept = false
  /** The prompt that is being processed, or -1. */
  private prompt = -1
  private promptDone = 0
  private promptHasBegun = false
  private readonly prompted: number[] = []

  constructor(of: {
    readonly engine: Engine
    readonly requests: Requests
    readonly listener: Listener
    readonly rules: ReplicaRules
  }) {
    this.engine = of.engine
    this.requests = of.requests
    this.listener = of.listener
    this.rules = of.rules
    this.waiting = new SlotList(of.requests)
    this.running = new SlotList(of.requests)
    this.pool = new CachePool(of.engine.cache, of.rules.sharedPrefixTokens)
  }

  get inFlight(): number {
    return this.waiting.length + this.running.length
  }

  /** Takes a request at a time no earlier than that of any before. */
  enqueue(slot: number, at: number): void {
    if (this.inFlight === 0 && this.time < at) this.time = at
    this.waiting.append(slot)
    this.requestSeconds += this.time - at
  }

  /** Takes every step that begins before `until`; the last may end after it. */
  advance(until: number): void {
    while (this.time < until && this.inFlight > 0) this.step(until)
  }

  /** Empties the replica: calls back with each request that it held and the output tokens made of it. */
  drain(at: number, each: (slot: number, madeTokens: number) => void): void {
    this.requestSeconds -= this.inFlight * (this.time - at)
    for (const list of [this.running, this.waiting]) {
      while (list.first >= 0) {
        const slot = list.first
        const decodes = list === this.running && slot !== this.prompt
        const made = decodes ? this.tokensMade(slot) : (this.requests.madeTokens[slot] ?? 0)
        list.remove(slot)
        each(slot, made)
      }
    }
    this.finishing.clear()
    this.pool.clear()
    this.decoding = 0
    this.contextTokens = 0
    this.prefixIsKept = false
    this.prompt = -1
    this.time = at
  }

  private step(until: number): void {
    const roomIsShort = this.makeRoom()
    const promptSeconds = this.takePrompts(roomIsShort)
    if (this.running.length === 0) return
    const decodes = this.decoding > 0 ? this.decodeSeconds(0) : 0
    if (this.prompted.length === 0 && this.prompt < 0) {
      this.decodeRun(decodes, until)
      return
    }
    const answering = this.prompted.filter((slot) => (this.requests.outputTokens[slot] ?? 0) > 0).length
    this.pass(promptSeconds + decodes, this.decoding > 0 ? 1 : 0, this.decoding + answering)
    for (const slot of this.prompted) this.join(slot)
    this.prompted.length = 0
  }

  /** Of one step, so many steps from now. */
  private decodeSeconds(stepsAhead: number): number {
    return this.engine.decodeSeconds(this.decoding, this.contextTokens / this.decoding + stepsAhead)
  }

  /** Equal steps without prompts, until a sequence ends, somebody can come, or blocks may run out. */
  private decodeRun(firstSeconds: number, until: number): void {
    const steps = Math.max(
      1,
      Math.min(
        this.finishing.firstStep - this.decodeSteps,
        Math.ceil((until - this.time) / firstSeconds),
        this.pool.stepsWithRoom,
      ),
    )
    const seconds = steps === 1 ? firstSeconds : steps * this.decodeSeconds((steps - 1) / 2)
    this.pass(seconds, steps, this.decoding * steps)
  }

  private pass(seconds: number, decodeSteps: number, tokens: number): void {
    this.listener.worked(this.time, seconds, tokens)
    this.requestSeconds += this.inFlight * seconds
    this.time += seconds
    this.pool.grow(decodeSteps, this.decodeSteps)
    this.contextTokens += this.decoding * decodeSteps
    this.decodeSteps += decodeSteps
    this.dropVoid()
    while (this.finishing.firstStep <= this.decodeSteps) {
      const slot = this.finishing.firstSlot
      this.finishing.pop()
      this.leave(slot)
      this.listener.finished(slot, this.time)
      this.dropVoid()
    }
  }

  /** Entries of requests that were put back since stand for nothing. */
  private dropVoid(): void {
    const { finishing, requests } = this
    while (
      finishing.firstStep < Number.POSITIVE_INFINITY &&
      requests.run[finishing.firstSlot] !== finishing.firstRun
    ) {
      finishing.pop()
    }
  }

  /** Puts back the latest requests until the next step's blocks are free; tells whether it had to. */
  private makeRoom(): boolean {
    let short = false
    while (this.running.length > 1 && !this.pool.hasRoom(0, this.decodeSteps)) {
      this.putBack(this.running.last)
      short = true
    }
    return short
  }

  private putBack(slot: number): void {
    const { requests } = this
    if (slot === this.prompt) {
      this.prompt = -1
      this.running.remove(slot)
      this.pool.usedBytes -= this.bytesOf(slot, this.promptTokens(slot))
    } else {
      const made = this.tokensMade(slot)
      this.leave(slot)
      requests.madeTokens[slot] = made
    }
    requests.run[slot] = (requests.run[slot] ?? 0) + 1
    this.waiting.prepend(slot)
    this.listener.preempted()
  }

  /** Gives prompts what is left of a step, in order; the seconds that they add. */
  private takePrompts(roomIsShort: boolean): number {
    let left = this.engine.tokensPerStep - this.decoding
    let seconds = 0
    while (this.prompt >= 0 || (!roomIsShort && this.admit(left))) {
      const slot = this.prompt
      const total = this.promptTokens(slot)
      const to = Math.min(total, this.promptDone + left)
      seconds += this.engine.promptSeconds({
        from: this.promptDone,
        to,
        first: !this.promptHasBegun,
        besideDecodes: this.decoding > 0,
      })
      left -= to - this.promptDone
      this.promptDone = to
      this.promptHasBegun = true
      if (to < total) break
      this.prompt = -1
      this.prompted.push(slot)
      this.prefixIsKept ||= (this.requests.inputTokens[slot] ?? 0) >= this.rules.sharedPrefixTokens
    }
    return seconds
  }

  /** The prompt, and what was made of the answer before the request was put back. */
  private promptTokens(slot: number): number {
    return (this.requests.inputTokens[slot] ?? 0) + (this.requests.madeTokens[slot] ?? 0)
  }

  /** Gives the first that waits its place, if there is one; drops those that can never be served. */
  private admit(budget: number): boolean {
    const { engine, waiting } = this
    while (waiting.first >= 0) {
      const slot = waiting.first
      if (this.isLost(slot)) {
        waiting.remove(slot)
        this.listener.left(slot, this.time)
        continue
      }
      const bytes = this.bytesOf(slot, this.promptTokens(slot))
      const isFull = this.running.length >= engine.sequences || !this.pool.hasRoom(bytes, this.decodeSteps)
      if (budget <= 0 || isFull) return false
      waiting.remove(slot)
      this.running.append(slot)
      this.pool.usedBytes += bytes
      this.prompt = slot
      this.promptHasBegun = false
      this.promptDone = this.cachedTokens(slot)
      this.listener.admitted(slot, this.time)
      return true
    }
    return false
  }

  private isLost(slot: number): boolean {
    const { requests, engine } = this
    const final = (requests.inputTokens[slot] ?? 0) + (requests.outputTokens[slot] ?? 0)
    const waited = this.time - (requests.arrivalAt[slot] ?? 0)
    const begun = (requests.madeTokens[slot] ?? 0) > 0
    return (
      final > engine.contextLimitTokens ||
      !this.pool.canEverHold(this.bytesOf(slot, final)) ||
      (!begun && waited > this.rules.patienceSeconds)
    )
  }

  /** The last token of a prompt is computed whatever is cached. */
  private cachedTokens(slot: number): number {
    const { requests } = this
    const kept = this.prefixIsKept ? this.rules.sharedPrefixTokens : 0
    return Math.max(
      0,
      Math.min(Math.max(kept, requests.cachedTokens[slot] ?? 0), (requests.inputTokens[slot] ?? 0) - 1),
    )
  }

  private bytesOf(slot: number, heldTokens: number): number {
    const { inputTokens, outputTokens } = this.requests
    const request = { inputTokens: inputTokens[slot] ?? 0, outputTokens: outputTokens[slot] ?? 0 }
    return this.pool.bytesOf(request, heldTokens)
  }

  /** The prompt is done, and with it the first token, or the next one of a request that was put back. */
  private join(slot: number): void {
    const { requests } = this
    const held = this.promptTokens(slot)
    const asked = requests.outputTokens[slot] ?? 0
    const made = (requests.madeTokens[slot] ?? 0) + 1
    if (Number.isNaN(requests.firstTokenAt[slot])) requests.firstTokenAt[slot] = this.time
    if (made >= asked) {
      this.running.remove(slot)
      this.pool.usedBytes -= this.bytesOf(slot, held)
      this.listener.finished(slot, this.time)
      return
    }
    requests.madeTokens[slot] = made
    requests.joinedAtStep[slot] = this.decodeSteps
    this.finishing.push(this.decodeSteps + asked - made, slot, requests.run[slot] ?? 0)
    this.pool.countGrowing(held, this.decodeSteps, 1)
    this.decoding += 1
    this.contextTokens += held + 1
  }

  private leave(slot: number): void {
    const { madeTokens, joinedAtStep } = this.requests
    // The newest token is written by the next step.
    const heldAtJoining = this.promptTokens(slot) - 1
    const held = heldAtJoining + this.tokensMade(slot) - (madeTokens[slot] ?? 0)
    this.running.remove(slot)
    this.pool.countGrowing(heldAtJoining, joinedAtStep[slot] ?? 0, -1)
    this.decoding -= 1
    this.contextTokens -= held + 1
    this.pool.usedBytes -= this.bytesOf(slot, held)
  }

  private tokensMade(slot: number): number {
    const { madeTokens, joinedAtStep } = this.requests
    return (madeTokens[slot] ?? 0) + this.decodeSteps - (joinedAtStep[slot] ?? 0)
  }
}
