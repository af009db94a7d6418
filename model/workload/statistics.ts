/** Numbers in ascending order; the given ones stay as they are. */
export const ascending = (numbers: ArrayLike<number>): Float64Array => Float64Array.from(numbers).sort()

export const total = (numbers: ArrayLike<number>): number => {
  let result = 0
  for (let i = 0; i < numbers.length; i++) result += numbers[i] ?? 0
  return result
}

export const mean = (numbers: ArrayLike<number>): number => total(numbers) / numbers.length

/**
 * The quantile of numbers in ascending order, interpolated in a straight line.
 *
 * @see Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996, type 7.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}

/**
 * Variance over mean of counts in equal bins: 1 for arrivals that know nothing of each other (Poisson), above 1 for
 * bursts, 0 for a steady beat.
 *
 * @see Cox and Lewis, "The Statistical Analysis of Series of Events", 1966, section 4.5.
 */
export function indexOfDispersion(counts: ArrayLike<number>): number {
  const middle = mean(counts)
  let squares = 0
  for (let i = 0; i < counts.length; i++) squares += ((counts[i] ?? 0) - middle) ** 2
  return squares / counts.length / middle
}

/** Pearson's correlation, or null where one side never changes. */
export function correlation(xs: ArrayLike<number>, ys: ArrayLike<number>): number | null {
  const [middleX, middleY] = [mean(xs), mean(ys)]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [(xs[i] ?? 0) - middleX, (ys[i] ?? 0) - middleY]
    xx += x * x
    yy += y * y
    xy += x * y
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null
}
