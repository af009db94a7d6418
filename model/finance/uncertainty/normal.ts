import { exp, log } from '../../elementary.ts'

/** Rational approximations of the normal quantile, highest power last: near the middle, and in two parts of the tail. */
const middle = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852546,
  ],
}
const tail = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
}
const farTail = {
  above: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  below: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0
  for (let power = coefficients.length - 1; power >= 0; power--)
    value = value * x + (coefficients[power] ?? 0)
  return value
}
const ratio = ({ above, below }: typeof middle, x: number): number =>
  polynomial(above, x) / polynomial(below, x)

/**
 * The value of a standard normal that a share `probability` stays below, to about 16 digits.
 *
 * @see M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37(3),
 * 1988, pp. 477-484, routine PPND16
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(middle, 0.180625 - q * q)
  const r = Math.sqrt(-log(q < 0 ? probability : 1 - probability))
  const size = r <= 5 ? ratio(tail, r - 1.6) : ratio(farTail, r - 5)
  return q < 0 ? -size : size
}

/** Beyond this many standard deviations, a double cannot tell the share from 0 or 1. */
const endOfDoubles = 8.3

/**
 * The share of a standard normal below `x`.
 *
 *   Φ(x) = 1/2 + φ(x) × (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …)
 *
 * @see G. Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004, section 3
 */
export function normalShareBelow(x: number): number {
  if (x > endOfDoubles) return 1
  if (x < -endOfDoubles) return 0
  let term = x
  let sum = x
  for (let odd = 3; Math.abs(term) > Number.EPSILON * 1e-3; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return 0.5 + (sum * exp(-(x * x) / 2)) / Math.sqrt(2 * Math.PI)
}
