import { LatencySketch } from './latency-sketch.ts'
import type { Requests } from './requests.ts'

/** Sums of one stretch of the replay. */
export interface Stretch {
  requests: number
  outputTokens: number
  /** Replica seconds in which a step ran. */
  busySeconds: number
  /** Replica seconds that are paid for. */
  onSeconds: number
  /** Seconds that requests of the stretch waited for their place. */
  waitSeconds: number
  unservedRequests: number
}

const emptyStretch = (): Stretch => ({
  requests: 0,
  outputTokens: 0,
  busySeconds: 0,
  onSeconds: 0,
  waitSeconds: 0,
  unservedRequests: 0,
})

/** What a replay has seen: sums, latencies in constant memory, and sums by stretch of time. */
export class Recorder {
  readonly wait = new LatencySketch()
  readonly ttft = new LatencySketch()
  readonly tpot = new LatencySketch()
  readonly endToEnd = new LatencySketch()
  readonly stretches: Stretch[] = []
  arrived = 0
  completed = 0
  inputTokens = 0
  askedTokens = 0
  servedTokens = 0
  unservedTokens = 0
  /** Made, and lost when a replica failed. */
  lostTokens = 0
  preemptions = 0
  busySeconds = 0
  onSeconds = 0
  /** Sum over requests of the time from arrival to leaving, however they left. */
  staySeconds = 0
  lastLeftAt = 0
  private readonly requests: Requests
  private readonly frontSeconds: number
  private readonly stretchSeconds: number

  constructor(of: {
    readonly requests: Requests
    readonly frontSeconds: number
    readonly stretchSeconds: number
  }) {
    this.requests = of.requests
    this.frontSeconds = of.frontSeconds
    this.stretchSeconds = of.stretchSeconds
  }

  arrive(slot: number): void {
    const { requests } = this
    this.arrived += 1
    this.inputTokens += requests.inputTokens[slot] ?? 0
    this.askedTokens += requests.outputTokens[slot] ?? 0
    this.stretchAt(requests.arrivalAt[slot] ?? 0).requests += 1
  }

  admit(slot: number, at: number): void {
    const arrivalAt = this.requests.arrivalAt[slot] ?? 0
    this.wait.add(at - arrivalAt)
    this.stretchAt(arrivalAt).waitSeconds += at - arrivalAt
  }

  finish(slot: number, at: number): void {
    const { requests } = this
    const arrivalAt = requests.arrivalAt[slot] ?? 0
    const firstAt = requests.firstTokenAt[slot] ?? at
    const tokens = requests.outputTokens[slot] ?? 0
    this.completed += 1
    this.servedTokens += tokens
    if (tokens > 0) this.ttft.add(firstAt - arrivalAt + this.frontSeconds)
    if (tokens > 1) this.tpot.add((at - firstAt) / (tokens - 1))
    this.endToEnd.add(at - arrivalAt + this.frontSeconds)
    this.stay(arrivalAt, at)
  }

  /** A request leaves with only so many of its tokens. */
  leave(slot: number, at: number, madeTokens: number): void {
    const arrivalAt = this.requests.arrivalAt[slot] ?? 0
    this.servedTokens += madeTokens
    this.unservedTokens += (this.requests.outputTokens[slot] ?? 0) - madeTokens
    this.stretchAt(arrivalAt).unservedRequests += 1
    this.stay(arrivalAt, at)
  }

  work(from: number, seconds: number, tokens: number): void {
    this.busySeconds += seconds
    this.spread(from, from + seconds, (stretch, share) => {
      stretch.busySeconds += share
      stretch.outputTokens += tokens * (seconds === 0 ? 1 : share / seconds)
    })
  }

  /** A replica was paid for. */
  on(from: number, to: number): void {
    this.onSeconds += to - from
    this.spread(from, to, (stretch, share) => {
      stretch.onSeconds += share
    })
  }

  private stay(arrivalAt: number, at: number): void {
    this.staySeconds += at - arrivalAt
    if (at > this.lastLeftAt) this.lastLeftAt = at
  }

  private stretchAt(at: number): Stretch {
    const index = Math.floor(at / this.stretchSeconds)
    while (this.stretches.length <= index) this.stretches.push(emptyStretch())
    return this.stretches[index] ?? emptyStretch()
  }

  private spread(from: number, to: number, add: (stretch: Stretch, seconds: number) => void): void {
    let at = from
    do {
      const end = Math.min(to, (Math.floor(at / this.stretchSeconds) + 1) * this.stretchSeconds)
      add(this.stretchAt(at), end - at)
      if (end <= at) return
      at = end
    } while (at < to)
  }
}
