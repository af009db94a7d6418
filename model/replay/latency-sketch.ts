import { log } from '../elementary.ts'

const relativeError = 0.005
const ratio = (1 + relativeError) / (1 - relativeError)
const logRatio = log(ratio)
/** Shorter than any step. */
const leastSeconds = 1e-6
/** A month, at most. */
const mostSeconds = 1e7
const buckets = 2 + Math.ceil(log(mostSeconds / leastSeconds) / logRatio)

/**
 * Quantiles of any number of latencies in constant memory, each within 0.5% of its value; the mean and the largest
 * are exact. Buckets grow by a constant ratio.
 *
 * @see C. Masson, J. E. Rim, H. K. Lee, "DDSketch", PVLDB 12(12), 2019, section 2
 */
export class LatencySketch {
  private readonly counts = new Float64Array(buckets)
  count = 0
  sum = 0
  most = 0

  add(seconds: number): void {
    const bucket = seconds <= leastSeconds ? 0 : 1 + Math.floor(log(seconds / leastSeconds) / logRatio)
    const at = Math.min(bucket, buckets - 1)
    this.counts[at] = (this.counts[at] ?? 0) + 1
    this.count += 1
    this.sum += seconds
    if (seconds > this.most) this.most = seconds
  }

  get mean(): number | null {
    return this.count === 0 ? null : this.sum / this.count
  }

  /** The value that a share of all lie at or below; null where there are none. */
  quantile(share: number): number | null {
    if (this.count === 0) return null
    const rank = Math.max(1, Math.ceil(share * this.count))
    let seen = 0
    for (let bucket = 0; bucket < buckets; bucket++) {
      seen += this.counts[bucket] ?? 0
      if (seen >= rank) return Math.min(this.most, middleOf(bucket))
    }
    return this.most
  }
}

/** The value from which both ends of a bucket differ by the same share. */
const middleOf = (bucket: number): number =>
  bucket === 0 ? 0 : leastSeconds * ratio ** (bucket - 1) * (1 + relativeError)
