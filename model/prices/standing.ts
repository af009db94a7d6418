/** Where a quote stands among public prices for the same thing. */
export interface Standing {
  readonly cheaper: number
  readonly equal: number
  readonly dearer: number
}

/** How many prices are below, at and above a quote. */
export const standing = (quote: number, prices: readonly number[]): Standing => ({
  cheaper: prices.filter((price) => price < quote).length,
  equal: prices.filter((price) => price === quote).length,
  dearer: prices.filter((price) => price > quote).length,
})
