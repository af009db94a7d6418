/** Requests in the order in which they came, as a log has them. */
export interface Trace {
  /** The first arrival as an ISO instant, or null where the log counts from a start it does not name. */
  readonly startedAt: string | null
  /** Arrivals in seconds after the first, ascending. */
  readonly seconds: ArrayLike<number>
  /** Cached tokens included. */
  readonly inputTokens: ArrayLike<number>
  readonly outputTokens: ArrayLike<number>
  /** Null where the log does not say. */
  readonly cachedInputTokens: ArrayLike<number> | null
}
