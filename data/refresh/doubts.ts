import type { GpuOffer, TokenOffer } from '../../model/offers.ts'
import { holdsOn } from '../../model/prices/day.ts'
import {
  bidFloors,
  type Doubted,
  gpuJumps,
  jumps,
  outliers,
  spotAboveOnDemand,
} from '../../model/prices/guard.ts'
import { type Comparison, gpuComparison, tokenComparison } from '../../model/prices/renewal.ts'

/** What a source said before, what it says now, and what the others say. */
interface Sides<Offer> {
  readonly before: readonly Offer[]
  readonly now: readonly Offer[]
  readonly others: readonly Offer[]
}

/** New offers that are not believed, with the reason. */
export type Doubts<Offer> = ReadonlyMap<Offer, string>

/** Jumps since the last import, and prices far off what the other sources print. */
export function tokenDoubts({ before, now, others }: Sides<TokenOffer>, day: string): Doubts<TokenOffer> {
  const stands = (offer: TokenOffer): boolean => holdsOn(offer, day)
  const found = [...jumps(before.filter(stands), now.filter(stands)), ...outliers([...others, ...now])]
  return ofNew(found, { before, now }, tokenComparison)
}

/** Jumps since the last import, spot prices above those on demand, and bid floors. */
export function gpuDoubts({ before, now, others }: Sides<GpuOffer>, day: string): Doubts<GpuOffer> {
  const stands = (offer: GpuOffer): boolean => holdsOn(offer, day)
  const found = [
    ...gpuJumps(before.filter(stands), now.filter(stands)),
    ...spotAboveOnDemand(now),
    ...bidFloors([...others.filter(stands), ...now]),
  ]
  return ofNew(found, { before, now }, gpuComparison)
}

/** Of doubts those about what came now, and not about prices that were judged when they came. */
function ofNew<Offer>(
  found: readonly Doubted<Offer>[],
  { before, now }: Pick<Sides<Offer>, 'before' | 'now'>,
  { keyOf, saidBy }: Comparison<Offer>,
): Doubts<Offer> {
  const textOf = (offer: Offer): string => `${keyOf(offer)} ${saidBy(offer)}`
  const judged = new Set(before.map(textOf))
  const came = new Set(now)
  return new Map(
    found
      .filter(({ offer }) => came.has(offer) && !judged.has(textOf(offer)))
      .map(({ offer, reason }) => [offer, reason]),
  )
}
