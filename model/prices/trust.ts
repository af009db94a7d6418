import type { OfferSource } from '../offers.ts'
import { checkedOn } from './age.ts'

/** Two sources that differ by more than this dispute a price. */
export const disputedAbove = 0.005

/**
 * Whose word counts for a seller's own price, the most trusted first: one's own contract, then the publishers by
 * how they date and check what they print.
 */
export const trustOrder: readonly string[] = [
  'user',
  'genai-prices',
  'portkey',
  'models-dev',
  'ruby-llm',
  'litellm',
  'openrouter',
]

const leastAmongPeers = trustOrder.indexOf('ruby-llm')

/** Place in the order of trust; sources that are not in it come last. */
export function trustRank({ id }: OfferSource): number {
  const rank = trustOrder.indexOf(id)
  return rank === -1 ? trustOrder.length : rank
}

/** Sources that check prices themselves: among these the later check wins a dispute. One's own price is above it. */
const isPeer = (source: OfferSource): boolean => source.id !== 'user' && trustRank(source) <= leastAmongPeers

/** Sorts the source whose price counts before the others, given whether they dispute it. */
export function byTrust(a: OfferSource, b: OfferSource, disputed: boolean): number {
  if (disputed && isPeer(a) && isPeer(b)) {
    const later = checkedOn(b).localeCompare(checkedOn(a))
    if (later !== 0) return later
  }
  return (
    trustRank(a) - trustRank(b) || checkedOn(b).localeCompare(checkedOn(a)) || a.path.localeCompare(b.path)
  )
}

/** Whether two amounts differ by more than half a per cent of the larger. */
export const differ = (a: number, b: number): boolean =>
  Math.abs(a - b) > disputedAbove * Math.max(Math.abs(a), Math.abs(b))
