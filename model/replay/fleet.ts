import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { log } from '../elementary.ts'
import { invalid } from '../problem.ts'
import type { Engine } from './engine.ts'
import type { Arrival, ArrivalSource, Autoscaling, FleetRules } from './fleet-rules.ts'
import { Recorder } from './recorder.ts'
import { Replica } from './replica.ts'
import { Requests } from './requests.ts'

/** One replica's place in the fleet. */
interface Member {
  readonly replica: Replica
  /** A starting one takes requests only where none is ready: they wait until it is. */
  state: 'off' | 'starting' | 'ready' | 'stopping'
  onSince: number
  /** When it becomes ready, or fails. */
  changesAt: number
}

/** What came of a replay. */
export interface Replay {
  readonly recorder: Recorder
  /** Integral over time of the requests in the fleet. */
  readonly requestSeconds: number
  readonly endsAt: number
  readonly mostReplicas: number
  readonly mostInFlight: number
  readonly failures: number
}

/** Replays requests on a fleet: the same source, rules and seed give the same replay to the last digit. */
export const replay = (engine: Engine, rules: FleetRules, source: ArrivalSource): Replay =>
  new Fleet(engine, rules).run(source)

class Fleet {
  private readonly engine: Engine
  private readonly rules: FleetRules
  private readonly requests = new Requests()
  private readonly recorder: Recorder
  private readonly members: Member[] = []
  private readonly random: ReturnType<typeof xoroshiro128plus>
  private ready: Member[] = []
  private nextCheck: number
  private calmSince = Number.POSITIVE_INFINITY
  private turn = 0
  private mostReplicas = 0
  private failures = 0
  private steps = 0
  private lastArrivalAt = 0

  constructor(engine: Engine, rules: FleetRules) {
    this.engine = engine
    this.rules = rules
    this.random = xoroshiro128plus(rules.seed)
    this.recorder = new Recorder({
      requests: this.requests,
      frontSeconds: engine.frontSeconds,
      stretchSeconds: rules.stretchSeconds,
    })
    this.nextCheck = rules.autoscaling?.everySeconds ?? Number.POSITIVE_INFINITY
    for (let index = 0; index < rules.replicas; index++) this.start(0, 0)
    this.change(0)
  }

  run(source: ArrivalSource): Replay {
    let arrival = source.next()
    for (;;) {
      const control = this.nextControl()
      const at = Math.min(arrival?.at ?? Number.POSITIVE_INFINITY, control)
      if (at >= this.rules.stopAt || (arrival === null && !this.isBusyAt(at))) break
      if (arrival !== null && arrival.at <= control) {
        this.route(this.take(arrival), arrival.at)
        arrival = source.next()
      } else {
        this.advanceAll(control)
        this.change(control)
      }
    }
    for (; arrival !== null; arrival = source.next()) this.drop(this.take(arrival), arrival.at, 0)
    return this.close()
  }

  /** Whether anything is in flight once all steps before a time are taken. */
  private isBusyAt(at: number): boolean {
    if (this.requests.inFlight > 0) this.advanceAll(Math.min(at, this.rules.stopAt))
    return this.requests.inFlight > 0
  }

  private close(): Replay {
    const { recorder, rules, members } = this
    this.advanceAll(rules.stopAt)
    for (const { replica } of members) {
      if (replica.inFlight > 0) {
        replica.drain(rules.stopAt, (slot, made) => this.drop(slot, rules.stopAt, made))
      }
    }
    const endsAt = Math.max(recorder.lastLeftAt, this.lastArrivalAt)
    for (const member of members) if (member.state !== 'off') this.stop(member, endsAt)
    return {
      recorder,
      requestSeconds: members.reduce((sum, { replica }) => sum + replica.requestSeconds, 0),
      endsAt,
      mostReplicas: this.mostReplicas,
      mostInFlight: this.requests.most,
      failures: this.failures,
    }
  }

  private take(arrival: Arrival): number {
    const { requests } = this
    const slot = requests.take()
    requests.arrivalAt[slot] = arrival.at
    requests.inputTokens[slot] = arrival.inputTokens
    requests.outputTokens[slot] = arrival.outputTokens
    requests.cachedTokens[slot] = arrival.cachedInputTokens
    requests.madeTokens[slot] = 0
    requests.firstTokenAt[slot] = Number.NaN
    this.lastArrivalAt = arrival.at
    this.recorder.arrive(slot)
    return slot
  }

  private drop(slot: number, at: number, madeTokens: number): void {
    this.recorder.leave(slot, at, madeTokens)
    this.requests.release(slot)
  }

  private route(slot: number, at: number): void {
    this.choose(at).replica.enqueue(slot, at)
  }

  private choose(at: number): Member {
    const { ready, rules } = this
    const [first] = ready
    if (first === undefined) return this.soonest()
    if (ready.length === 1 || rules.routing === 'round-robin') {
      this.turn += 1
      const member = ready[this.turn % ready.length] ?? first
      member.replica.advance(at)
      return member
    }
    if (rules.routing === 'least-requests') return this.leastBusy(ready, first, at)
    const draw = () => ready[uniformInt(this.random, 0, ready.length - 1)] ?? first
    return this.leastBusy([draw()], draw(), at)
  }

  private leastBusy(members: readonly Member[], first: Member, at: number): Member {
    let best = first
    best.replica.advance(at)
    for (const member of members) {
      member.replica.advance(at)
      if (member.replica.inFlight < best.replica.inFlight) best = member
    }
    return best
  }

  private soonest(): Member {
    const starting = this.members.filter(({ state }) => state === 'starting')
    return starting.reduce((one, other) => (other.changesAt < one.changesAt ? other : one))
  }

  private advanceAll(until: number): void {
    for (const { replica } of this.members) replica.advance(until)
  }

  private nextControl(): number {
    return this.members.reduce((next, { changesAt }) => Math.min(next, changesAt), this.nextCheck)
  }

  private change(at: number): void {
    for (const member of this.members) {
      if (member.changesAt > at) continue
      if (member.state === 'starting') this.becomeReady(member, at)
      else this.fail(member, at)
    }
    for (const member of this.members) {
      if (member.state === 'stopping' && member.replica.inFlight === 0) this.stop(member, at)
    }
    if (this.rules.autoscaling && this.nextCheck <= at) {
      this.scale(this.rules.autoscaling, at)
      this.nextCheck = at + this.rules.autoscaling.everySeconds
    }
  }

  private start(at: number, seconds: number): void {
    const member = this.members.find(({ state }) => state === 'off') ?? this.newMember()
    member.onSince = at
    this.awaken(member, at + seconds)
  }

  private newMember(): Member {
    const { engine, requests, rules } = this
    const replica = new Replica({ engine, requests, rules, listener: this.listener })
    const member: Member = { replica, state: 'off', onSince: 0, changesAt: Number.POSITIVE_INFINITY }
    this.members.push(member)
    return member
  }

  private readonly listener = {
    admitted: (slot: number, at: number): void => this.recorder.admit(slot, at),
    finished: (slot: number, at: number): void => {
      this.recorder.finish(slot, at)
      this.requests.release(slot)
    },
    left: (slot: number, at: number): void => this.drop(slot, at, 0),
    worked: (from: number, seconds: number, tokens: number): void => {
      this.steps += 1
      if (this.steps > this.rules.mostSteps) throw this.tooLong()
      this.recorder.work(from, seconds, tokens)
    },
    preempted: (): void => {
      this.recorder.preemptions += 1
    },
  }

  private tooLong(): Error {
    const { arrived } = this.recorder
    return invalid(
      'requests',
      `requests: after ${arrived} requests the replay has taken ${this.rules.mostSteps} steps, the most that are accepted; replay fewer of them, or on a fleet that carries them.`,
    )
  }

  private awaken(member: Member, at: number): void {
    this.become(member, 'starting')
    member.changesAt = at
    member.replica.time = at
  }

  private becomeReady(member: Member, at: number): void {
    this.become(member, 'ready')
    const mean = this.rules.secondsBetweenFailures
    member.changesAt =
      mean === Number.POSITIVE_INFINITY ? mean : at - mean * log(1 - uniformFloat64(this.random))
  }

  private fail(member: Member, at: number): void {
    const { requests, rules } = this
    const held: number[] = []
    member.replica.drain(at, (slot, made) => {
      this.recorder.lostTokens += made
      requests.madeTokens[slot] = 0
      requests.firstTokenAt[slot] = Number.NaN
      requests.run[slot] = (requests.run[slot] ?? 0) + 1
      held.push(slot)
    })
    this.failures += 1
    this.awaken(member, at + rules.repairSeconds + rules.coldStartSeconds)
    for (const slot of held) this.route(slot, at)
  }

  private stop(member: Member, at: number): void {
    this.become(member, 'off')
    member.changesAt = Number.POSITIVE_INFINITY
    this.recorder.on(member.onSince, at)
  }

  private become(member: Member, state: Member['state']): void {
    member.state = state
    this.ready = this.members.filter((one) => one.state === 'ready')
    const on = this.members.filter((one) => one.state !== 'off').length
    if (on > this.mostReplicas) this.mostReplicas = on
  }

  /** As many replicas as the requests in flight ask for: more at once, fewer once that has been enough for a while. */
  private scale({ fewest, most, requestsPerReplica, calmSeconds }: Autoscaling, at: number): void {
    const serving = this.members.filter(({ state }) => state === 'ready' || state === 'starting')
    const asked = Math.ceil(this.requests.inFlight / requestsPerReplica)
    const wanted = Math.min(most, Math.max(fewest, asked))
    if (wanted >= serving.length) this.calmSince = at
    for (let more = serving.length; more < wanted; more++) this.start(at, this.rules.coldStartSeconds)
    if (at - this.calmSince < calmSeconds) return
    const spare = serving.filter(({ state }) => state === 'ready').slice(wanted)
    for (const member of spare) {
      this.become(member, 'stopping')
      if (member.replica.inFlight === 0) this.stop(member, at)
    }
  }
}
