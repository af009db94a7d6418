import type { GpuOffer, TokenOffer } from '../../model/offers.ts'
import { contradicted } from '../../model/prices/dispute.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { bidFloors, outliers, spotAboveOnDemand } from '../../model/prices/guard.ts'
import { listingKey } from '../../model/prices/listing.ts'
import { servedName } from '../../model/prices/served-name.ts'
import { isReleased } from '../released.ts'
import { continued } from './history.ts'
import { type AmbiguousName, identifier } from './identity.ts'
import type { FoundTokenOffer, Importer, Publisher, Quarantined } from './importer.ts'
import { type CatalogueModel, catalogueFiles, modelCatalogue } from './model-catalogue.ts'
import type { Upstream } from './read.ts'

/** A publisher with what was taken from it. */
interface TakenPublisher extends Publisher {
  readonly paths: readonly string[]
  readonly tokenOffers: number
  readonly gpuOffers: number
  readonly quarantined: number
}

/** The whole price book, in memory. */
export interface Book {
  readonly publishers: readonly TakenPublisher[]
  readonly models: readonly CatalogueModel[]
  readonly ambiguous: readonly AmbiguousName[]
  readonly tokenOffers: readonly TokenOffer[]
  readonly gpuOffers: readonly GpuOffer[]
  readonly quarantined: readonly Quarantined[]
}

/**
 * Runs the importers and joins what they found into one book: identity, first days, disputes and order.
 *
 * @throws ImportProblem when a file cannot be believed.
 */
export function assemble(
  { importers, histories }: { importers: readonly Importer[]; histories: readonly Importer[] },
  upstream: Upstream,
): Book {
  const run = (importer: Importer) => ({ importer, imported: importer.run(upstream) })
  const current = importers.map(run)
  const past = histories.map(run)
  const runs = [...current, ...past]
  const tokensIn = (those: typeof runs) => those.flatMap(({ imported }) => imported.tokenOffers ?? [])
  const found = continued(withFirstDays(tokensIn(current)), tokensIn(past))
  const models = modelCatalogue(upstream, found)
  const { identify, ambiguous } = identifier(models)
  const identified = found.map(({ modelLink, releasedOn, ...offer }) => ({
    ...offer,
    ...identify({ modelLink, releasedOn, ...offer }),
    conflictSet: null,
  }))
  const gpusFound = runs
    .flatMap(({ imported }) => imported.gpuOffers ?? [])
    .map((offer) => ({ ...offer, conflictSet: null }))
  const doubtedTokens = new Map(
    outliers(identified).flatMap(({ offer, reason }) => doubt(offer, offer.servedModel, reason)),
  )
  const doubtedGpus = new Map(
    [...spotAboveOnDemand(gpusFound), ...bidFloors(gpusFound)].flatMap(({ offer, reason }) =>
      doubt(offer, `${offer.instance} in ${offer.region}`, reason),
    ),
  )
  const tokenOffers = withConflictSets(identified.filter((offer) => !doubtedTokens.has(offer)))
  const gpuOffers = gpusFound.filter((offer) => !doubtedGpus.has(offer))
  const quarantined = [
    ...runs.flatMap(({ imported }) => imported.quarantined ?? []),
    ...doubtedTokens.values(),
    ...doubtedGpus.values(),
  ]
  return {
    publishers: runs.map(({ importer }) => taken(importer, { tokenOffers, gpuOffers, quarantined })),
    models,
    ambiguous,
    ...inBookOrder({ tokenOffers, gpuOffers }),
    quarantined,
  }
}

/** An offer that a guard doubts with its row in quarantine, or nothing where somebody has released it. */
export function doubt<Offer extends TokenOffer | GpuOffer>(
  offer: Offer,
  what: string,
  reason: string,
): (readonly [Offer, Quarantined])[] {
  const { seller, source } = offer
  const row = { source: source.id, path: source.path, record: `${seller}: ${what}`, reason }
  return isReleased(row) ? [] : [[offer, { ...row, doubted: true }]]
}

function taken(
  { publisher, paths }: Importer,
  book: Pick<Book, 'tokenOffers' | 'gpuOffers' | 'quarantined'>,
) {
  const isOwnPath = (path: string): boolean => paths.some((own) => path === own || path.startsWith(`${own}/`))
  const isOwn = ({ source }: TokenOffer | GpuOffer): boolean => isOwnPath(source.path)
  return {
    ...publisher,
    paths: paths.includes(catalogueFiles.offers) ? [...paths, catalogueFiles.models] : paths,
    tokenOffers: book.tokenOffers.filter(isOwn).length,
    gpuOffers: book.gpuOffers.filter(isOwn).length,
    quarantined: book.quarantined.filter(({ path }) => isOwnPath(path)).length,
  }
}

/** A price that its publisher ends but does not begin holds from the release of the model, where one is known. */
function withFirstDays(offers: readonly FoundTokenOffer[]): FoundTokenOffer[] {
  const nameOf = ({ seller, servedModel }: FoundTokenOffer): string => `${seller}|${servedName(servedModel)}`
  const releases = new Map(
    offers.flatMap((offer) =>
      offer.releasedOn === null ? [] : [[nameOf(offer), offer.releasedOn] as const],
    ),
  )
  return offers.map((offer) => {
    const released = releases.get(nameOf(offer))
    const isOpenStart = offer.validUntil !== null && offer.validFromBasis === 'observed'
    return isOpenStart && released !== undefined && released < offer.validFrom
      ? { ...offer, validFrom: released, validFromBasis: 'released' }
      : offer
  })
}

/** Each offer with the key of its dispute, where another source contradicts it at the same time. */
export function withConflictSets(offers: readonly TokenOffer[]): TokenOffer[] {
  const overlap = (a: TokenOffer, b: TokenOffer): boolean =>
    (a.validUntil === null || b.validFrom < a.validUntil) &&
    (b.validUntil === null || a.validFrom < b.validUntil)
  return [...groupBy(offers, listingKey)].flatMap(([key, own]) => {
    const disputed = new Set(
      own.flatMap((a) =>
        own
          .filter((b) => a.source.id !== b.source.id && overlap(a, b) && contradicted(a, b).length > 0)
          .flatMap((b) => [a, b]),
      ),
    )
    return own.map((offer) => (disputed.has(offer) ? { ...offer, conflictSet: key } : offer))
  })
}

/** Offers in the order of the book, which is the same on every machine. */
export const inBookOrder = ({ tokenOffers, gpuOffers }: Pick<Book, 'tokenOffers' | 'gpuOffers'>) => ({
  tokenOffers: tokenOffers.toSorted(byText(tokenOrder)),
  gpuOffers: gpuOffers.toSorted(byText(gpuOrder)),
})

const tokenOrder = ({ seller, servedModel, serviceTier, region, source, validFrom, window }: TokenOffer) =>
  [seller, servedModel, serviceTier, region ?? '', source.id, validFrom, window?.from ?? ''].join('\t')
const gpuOrder = ({ seller, instance, region, pricing, termMonths, source, validFrom }: GpuOffer) =>
  [seller, instance, region ?? '', pricing, termMonths ?? 0, source.id, validFrom].join('\t')

/** By code units, so that the order is the same on every machine. */
function byText<Item>(textOf: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => {
    const [left, right] = [textOf(a), textOf(b)]
    return left < right ? -1 : left > right ? 1 : 0
  }
}
