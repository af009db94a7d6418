import { knownMeters } from '../../offers.ts'
import { type Complaint, didYouMean, InputProblem, quote } from '../../problem.ts'
import type { PriceListEntry, PriceListInput } from './price-list.ts'

/** Every name that the price book and the facts have, in lower case. */
export interface KnownNames {
  readonly models: ReadonlySet<string>
  readonly sellers: ReadonlySet<string>
  readonly regions: ReadonlySet<string>
  readonly gpus: ReadonlySet<string>
}

const tokenMeters = new Set(
  Object.entries(knownMeters).flatMap(([meter, unit]) => (unit === 'token' ? [meter] : [])),
)

/**
 * Whether the names of a list are names of something, its days in order, its currencies rated, and no price given twice.
 *
 * @param at how a complaint names the place of an entry's field.
 * @throws InputProblem with a complaint for each that is not.
 */
export function checkNames(
  { entries }: PriceListInput,
  known: KnownNames,
  at: (place: number, field: string) => string,
): void {
  const rated = new Set(entries.flatMap((entry) => (entry.kind === 'exchange-rate' ? [entry.currency] : [])))
  const seen = new Map<string, number>()
  const complaintsOf = (entry: PriceListEntry, place: number): Complaint[] => {
    const wrong = (field: string, sentence: string): Complaint => ({
      pointer: `#/entries/${place}/${field}`,
      detail: `${at(place, field)}: ${sentence}`,
      kind: 'invalid',
    })
    const named = (
      field: string,
      what: string,
      given: string | undefined,
      names: ReadonlySet<string>,
      or = '',
    ) =>
      given === undefined || names.has(given.trim().toLowerCase())
        ? []
        : [wrong(field, `there is no ${what} ${quote(given)}.${didYouMean(given, names)}${or}`)]
    const first = seen.get(keyOf(entry))
    seen.set(keyOf(entry), first ?? place)
    return [
      ...('model' in entry ? named('model', 'priced model', entry.model, known.models) : []),
      ...('meter' in entry ? named('meter', 'meter of tokens', entry.meter, tokenMeters) : []),
      ...('gpu' in entry ? named('gpu', 'GPU', entry.gpu, known.gpus) : []),
      ...('seller' in entry && entry.kind !== 'server-rate'
        ? named(
            'seller',
            'seller',
            entry.seller,
            known.sellers,
            'model' in entry || 'gpu' in entry ? leftOut : '',
          )
        : []),
      ...('region' in entry ? named('region', 'region', entry.region, known.regions) : []),
      ...(entry.kind !== 'exchange-rate' &&
      'currency' in entry &&
      entry.currency !== 'USD' &&
      !rated.has(entry.currency)
        ? [
            wrong(
              'currency',
              `${entry.currency} has no rate here; add an entry of kind exchange-rate with currency, usdPerUnit and validFrom, the day of the rate.`,
            ),
          ]
        : []),
      ...('validUntil' in entry &&
      entry.validUntil !== undefined &&
      entry.validFrom !== undefined &&
      entry.validUntil <= entry.validFrom
        ? [wrong('validUntil', `${entry.validUntil} is not after validFrom, ${entry.validFrom}.`)]
        : []),
      ...(first === undefined
        ? []
        : [wrong('kind', `the same price from the same day stands in entry ${first + 1} already.`)]),
    ]
  }
  const complaints: Complaint[] = []
  for (const [place, entry] of entries.entries()) {
    complaints.push(...complaintsOf(entry, place))
    if (complaints.length >= mostComplaints) break
  }
  if (complaints.length > 0) throw new InputProblem(complaints)
}

/** Each looks through all names for the nearest one, so the rest is looked at once these are mended. */
const mostComplaints = 20

const leftOut = ' A rate of a seller that the book does not have leaves it out.'

/** What two entries must not share. */
function keyOf(entry: PriceListEntry): string {
  const { kind, validFrom } = entry
  switch (kind) {
    case 'token-rate':
      return JSON.stringify([
        kind,
        validFrom,
        entry.model.toLowerCase(),
        entry.meter,
        entry.seller,
        entry.serviceTier,
        entry.region,
      ])
    case 'gpu-rate':
      return JSON.stringify([
        kind,
        validFrom,
        entry.gpu.toLowerCase(),
        entry.seller,
        entry.pricing,
        entry.termMonths,
        entry.region,
        entry.gpuCount,
      ])
    case 'provisioned-rate':
      return JSON.stringify([
        kind,
        validFrom,
        entry.model.toLowerCase(),
        entry.seller,
        entry.unit,
        entry.termMonths,
      ])
    case 'server-rate':
      return JSON.stringify([kind, validFrom, entry.gpu.toLowerCase(), entry.gpuCount, entry.seller])
    case 'discount':
      return JSON.stringify([kind, validFrom, entry.seller, entry.covers])
    case 'commitment':
      return JSON.stringify([kind, validFrom, entry.seller])
    case 'exchange-rate':
      return JSON.stringify([kind, validFrom, entry.currency])
  }
}
