import type { MeterPrice, OfferSource, TokenOffer } from '../offers.ts'
import { holdsOn } from './day.ts'
import { type Dispute, disputesOf, inOrderOfTrust } from './dispute.ts'
import { groupBy } from './group-by.ts'
import { servedName } from './served-name.ts'

/** What must be equal for two observations to speak of one price. */
export const listingKey = (
  offer: Pick<TokenOffer, 'seller' | 'servedModel' | 'serviceTier' | 'region' | 'window'>,
): string =>
  [
    offer.seller,
    servedName(offer.servedModel),
    offer.serviceTier,
    offer.region ?? '',
    offer.window ? `${offer.window.from}-${offer.window.until}` : '',
  ].join('|')

/** A meter of a listing with the source that it comes from. */
export interface ListedMeter extends MeterPrice {
  readonly source: OfferSource
}

/** One price list of a seller on a day, made from all that the sources say of it. */
export interface Listing {
  /** The observation that counts. */
  readonly offer: TokenOffer
  /** Its meters, and those that only less trusted sources have, each with its own source. */
  readonly meters: readonly ListedMeter[]
  readonly disputes: readonly Dispute[]
}

/** The listings of a day: one for each price, whatever the number of sources. */
export function listingsOn(offers: readonly TokenOffer[], day: string): Listing[] {
  const standing = offers.filter((offer) => holdsOn(offer, day))
  return [...groupBy(standing, listingKey).values()].map(listingOf)
}

function listingOf(observations: readonly TokenOffer[]): Listing {
  const ordered = inOrderOfTrust(latestOfEachSource(observations))
  const [offer] = ordered
  if (!offer) throw new Error('A listing needs an observation.')
  const meters: ListedMeter[] = []
  for (const { meters: theirs, source } of ordered) {
    const known = new Set(meters.map(({ meter }) => meter))
    meters.push(...theirs.filter(({ meter }) => !known.has(meter)).map((price) => ({ ...price, source })))
  }
  return { offer, meters, disputes: disputesOf(ordered) }
}

/**
 * A source's latest word: of two observations of one source the one that began later. Where a source says two things
 * at once, file and name decide, so that every book answers alike.
 */
function latestOfEachSource(observations: readonly TokenOffer[]): TokenOffer[] {
  const bySource = groupBy(observations, ({ source }) => source.id)
  return [...bySource.values()].flatMap((own) => {
    const latest = own.toSorted(byLatest)[0]
    return latest ? [latest] : []
  })
}

const byLatest = (a: TokenOffer, b: TokenOffer): number =>
  b.validFrom.localeCompare(a.validFrom) ||
  a.source.path.localeCompare(b.source.path) ||
  a.servedModel.localeCompare(b.servedModel)
