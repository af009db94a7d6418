import { normalQuantile } from '../uncertainty/normal.ts'

/**
 * Where the true share of passes lies, with a given confidence, when so many of so many cases passed.
 *
 *   (p + z²/2n ± z × √(p (1 - p) / n + z²/4n²)) / (1 + z²/n)
 *
 * Holds for few cases and at 0 and 1, where the usual p ± z √(p (1 - p) / n) does not.
 *
 * @see E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
 * Statistical Association 22(158), 1927, pp. 209-212
 */
export function wilsonInterval({
  passes,
  cases,
  confidence,
}: {
  readonly passes: number
  readonly cases: number
  readonly confidence: number
}): { readonly low: number; readonly high: number } {
  const z = normalQuantile((1 + confidence) / 2)
  const share = passes / cases
  const middle = share + (z * z) / (2 * cases)
  const reach = z * Math.sqrt((share * (1 - share)) / cases + (z * z) / (4 * cases * cases))
  const scale = 1 + (z * z) / cases
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) }
}

/** An interval of 95% that is wider than this settles little. */
export const widestUseful = 0.1

/** More cases than this are never needed: half of so many pass within a thousandth. */
const mostCases = 2 ** 20

/** The fewest cases that narrow the interval to `widestUseful` at such a share of passes; it narrows with every case. */
export function casesFor(share: number, confidence: number): number {
  const isNarrow = (cases: number): boolean => {
    const { low, high } = wilsonInterval({ passes: share * cases, cases, confidence })
    return high - low <= widestUseful
  }
  let [few, enough] = [0, mostCases]
  while (enough - few > 1) {
    const middle = (few + enough) >> 1
    if (isNarrow(middle)) enough = middle
    else few = middle
  }
  return enough
}
