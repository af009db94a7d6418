/**
 * Exponential and logarithm by additions, multiplications and divisions alone, which IEEE 754 fixes to the last
 * bit. `Math.exp` and its kin are left to each engine (ECMA-262, section 21.3.2, "implementation-approximated"): Node
 * and workerd differ in their last digit, and every edge must give the same digits.
 *
 * Each is within two units in the last place of the exact value.
 */

/** ln 2 in two parts: the first has 32 bits, so that its product with a whole exponent is exact. */
const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
const smallestNormal = 2 ** -1022

/**
 *   e^x = 2^k · e^r,  k = round(x / ln 2),  |r| ≤ ln 2 / 2
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY
  if (x < -745.1332191019412) return 0
  const k = Math.round(x / (ln2High + ln2Low))
  const r = x - k * ln2High - k * ln2Low
  return timesPowerOfTwo(1 + smallExpm1(r), k)
}

/** e^x - 1, without losing the digits that 1 would hide. */
export const expm1 = (x: number): number => (Math.abs(x) < 0.35 ? smallExpm1(x) : exp(x) - 1)

/** The Taylor series of e^x - 1; for |x| < 0.35 the sixteenth term is below 2^-70 of the first. */
function smallExpm1(x: number): number {
  let sum = 0
  for (let n = 16; n >= 2; n -= 1) sum = ((1 + sum) * x) / n
  return x + x * sum
}

/** In two steps, since 2^k alone may lie beyond the range of numbers where the product does not. */
const timesPowerOfTwo = (value: number, k: number): number => {
  const half = Math.trunc(k / 2)
  return value * 2 ** half * 2 ** (k - half)
}

/**
 *   ln x = k · ln 2 + ln(1 + f),  x = 2^k · (1 + f),  √½ ≤ 1 + f < √2
 */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (x === Number.POSITIVE_INFINITY) return x
  if (x < smallestNormal) return log(x * 2 ** 54) - 54 * (ln2High + ln2Low)
  const { mantissa, exponent } = parts(x)
  const isUpper = mantissa >= Math.SQRT2
  const k = isUpper ? exponent + 1 : exponent
  const f = (isUpper ? mantissa / 2 : mantissa) - 1
  return k * ln2High + (ofOnePlus(f) + k * ln2Low)
}

/** ln(1 + x), without losing the digits of a small x. */
export function log1p(x: number): number {
  if (x > -0.29 && x < 0.41) return ofOnePlus(x)
  const sum = 1 + x
  return Number.isFinite(sum) && sum > 0 ? log(sum) + (x - (sum - 1)) / sum : log(sum)
}

/**
 *   ln(1 + f) = 2 artanh(s) = 2 (s + s³/3 + s⁵/5 + ...),  s = f / (2 + f)
 *
 * written as f - (f²/2 - s (f²/2 + s² (2/3 + 2 s²/5 + ...))), so that the leading term is exact.
 */
function ofOnePlus(f: number): number {
  const s = f / (2 + f)
  const z = s * s
  let tail = 0
  for (let n = 25; n >= 3; n -= 2) tail = (tail + 2 / n) * z
  const half = (f * f) / 2
  return f - (half - s * (half + tail))
}

const bits = new DataView(new ArrayBuffer(8))

/** x = mantissa · 2^exponent with 1 ≤ mantissa < 2, for a normal number. */
function parts(x: number): { mantissa: number; exponent: number } {
  bits.setFloat64(0, x)
  const high = bits.getUint32(0)
  bits.setUint32(0, (high & 0x000f_ffff) | 0x3ff0_0000)
  return { mantissa: bits.getFloat64(0), exponent: (high >>> 20) - 1023 }
}
