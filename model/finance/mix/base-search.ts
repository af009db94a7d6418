import { type Burst, burstHour } from './burst.ts'
import { cheaper, dayOf, type Profile, sizesOf } from './profile.ts'

/** What the hours above a fixed capacity take, and the batches that its idle hours leave over. */
interface Above {
  readonly replicaHours: number
  readonly replicaUsd: number
  readonly apiMillionTokens: number
  readonly apiUsd: number
  readonly burstHours: number
  readonly batchOnIdleMillionTokens: number
  readonly batchReplicaHours: number
  readonly batchReplicaUsd: number
  readonly batchApiMillionTokens: number
  readonly batchApiUsd: number
  readonly usd: number
}

/** A base of so many replicas with so many provisioned units, and what is above them. */
export interface Mix extends Above {
  readonly baseReplicas: number
  readonly baseUsd: number
  readonly provisionedUnits: number
  readonly provisionedUsd: number
}

export interface Found {
  readonly mix: Mix | null
  /** Capacities that were reckoned in full; all others cannot be cheaper, unless the search was cut. */
  readonly tried: number
  /** False where the budget ran out first: then `mix` is the best of what was tried. */
  readonly isComplete: boolean
}

/** The cost above a fixed capacity, or null where some hour or batch cannot be served. */
function above(capacity: number, profile: Profile): Above | null {
  const { millionTokensByHour, batchMillionTokensByDay, apiMillionTokensByHour } = profile
  const interactive: Burst = {
    millionTokensPerReplicaHour: profile.millionTokensPerReplicaHour,
    usdPerReplicaHour: interactiveReplicaUsd(profile),
    apiUsdPerMillionTokens: profile.apiUsdPerMillionTokens,
    apiMillionTokens: 0,
  }
  const hourBurst = { ...interactive }
  const idleByDay = new Float64Array(batchMillionTokensByDay.length)
  let [replicaHours, apiMillionTokens, burstHours] = [0, 0, 0]
  for (let hour = 0; hour < millionTokensByHour.length; hour++) {
    const rest = (millionTokensByHour[hour] ?? 0) - capacity
    if (rest <= 0) {
      const day = dayOf(hour)
      if (day < idleByDay.length) idleByDay[day] = (idleByDay[day] ?? 0) - rest
      continue
    }
    hourBurst.apiMillionTokens = apiMillionTokensByHour[hour] ?? 0
    const served = burstHour(rest, hourBurst)
    if (served === null) return null
    burstHours++
    replicaHours += served.replicas
    apiMillionTokens += served.apiMillionTokens
  }
  const batchBurst: Burst = {
    ...interactive,
    usdPerReplicaHour: batchReplicaUsd(profile),
    apiUsdPerMillionTokens: profile.apiBatchUsdPerMillionTokens,
    apiMillionTokens: Number.POSITIVE_INFINITY,
  }
  let [onIdle, batchReplicaHours, batchApiMillionTokens] = [0, 0, 0]
  for (let day = 0; day < batchMillionTokensByDay.length; day++) {
    const batch = batchMillionTokensByDay[day] ?? 0
    const idle = Math.min(batch, idleByDay[day] ?? 0)
    const served = burstHour(batch - idle, batchBurst)
    if (served === null) return null
    onIdle += idle
    batchReplicaHours += served.replicas
    batchApiMillionTokens += served.apiMillionTokens
  }
  const replicaUsd = replicaHours * (interactive.usdPerReplicaHour ?? 0)
  const apiUsd = apiMillionTokens * (profile.apiUsdPerMillionTokens ?? 0)
  const ofBatchReplicas = batchReplicaHours * (batchBurst.usdPerReplicaHour ?? 0)
  const batchApiUsd = batchApiMillionTokens * (profile.apiBatchUsdPerMillionTokens ?? 0)
  return {
    replicaHours,
    replicaUsd,
    apiMillionTokens,
    apiUsd,
    burstHours,
    batchOnIdleMillionTokens: onIdle,
    batchReplicaHours,
    batchReplicaUsd: ofBatchReplicas,
    batchApiMillionTokens,
    batchApiUsd,
    usd: replicaUsd + apiUsd + ofBatchReplicas + batchApiUsd,
  }
}

/** Interactive traffic takes spot only where the policy allows it. */
const interactiveReplicaUsd = (profile: Profile): number | null =>
  profile.spotForInteractive
    ? cheaper(profile.onDemandUsdPerReplicaHour, profile.spotUsdPerReplicaHour)
    : profile.onDemandUsdPerReplicaHour

const batchReplicaUsd = (profile: Profile): number | null =>
  cheaper(profile.onDemandUsdPerReplicaHour, profile.spotUsdPerReplicaHour)

const capacityOf = (replicas: number, units: number, profile: Profile): number =>
  replicas * profile.millionTokensPerReplicaHour + units * (profile.units?.millionTokensPerUnitHour ?? 0)

/** The cost of the whole profile on one base and so many units, or null where something cannot be served. */
export function mixOn(baseReplicas: number, provisionedUnits: number, profile: Profile): Mix | null {
  const over = above(capacityOf(baseReplicas, provisionedUnits, profile), profile)
  if (over === null) return null
  const hours = profile.millionTokensByHour.length
  const baseUsd = baseReplicas * profile.baseUsdPerReplicaHour * hours
  const provisionedUsd = provisionedUnits * (profile.units?.usdPerUnitHour ?? 0) * hours
  return {
    ...over,
    baseReplicas,
    baseUsd,
    provisionedUnits,
    provisionedUsd,
    usd: baseUsd + provisionedUsd + over.usd,
  }
}

/** Hours that a search may reckon: five hundred capacities of a year, about a tenth of a second. */
const mostHours = 500 * 8784

/**
 * The cheapest of every base with every number of units; of several, the one with the smallest base.
 *
 * Each pair has a floor: what is fixed, and the least that the load above its capacity can cost for a token. Pairs are reckoned in
 * the order of their floors, until the next floor is no better than the best found.
 */
export function bestMixOf(profile: Profile): Found {
  const floor = floorOf(profile)
  const pairs = sizesOf(profile.baseSizes)
    .flatMap((replicas) =>
      (profile.units ? sizesOf(profile.units.sizes) : [0]).map((units) => ({
        replicas,
        units,
        floorUsd: floor(replicas, units),
      })),
    )
    .toSorted((a, b) => a.floorUsd - b.floorUsd || a.replicas - b.replicas || a.units - b.units)
  const hours = Math.max(1, profile.millionTokensByHour.length)
  let best: Mix | null = null
  let tried = 0
  for (const { replicas, units, floorUsd } of pairs) {
    if (best !== null && floorUsd > best.usd) break
    if (tried * hours >= mostHours) return { mix: best, tried, isComplete: false }
    const mix = mixOn(replicas, units, profile)
    tried++
    if (mix !== null && (best === null || isBetter(mix, best))) best = mix
  }
  return { mix: best, tried, isComplete: true }
}

const isBetter = (mix: Mix, best: Mix): boolean =>
  mix.usd < best.usd || (mix.usd === best.usd && mix.baseReplicas < best.baseReplicas)

/** Sums of doubles in another order may miss a floor by this share. */
const rounding = 1e-9

function floorOf(profile: Profile): (replicas: number, units: number) => number {
  const { millionTokensByHour, millionTokensPerReplicaHour: capacity } = profile
  const ordered = Float64Array.from(millionTokensByHour).sort()
  const hours = ordered.length
  /** Sum of the loads from each place of the order on. */
  const tail = new Float64Array(hours + 1)
  for (let place = hours - 1; place >= 0; place--)
    tail[place] = (tail[place + 1] ?? 0) + (ordered[place] ?? 0)
  const perToken = (replicaUsd: number | null, apiUsd: number | null): number =>
    cheaper(replicaUsd === null ? null : replicaUsd / capacity, apiUsd) ?? 0
  const interactiveUsd = perToken(interactiveReplicaUsd(profile), profile.apiUsdPerMillionTokens)
  const batchUsd = perToken(batchReplicaUsd(profile), profile.apiBatchUsdPerMillionTokens)
  const batch = profile.batchMillionTokensByDay.reduce((sum, tokens) => sum + tokens, 0)
  return (replicas, units) => {
    const fixed = capacityOf(replicas, units, profile)
    const place = firstAbove(ordered, fixed)
    const over = (tail[place] ?? 0) - (hours - place) * fixed
    const idle = place * fixed - ((tail[0] ?? 0) - (tail[place] ?? 0))
    const fixedUsd =
      (replicas * profile.baseUsdPerReplicaHour + units * (profile.units?.usdPerUnitHour ?? 0)) * hours
    const leastUsd = over * interactiveUsd + Math.max(0, batch - idle) * batchUsd
    return (fixedUsd + leastUsd) * (1 - rounding)
  }
}

/** The first place whose value is above a number. */
function firstAbove(ordered: Float64Array, value: number): number {
  let [from, to] = [0, ordered.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((ordered[middle] ?? 0) > value) to = middle
    else from = middle + 1
  }
  return from
}
