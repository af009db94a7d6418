import type { Assumption } from '../calculation.ts'
import type { OfferSource } from '../offers.ts'
import { InputProblem, quote } from '../problem.ts'
import type { Source } from '../source.ts'
import { ageDays, checkedOn, isStale } from './age.ts'
import { firstDay } from './day.ts'
import type { Dispute } from './dispute.ts'
import { isOwn } from './trust.ts'

/** An observation's source as an answer cites it. */
export const priceSource = (source: OfferSource): Source => ({
  title: `${source.id}: ${source.path}${source.commit === null ? '' : `@${source.commit}`}`,
  date: checkedOn(source),
})

/** What is to be said of a price that is older than it should be. */
export const stalePrice = (source: OfferSource, asOf: string): Assumption[] =>
  isStale(source, asOf)
    ? [
        {
          field: 'price',
          value: checkedOn(source),
          unit: null,
          because: `Stale: checked ${ageDays(source, asOf)} days before ${asOf}; refresh or set your own before relying on it.`,
          source: priceSource(source),
        },
      ]
    : []

/** Each contradiction of a price, as an answer that used it says it. */
export const disputedPrice = (disputes: readonly Dispute[]): Assumption[] =>
  disputes.flatMap(({ meter, tierFrom, chosen, others }) =>
    others.map(({ usdPerMillionTokens, source }) => ({
      field: 'price',
      value: usdPerMillionTokens,
      unit: 'USD/million tokens' as const,
      because: `${isOwn(chosen.source) ? 'Public' : 'Disputed'}: ${source.id} printed ${usdPerMillionTokens} for ${meter}${
        tierFrom === 0 ? '' : ` above ${tierFrom} prompt tokens`
      } on ${checkedOn(source)}; ${
        isOwn(chosen.source)
          ? `your price list, ${chosen.source.path}, makes it ${chosen.usdPerMillionTokens}`
          : `${chosen.source.id} printed ${chosen.usdPerMillionTokens} on ${checkedOn(chosen.source)}`
      }, which counts.`,
      source: priceSource(source),
    })),
  )

/**
 * The problem of a day without prices.
 *
 * @returns "no data before ..." for a day before the first record, else that nothing holds on it.
 */
export function noPriceOn(
  day: string,
  name: string,
  observations: readonly { readonly validFrom: string; readonly validUntil: string | null }[],
): InputProblem {
  const early = noDataBefore(firstDay(observations), day, quote(name))
  const detail = early ?? `no price of ${quote(name)} holds on ${day}.`
  return new InputProblem([{ pointer: '#/asOf', detail: `asOf: ${detail}`, kind: 'unknown' }])
}

/** That the records begin later than the day that was asked, in a sentence; null where they do not. */
export const noDataBefore = (first: string | null, day: string, what: string): string | null =>
  first !== null && day < first ? `no data before ${first} for ${what}; ${day} was asked.` : null
