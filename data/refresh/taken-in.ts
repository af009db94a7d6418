import type { GpuOffer, TokenOffer } from '../../model/offers.ts'
import { holdsOn } from '../../model/prices/day.ts'
import { lostTooMany, rowsKeptAtLeast } from '../../model/prices/guard.ts'
import { gpuComparison, type Renewal, renewal, tokenComparison } from '../../model/prices/renewal.ts'
import { doubt, withConflictSets } from '../import/assemble.ts'
import { identifier } from '../import/identity.ts'
import type { FoundTokenOffer, Imported, Publisher, Quarantined } from '../import/importer.ts'
import { pricedModels } from '../price-book.ts'
import { gpuDoubts, tokenDoubts } from './doubts.ts'
import { type Offers, parted } from './own-offers.ts'

/** A book after one source was taken in, and what that changed. */
interface TakenIn extends Offers {
  /** Offers that came. */
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly ended: number
  readonly unchanged: number
  /** Rows that were not believed. */
  readonly refused: readonly Quarantined[]
}

/** An import that is not believed as a whole. */
export class RefusedImport extends Error {}

/**
 * A book with what one source says on a day. Its other sources stay as they are; of this one, prices that the guards
 * doubt stay as they were. Somebody who has looked may believe the source as it is: then changes of any size count.
 *
 * @throws RefusedImport when so many rows are missing that the file is more likely broken than the market.
 */
export function takenIn(
  book: Offers,
  imported: Imported,
  { publisher, day, isBelieved }: { publisher: Publisher; day: string; isBelieved: boolean },
): TakenIn {
  const { own, others } = parted(book, publisher)
  const tokens = identified((imported.tokenOffers ?? []).map(seenOn(day)), own.tokenOffers)
  const gpus = (imported.gpuOffers ?? []).map((offer) => ({ ...seenOn(day)(offer), conflictSet: null }))
  const standing = [...own.tokenOffers, ...own.gpuOffers].filter((offer) => holdsOn(offer, day))
  const rows = { before: standing.length, now: tokens.length + gpus.length }
  if (!isBelieved && lostTooMany(rows)) {
    throw new RefusedImport(
      `${publisher.id} gives ${rows.now} offers, fewer than ${rowsKeptAtLeast * 100}% of the ${rows.before} of the last import: all of them wait.`,
    )
  }
  const sides = {
    tokens: { before: own.tokenOffers, now: tokens, others: others.tokenOffers },
    gpus: { before: own.gpuOffers, now: gpus, others: others.gpuOffers },
  }
  const doubted = {
    tokens: new Map(
      isBelieved
        ? []
        : [...tokenDoubts(sides.tokens, day)].flatMap(([offer, reason]) =>
            doubt(offer, offer.servedModel, reason),
          ),
    ),
    gpus: new Map(
      isBelieved
        ? []
        : [...gpuDoubts(sides.gpus, day)].flatMap(([offer, reason]) =>
            doubt(offer, `${offer.instance} in ${offer.region}`, reason),
          ),
    ),
  }
  const renewed = {
    tokens: renewal(own.tokenOffers, tokens, {
      day,
      doubted: new Set(doubted.tokens.keys()),
      ...tokenComparison,
    }),
    gpus: renewal(own.gpuOffers, gpus, { day, doubted: new Set(doubted.gpus.keys()), ...gpuComparison }),
  }
  return {
    tokenOffers: withConflictSets([...others.tokenOffers, ...renewed.tokens.offers].map(undisputed)),
    gpuOffers: [...others.gpuOffers, ...renewed.gpus.offers],
    rows: rows.now,
    ...counted(renewed.tokens, renewed.gpus),
    refused: [...(imported.quarantined ?? []), ...doubted.tokens.values(), ...doubted.gpus.values()],
  }
}

const undisputed = (offer: TokenOffer): TokenOffer => ({ ...offer, conflictSet: null })

const counted = (tokens: Renewal<TokenOffer>, gpus: Renewal<GpuOffer>) => ({
  added: tokens.added + gpus.added,
  changed: tokens.changed + gpus.changed,
  ended: tokens.ended + gpus.ended,
  unchanged: tokens.unchanged + gpus.unchanged,
})

/** What the importer dates by its snapshot was seen on the day, at no commit that is known. */
const seenOn =
  (day: string) =>
  <Offer extends Pick<TokenOffer, 'source' | 'validFrom' | 'validFromBasis'>>(offer: Offer): Offer => ({
    ...offer,
    source: { ...offer.source, commit: null, observedAt: day },
    validFrom: offer.validFromBasis === 'observed' ? day : offer.validFrom,
  })

const { identify } = identifier(pricedModels)

/** Offers with their models: a listing that is known keeps the model that it was joined to. */
function identified(found: readonly FoundTokenOffer[], known: readonly TokenOffer[]): TokenOffer[] {
  const joined = new Map(
    known.flatMap((offer) => (offer.model === null ? [] : [[tokenComparison.keyOf(offer), offer] as const])),
  )
  return found.map((offer) => {
    const { modelLink: _, releasedOn: __, ...plain } = offer
    const own = { ...plain, ...identify(offer), conflictSet: null }
    const before = joined.get(tokenComparison.keyOf(own))
    if (!before) return own
    const { model, modelRule, openWeights } = before
    return { ...own, model, modelRule, openWeights }
  })
}
