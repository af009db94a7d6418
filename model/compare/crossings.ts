import { TOKENS_PER_MILLION } from '../units.ts'
import { largestTokensPerMonth } from '../workload/workload.ts'
import { costsNoMore, type Staircase, unitsAt, usdAt, usdPerTokenInTheLongRun } from './staircase.ts'

/** A volume at which the answer to "does owning cost no more?" changes. */
interface Crossing {
  /** The first whole token of monthly volume with the new answer. */
  readonly tokensPerMonth: number
  readonly owningCostsNoMore: boolean
  /** Units of the owned side at that volume. */
  readonly ownUnits: number
}

export interface Crossings {
  /** The answer for the first token of a month. */
  readonly owningCostsNoMoreAtOneToken: boolean
  readonly crossings: readonly Crossing[]
  /** True where it is proved that no further volume changes the answer. */
  readonly complete: boolean
  /** The volume up to which the search went. */
  readonly searchedToTokensPerMonth: number
}

/** Beyond so many steps or crossings two sides cost the same for all that a plan can know. */
const mostSegments = 200_000
const mostCrossings = 1_000

/**
 * Every volume at which owning begins or ceases to cost no more than its rival, exact to the token.
 *
 * Between two steps both sides are straight lines, so there each pair crosses once at most and the crossing is
 * solved. The search begins and ends where it is proved that nothing crosses before or after: a staircase lies
 * between its long-run line and that line raised by one step.
 */
export function crossingsOf({ own, rival }: { own: Staircase; rival: Staircase }): Crossings {
  const owns = (tokens: number): boolean => costsNoMore(usdAt(own, tokens), usdAt(rival, tokens))
  const { from, to } = undecidedRange(own, rival)
  const crossings: Crossing[] = []
  const record = (tokensPerMonth: number): void => {
    crossings.push({
      tokensPerMonth,
      owningCostsNoMore: owns(tokensPerMonth),
      ownUnits: unitsAt(own, tokensPerMonth),
    })
  }
  let start = from
  for (
    let segment = 0;
    start <= to && segment < mostSegments && crossings.length < mostCrossings;
    segment++
  ) {
    const end = Math.min(to, lastOfStep(own, start), lastOfStep(rival, start))
    if (owns(start) !== owns(end)) record(crossingWithin(start, end, { own, rival, owns }))
    if (end < to && owns(end) !== owns(end + 1)) record(end + 1)
    start = end + 1
  }
  return {
    owningCostsNoMoreAtOneToken: owns(1),
    crossings,
    complete: start > to && to < largestTokensPerMonth,
    searchedToTokensPerMonth: Math.min(start - 1, to),
  }
}

const lastOfStep = (staircase: Staircase, tokens: number): number =>
  staircase.step ? unitsAt(staircase, tokens) * staircase.step.tokens : largestTokensPerMonth

/**
 * The volumes outside which one side is cheaper for certain. With d = own − rival and m the difference of their
 * long-run prices, F the fixed sums and S the steps:
 *
 *   F_own − F_rival − S_rival + m × tokens ≤ d ≤ F_own − F_rival + S_own + m × tokens
 */
function undecidedRange(own: Staircase, rival: Staircase): { from: number; to: number } {
  const slope = usdPerTokenInTheLongRun(own) - usdPerTokenInTheLongRun(rival)
  const low = own.usdPerMonth - rival.usdPerMonth - (rival.step?.usd ?? 0)
  const high = own.usdPerMonth - rival.usdPerMonth + (own.step?.usd ?? 0)
  if (slope === 0) return { from: 1, to: low > 0 || high < 0 ? 1 : largestTokensPerMonth }
  const [first, last] = slope < 0 ? [low / -slope, high / -slope] : [-high / slope, -low / slope]
  return { from: wholeTokens(Math.floor(first) - 1), to: wholeTokens(Math.ceil(last) + 1) }
}

const wholeTokens = (tokens: number): number => Math.min(Math.max(tokens, 1), largestTokensPerMonth)

/** The first token after `start` whose answer is that of `end`, on two straight lines. */
function crossingWithin(
  start: number,
  end: number,
  { own, rival, owns }: { own: Staircase; rival: Staircase; owns: (tokens: number) => boolean },
): number {
  const slope = (own.usdPerMillionTokens - rival.usdPerMillionTokens) / TOKENS_PER_MILLION
  const solved = start - (usdAt(own, start) - usdAt(rival, start)) / slope
  // The solution is right but for the last digits of a double: a few tokens on each side hold it.
  const [below, above] = [Math.max(start, Math.floor(solved) - 2), Math.min(end, Math.ceil(solved) + 2)]
  const holds = below <= above && owns(below) === owns(start) && owns(above) === owns(end)
  return firstWith(owns(end), owns, holds ? below : start, holds ? above : end)
}

function firstWith(
  wanted: boolean,
  owns: (tokens: number) => boolean,
  without: number,
  withIt: number,
): number {
  let [low, high] = [without, withIt]
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (owns(middle) === wanted) high = middle
    else low = middle
  }
  return high
}
