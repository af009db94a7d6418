import type { Answer } from '../../model/calculation.ts'
import { messageOf, SheetError } from './sheet-error.ts'
import type { Call } from './sheet-function.ts'

/** One call's answer, or why there is none. */
export type Outcome = Answer | SheetError

export interface BatcherParts {
  /** Sends one request; the outcomes are in the order of the calls. */
  send(calls: readonly Call[], signal: AbortSignal): Promise<readonly Outcome[]>
  /** Waits so long after the first call for others to join it. */
  readonly gatherMilliseconds?: number
  readonly callsPerRequest?: number
  /** What is not answered by then is #N/A: no cell stays at #BUSY!. */
  readonly patienceMilliseconds?: number
}

/** A call that was asked, by everyone who waits for it. */
interface Entry {
  readonly key: string
  readonly call: Call
  readonly promise: Promise<Answer>
  readonly settle: (outcome: Outcome) => void
  waiting: number
}

/**
 * Gathers the calls of a recalculation into few requests and keeps the answers: each distinct call is asked once,
 * a cell that was deleted leaves the queue, a failure is forgotten so that the next recalculation asks again.
 */
export class Batcher {
  readonly #parts: Required<BatcherParts>
  readonly #entries = new Map<string, Entry>()
  #queue: Entry[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: BatcherParts) {
    this.#parts = {
      gatherMilliseconds: 25,
      callsPerRequest: 250,
      patienceMilliseconds: 15_000,
      ...parts,
      send: (calls, signal) => parts.send(calls, signal),
    }
  }

  /** Forgets every answer: the next recalculation asks anew. */
  refresh(): void {
    this.#entries.clear()
  }

  ask(call: Call): { readonly answer: Promise<Answer>; readonly cancel: () => void } {
    const entry = this.#entryOf(call)
    entry.waiting += 1
    return { answer: entry.promise, cancel: () => this.#leave(entry) }
  }

  #entryOf(call: Call): Entry {
    const key = JSON.stringify([call.id, Object.entries(call.input).toSorted(byName)])
    const known = this.#entries.get(key)
    if (known) return known
    const { promise, resolve, reject } = deferred<Answer>()
    const settle = (outcome: Outcome) => (outcome instanceof SheetError ? reject(outcome) : resolve(outcome))
    const entry: Entry = { key, call, promise, settle, waiting: 0 }
    this.#entries.set(key, entry)
    this.#queue.push(entry)
    this.#timer ??= setTimeout(() => this.#flush(), this.#parts.gatherMilliseconds)
    return entry
  }

  #leave(entry: Entry): void {
    entry.waiting -= 1
    const place = this.#queue.indexOf(entry)
    if (entry.waiting > 0 || place < 0) return
    this.#queue.splice(place, 1)
    this.#forget(entry)
    entry.settle(new SheetError('#N/A', 'The question was withdrawn before it was sent.'))
  }

  #flush(): void {
    this.#timer = undefined
    const queue = this.#queue
    this.#queue = []
    for (let start = 0; start < queue.length; start += this.#parts.callsPerRequest) {
      void this.#send(queue.slice(start, start + this.#parts.callsPerRequest))
    }
  }

  async #send(entries: readonly Entry[]): Promise<void> {
    const patience = this.#parts.patienceMilliseconds - this.#parts.gatherMilliseconds
    const aborter = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        aborter.abort()
        reject(
          new SheetError(
            '#N/A',
            `The service did not answer within ${this.#parts.patienceMilliseconds / 1000} seconds.`,
          ),
        )
      }, patience)
    })
    try {
      const calls = entries.map(({ call }) => call)
      const outcomes = await Promise.race([this.#parts.send(calls, aborter.signal), late])
      for (const [index, entry] of entries.entries()) {
        this.#close(
          entry,
          outcomes[index] ?? new SheetError('#N/A', 'The service left this question out of its answer.'),
        )
      }
    } catch (thrown) {
      const error =
        thrown instanceof SheetError
          ? thrown
          : new SheetError('#N/A', `The service failed: ${messageOf(thrown)}`)
      for (const entry of entries) this.#close(entry, error)
    } finally {
      clearTimeout(timer)
    }
  }

  #close(entry: Entry, outcome: Outcome): void {
    if (outcome instanceof SheetError) this.#forget(entry)
    entry.settle(outcome)
  }

  /** Only if a refresh has not put another in its place. */
  #forget(entry: Entry): void {
    if (this.#entries.get(entry.key) === entry) this.#entries.delete(entry.key)
  }
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)

/** `Promise.withResolvers`, which the engines of ES2020 lack. */
function deferred<Value>() {
  let resolve: (value: Value) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  promise.catch(() => {})
  return { promise, resolve, reject }
}
