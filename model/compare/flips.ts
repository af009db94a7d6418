import { log } from '../elementary.ts'
import { type Dial, dialsOf } from './dials.ts'
import type { Question } from './question.ts'
import { type Verdict, verdictsNear } from './verdict.ts'

/** Where turning one number changes which option is the cheapest. */
export interface Flip {
  readonly field: string
  readonly value: number
  /** The nearest value with another cheapest option; null where none was found in the range. */
  readonly flipsAt: number | null
  /** How far that is, as a share of the value; null where the value is zero or nothing flips. */
  readonly changeRatio: number | null
  /** Place of the option that is the cheapest there. */
  readonly cheapestThen: number | null
  /** The range in which no other flip lies. */
  readonly searchedFrom: number
  readonly searchedTo: number
}

/** The flip of every number, the nearest first; those that never flip come last, in their own order. */
export function flipsOf(question: Question): Flip[] {
  const verdictOf = verdictsNear(question)
  const base = verdictOf(question)
  const most = Math.max(...base.usdPerMonth)
  return dialsOf(question, most)
    .map((dial) => flipOf(dial, { base, verdictOf }))
    .toSorted((a, b) => distance(a) - distance(b))
}

const distance = ({ changeRatio, flipsAt }: Flip): number =>
  changeRatio !== null
    ? Math.abs(changeRatio)
    : flipsAt !== null
      ? Number.MAX_VALUE
      : Number.POSITIVE_INFINITY

interface Verdicts {
  readonly base: Verdict
  verdictOf(question: Question): Verdict
}

function flipOf(dial: Dial, verdicts: Verdicts): Flip {
  const { field, value } = dial
  const [below, above] = [firstFlip(dial, dial.from, verdicts), firstFlip(dial, dial.to, verdicts)]
  const nearest = [below, above]
    .filter((found) => found.flipsAt !== null)
    .toSorted((a, b) => Math.abs((a.flipsAt ?? 0) - value) - Math.abs((b.flipsAt ?? 0) - value))[0]
  const flipsAt = nearest?.flipsAt ?? null
  return {
    field,
    value,
    flipsAt,
    changeRatio: flipsAt === null || value === 0 ? null : flipsAt / value - 1,
    cheapestThen: nearest?.cheapestThen ?? null,
    searchedFrom: below.searchedTo,
    searchedTo: above.searchedTo,
  }
}

interface Found {
  readonly flipsAt: number | null
  readonly cheapestThen: number | null
  readonly searchedTo: number
}

/** Beyond so many steps the hardware is counted in hundreds of units, and a step is no longer what matters. */
const mostSegments = 200

/**
 * The first value on the way to `far` with another verdict.
 *
 * The way is cut where an option needs one unit more or less. Between two cuts no option jumps, and each pair of
 * costs crosses once at most: a number either moves one option alone, always the same way, or moves all of them in
 * straight lines. So the verdict at both ends of a cut says whether there is a flip in it.
 */
function firstFlip(dial: Dial, far: number, { base, verdictOf }: Verdicts): Found {
  const verdictAt = (value: number): Verdict => verdictOf(dial.turned(value))
  const differs = (value: number): boolean => verdictAt(value).cheapest !== base.cheapest
  const found = (flipsAt: number): Found => ({
    flipsAt,
    cheapestThen: verdictAt(flipsAt).cheapest,
    searchedTo: flipsAt,
  })
  let at = dial.value
  for (let segment = 0; at !== far && segment < mostSegments; segment++) {
    const [last, next] = segmentFrom(at, far, dial, verdictAt)
    if (differs(last)) return found(boundary(at, last, differs, dial.whole)[1])
    if (differs(next)) return found(next)
    at = next
  }
  return { flipsAt: null, cheapestThen: null, searchedTo: at }
}

/** The last value on the way to `far` with the same units as at `start`, and the first with others. */
function segmentFrom(
  start: number,
  far: number,
  dial: Dial,
  verdictAt: (value: number) => Verdict,
): readonly [number, number] {
  const here = verdictAt(start)
  const hasOthers = (value: number): boolean =>
    verdictAt(value).units.some((count, place) => count !== here.units[place])
  if (!hasOthers(far)) return [far, far]
  const guess = guessedCut(start, far, here, verdictAt(far))
  const [near, beyond] = [guess - (guess - start) * closeTo, guess + (far - guess) * closeTo]
  const holds = !dial.whole && !hasOthers(near) && hasOthers(beyond)
  return holds ? boundary(near, beyond, hasOthers, false) : boundary(start, far, hasOthers, dial.whole)
}

/** How near a guess must be to save most of the bisection. */
const closeTo = 1e-12

/**
 * Where the next unit is needed, if loads follow a power of the number: most are proportional to it or to its
 * inverse, and then this is the place. A wrong guess costs two looks.
 */
function guessedCut(start: number, far: number, here: Verdict, there: Verdict): number {
  const guesses = here.loads.flatMap((load, place) => {
    const [loadThere, units] = [there.loads[place] ?? load, here.units[place] ?? 0]
    const target = loadThere > load ? units : units - 1
    if (start === 0 || loadThere === load || target <= 0) return []
    const power = log(loadThere / load) / log(far / start)
    return [start * (target / load) ** (1 / power)]
  })
  const between = guesses.filter((guess) => (guess - start) * (guess - far) < 0)
  return between.reduce(
    (best, guess) => (Math.abs(guess - start) < Math.abs(best - start) ? guess : best),
    far,
  )
}

/** The neighbouring values between which a test that fails at `from` and holds at `to` begins to hold. */
function boundary(
  from: number,
  to: number,
  holds: (value: number) => boolean,
  whole: boolean,
): readonly [number, number] {
  let [without, withIt] = [from, to]
  for (;;) {
    const middle = whole ? Math.trunc((without + withIt) / 2) : (without + withIt) / 2
    const isBetween = (middle - without) * (middle - withIt) < 0
    if (!isBetween) return [without, withIt]
    if (holds(middle)) withIt = middle
    else without = middle
  }
}
