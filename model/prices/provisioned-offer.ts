import { z } from 'zod'
import { decimalText, OfferSource } from '../offers.ts'
import { HOURS_PER_MONTH, MONTHS_PER_YEAR } from '../units.ts'

/**
 * Reserved throughput of a token API, sold in whole units: what a unit serves of one model, how many there must be,
 * and what one costs. What no source states is null.
 */
export const ProvisionedOffer = z.strictObject({
  seller: z.string(),
  /** The seller's name of the unit: PTU, GSU, ... */
  unit: z.string(),
  servedModel: z.string(),
  model: z.string().nullable(),
  regionScope: z.enum(['global', 'geo', 'region']),
  /** Input tokens that one unit serves in a minute, with no output. */
  inputTokensPerMinutePerUnit: z.number().positive().nullable(),
  /** Input tokens that one output token counts as. */
  outputTokenWeight: z.number().positive().nullable(),
  /** Input tokens that one cached token counts as. */
  cachedTokenWeight: z.number().nonnegative().nullable(),
  minimumUnits: z.number().int().positive().nullable(),
  /** Units beyond the minimum are sold in so many at once. */
  unitStep: z.number().int().positive().nullable(),
  /** Length of the commitment; null for units by the hour. */
  termMonths: z.number().int().positive().nullable(),
  /** As printed, for one unit and `per`. */
  amount: decimalText.nullable(),
  per: z.enum(['hour', 'month', 'year']).nullable(),
  currency: z.string(),
  usdPerUnitHour: z.number().positive().nullable(),
  /** Who says what a unit serves. */
  source: OfferSource,
  /** Who says what it costs. */
  priceSource: OfferSource.nullable(),
})
export type ProvisionedOffer = z.output<typeof ProvisionedOffer>

const hoursOf = { hour: 1, month: HOURS_PER_MONTH, year: HOURS_PER_MONTH * MONTHS_PER_YEAR }

/** A commitment is paid in every hour of its term. */
export const usdPerUnitHour = (usd: number, per: keyof typeof hoursOf): number => usd / hoursOf[per]
