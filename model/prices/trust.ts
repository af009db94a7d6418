import type { OfferSource, TokenOffer } from '../offers.ts'
import { checkedOn } from './age.ts'

/** Two sources that differ by more than this dispute a price. */
const disputedAbove = 0.005

/**
 * Whose word counts for a seller's own price, the most trusted first: one's own contract, then the publishers by
 * how they date and check what they print.
 */
const trustOrder: readonly string[] = [
  'user',
  'user-discount',
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

/** A rate of one's own price list. */
export const isOwnRate = ({ id }: OfferSource): boolean => id === 'user'

/** What comes from one's own price list: a rate, or a public price less a discount. */
export const isOwn = (source: OfferSource): boolean => isOwnRate(source) || source.id === 'user-discount'

/** Sources that check prices themselves: among these the later check wins a dispute. One's own price is above it. */
const isPeer = (source: OfferSource): boolean => !isOwn(source) && trustRank(source) <= leastAmongPeers

type Observation = Pick<TokenOffer, 'source' | 'validFrom' | 'validFromBasis'>

/**
 * The day an observation speaks for at the latest: that of its check, or the start that its publisher states. An
 * announced price is later news than any list that was checked before its day.
 */
const latestWord = ({ source, validFrom, validFromBasis }: Observation): string => {
  const day = checkedOn(source)
  return validFromBasis === 'stated' && validFrom > day ? validFrom : day
}

/** Sorts the observation whose price counts before the others, given whether they dispute it. */
export function byTrust(a: Observation, b: Observation, disputed: boolean): number {
  const later = latestWord(b).localeCompare(latestWord(a))
  if (disputed && later !== 0 && isPeer(a.source) && isPeer(b.source)) return later
  return trustRank(a.source) - trustRank(b.source) || later || a.source.path.localeCompare(b.source.path)
}

/** Whether two amounts differ by more than half a per cent of the larger. */
export const differ = (a: number, b: number): boolean =>
  Math.abs(a - b) > disputedAbove * Math.max(Math.abs(a), Math.abs(b))
