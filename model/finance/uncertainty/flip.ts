import { log } from '../../elementary.ts'
import { rootBetween } from '../roots.ts'

/** The costs of all options with one number turned and the others as they stand. */
export type CostsAt = (value: number) => readonly number[]

/** How much cheaper the option is than the best of the others: negative where another wins. */
export const lead = (costs: readonly number[] | Float64Array, option: number): number => {
  let rival = Number.POSITIVE_INFINITY
  costs.forEach((cost, index) => {
    if (index !== option && cost < rival) rival = cost
  })
  return rival - (costs[option] ?? 0)
}

const cheapestOf = (costs: readonly number[]): number => costs.indexOf(Math.min(...costs))

/** What is searched: from the value outwards to both ends, whole numbers only where the field takes no others. */
export interface Searched {
  readonly from: number
  readonly low: number
  readonly high: number
  readonly whole: boolean
}

/** A value at which the verdict changes. */
export interface Flip {
  readonly value: number
  /** Whether the costs jump there, so that at no value both cost the same. */
  readonly isStep: boolean
  readonly below: { readonly cheapest: number; readonly costsUsd: readonly number[] }
  readonly above: { readonly cheapest: number; readonly costsUsd: readonly number[] }
}

const gridPoints = 40
const goldenShare = (Math.sqrt(5) - 1) / 2
const goldenSteps = 40
/** Costs nearer than this, over their size, are the same. */
const sameCost = 1e-12

/** The flip nearest to where the number stands, or null where one option wins over all that is searched. */
export function flipOf(searched: Searched, costsAt: CostsAt): Flip | null {
  const { from, low, high, whole } = searched
  const winner = cheapestOf(costsAt(from))
  const leadAt = (x: number): number => lead(costsAt(x), winner)
  const found = [low, high]
    .filter((end) => end !== from)
    .map((end) => (whole ? wholeCrossing(from, end, leadAt) : crossing(from, end, leadAt)))
    .filter((bracket) => bracket !== null)
    .toSorted((a, b) => distance(a.won, from) - distance(b.won, from))[0]
  return found ? flipWithin(found, { ...searched, leadAt, costsAt }) : null
}

/** The winner still wins at `won`, and no longer at `lost`. */
interface Bracket {
  readonly won: number
  readonly lost: number
}

/**
 * The first stretch of a grid towards an end over which the lead is lost. Where the lead has a low point between grid points, the
 * low point itself is looked for, so that a dip between two of them is not missed.
 */
function crossing(from: number, end: number, leadAt: (x: number) => number): Bracket | null {
  const points = [{ x: from, lead: leadAt(from) }]
  for (let step = 1; step <= gridPoints; step++) {
    const x = between(from, end, step / gridPoints)
    const here = { x, lead: leadAt(x) }
    const [before, last] = [points.at(-2), points.at(-1)]
    if (before && last && last.lead < before.lead && last.lead <= here.lead) {
      const lowest = lowPoint(before.x, here.x, leadAt)
      if (lowest.lead < 0) return { won: before.x, lost: lowest.x }
    }
    if (here.lead < 0) return { won: last?.x ?? from, lost: x }
    points.push(here)
  }
  return null
}

/** Golden-section search for the least lead between two points. */
function lowPoint(a: number, b: number, leadAt: (x: number) => number): { x: number; lead: number } {
  let [left, right] = [a, b]
  let one = right - goldenShare * (right - left)
  let other = left + goldenShare * (right - left)
  let [leadOne, leadOther] = [leadAt(one), leadAt(other)]
  for (let step = 0; step < goldenSteps && leadOne >= 0 && leadOther >= 0; step++) {
    if (leadOne < leadOther) {
      ;[right, other, leadOther] = [other, one, leadOne]
      one = right - goldenShare * (right - left)
      leadOne = leadAt(one)
    } else {
      ;[left, one, leadOne] = [one, other, leadOther]
      other = left + goldenShare * (right - left)
      leadOther = leadAt(other)
    }
  }
  return leadOne < leadOther ? { x: one, lead: leadOne } : { x: other, lead: leadOther }
}

const mostWholeSteps = 4096

/** Every whole number in turn, as far as a search goes; beyond that, the grid's. */
function wholeCrossing(from: number, end: number, leadAt: (x: number) => number): Bracket | null {
  const towards = Math.sign(end - from)
  const last = Math.min(Math.abs(end - from), mostWholeSteps)
  for (let step = 1; step <= last; step++) {
    const x = from + towards * step
    if (leadAt(x) < 0) return { won: x - towards, lost: x }
  }
  return null
}

function flipWithin(
  { won, lost }: Bracket,
  {
    low,
    high,
    whole,
    leadAt,
    costsAt,
  }: Searched & { readonly leadAt: (x: number) => number; readonly costsAt: CostsAt },
): Flip {
  const at = (x: number) => {
    const costsUsd = [...costsAt(x)]
    return { cheapest: cheapestOf(costsUsd), costsUsd }
  }
  if (whole) {
    const [below, above] = won < lost ? [won, lost] : [lost, won]
    return { value: lost, isStep: true, below: at(below), above: at(above) }
  }
  const value = rootBetween({ of: leadAt, low: won, high: lost })
  const sizeUsd = Math.max(1, ...costsAt(value).map(Math.abs))
  const isStep = Math.abs(leadAt(value)) > 1e6 * sameCost * sizeUsd
  // Far enough from the root that rounding does not decide the verdict, no farther than the search went.
  for (let reach = 1e-12; ; reach *= 10) {
    const step = Math.max(Math.abs(value), 1e-6) * reach
    const [below, above] = [at(Math.max(low, value - step)), at(Math.min(high, value + step))]
    if (below.cheapest !== above.cheapest || reach > 1e-3) return { value, isStep, below, above }
  }
}

/** Evenly by ratio between two positive numbers, else by difference. */
const between = (from: number, to: number, share: number): number =>
  share === 1 ? to : from > 0 && to > 0 ? from * (to / from) ** share : from + (to - from) * share

const distance = (a: number, b: number): number => (a > 0 && b > 0 ? Math.abs(log(a / b)) : Math.abs(a - b))
