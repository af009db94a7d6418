/** All tensors of one component that lie in one format. */
export interface Stored {
  /** The component, such as `experts`. */
  readonly what: string
  readonly format: string
  readonly elements: number
  readonly bytes: number
  /** Tensors. */
  readonly count: number
}

/** Adds to the sum of the same component and format. */
export function addTo(sums: Map<string, Stored>, stored: Stored): void {
  const key = `${stored.what} in ${stored.format}`
  const known = sums.get(key)
  sums.set(
    key,
    known
      ? {
          ...known,
          elements: known.elements + stored.elements,
          bytes: known.bytes + stored.bytes,
          count: known.count + stored.count,
        }
      : stored,
  )
}
