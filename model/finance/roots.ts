import { exp } from '../elementary.ts'

/** A root to about the last two digits of a double. */
const relativeTolerance = 4 * Number.EPSILON
const mostSteps = 200

/**
 * The root of a continuous function between two points where its signs differ, by Chandrupatla's method: inverse
 * quadratic interpolation where it is safe, bisection elsewhere. It never leaves the bracket.
 *
 * @see T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
 * without using derivatives", Advances in Engineering Software 28(3), 1997, pp. 145-149
 */
export function rootBetween({
  of,
  low,
  high,
}: {
  readonly of: (x: number) => number
  readonly low: number
  readonly high: number
}): number {
  let [a, b] = [low, high]
  let [fa, fb] = [of(a), of(b)]
  let [c, fc] = [a, fa]
  let step = 0.5
  for (let taken = 0; taken < mostSteps; taken++) {
    const x = a + step * (b - a)
    const fx = of(x)
    if (Math.sign(fx) === Math.sign(fa)) {
      ;[c, fc] = [a, fa]
    } else {
      ;[c, fc] = [b, fb]
      ;[b, fb] = [a, fa]
    }
    ;[a, fa] = [x, fx]
    const [best, fBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb]
    const least = (relativeTolerance * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a)
    if (least > 0.5 || fBest === 0) return best
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    const quadratic = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi
    step = quadratic
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
      : 0.5
    step = Math.min(1 - least, Math.max(least, step))
  }
  return a
}

/** Below this share of the terms' sizes, a sum of exponentials counts as zero: rounding has eaten the rest. */
const lostToRounding = 1e-13

/** `coefficient × e^(-exponent × s)` */
export interface Exponential {
  readonly exponent: number
  readonly coefficient: number
}

/**
 * Every real zero of a sum of exponentials between two points, touching zeros included, each once.
 *
 *   f(s) = Σ coefficientₖ × e^(-exponentₖ × s)
 *
 * Complete, not a scan: f has at most as many zeros as its coefficients, in order of their exponents, have changes of
 * sign. With p between the two exponents of one change, the derivative of e^(p × s) × f(s) has one change fewer, and
 * between two neighbouring zeros of that derivative f has at most one zero.
 *
 * @see G. Pólya, G. Szegő, "Problems and Theorems in Analysis II", part V, chapter 1 (Laguerre's proof of
 * Descartes' rule for exponential sums)
 */
export function zerosOf(terms: readonly Exponential[], low: number, high: number): number[] {
  const ordered = terms
    .filter(({ coefficient }) => coefficient !== 0)
    .toSorted((a, b) => a.exponent - b.exponent)
  const change = ordered.findIndex(
    ({ coefficient }, index) => coefficient * Math.sign(ordered[index + 1]?.coefficient ?? coefficient) < 0,
  )
  const [before, after] = [ordered[change], ordered[change + 1]]
  if (!before || !after) return []
  const pivot = (before.exponent + after.exponent) / 2
  const slope = ordered.map(({ exponent, coefficient }) => ({
    exponent,
    coefficient: coefficient * (pivot - exponent),
  }))
  const turns = zerosOf(slope, low, high)
  const edges = [low, ...turns, high]
  const f = scaled(ordered)
  const values = edges.map((s) => f(s))
  const touching = turns.filter((s) => f(s) === 0)
  const between = edges.flatMap((edge, index) => {
    const next = edges[index + 1]
    const [here, there] = [values[index] ?? 0, values[index + 1] ?? 0]
    return next !== undefined && here * there < 0 ? [rootBetween({ of: f, low: edge, high: next })] : []
  })
  return [...touching, ...between].toSorted((a, b) => a - b)
}

/** The sum over its largest exponential: same zeros, no overflow. Zero where rounding leaves no digit. */
const scaled = (terms: readonly Exponential[]) => (s: number) => {
  const largest = Math.max(...terms.map(({ exponent }) => -exponent * s))
  let total = 0
  let size = 0
  for (const { exponent, coefficient } of terms) {
    const term = coefficient * exp(-exponent * s - largest)
    total += term
    size += Math.abs(term)
  }
  return Math.abs(total) <= lostToRounding * size ? 0 : total
}
