import { z } from 'zod'

/** The day of a figure: `YYYY-MM-DD`. */
export const isoDate = z.iso.date()

/** Where an observation stands: publisher's repository or page, path, commit, and the day it was read or dated. */
export const OfferSource = z.strictObject({
  id: z.string(),
  path: z.string(),
  commit: z.string().nullable(),
  observedAt: isoDate,
})
export type OfferSource = z.output<typeof OfferSource>

/** What is counted. Meters that are not known here are kept verbatim. */
export const knownMeters = [
  'input',
  'output',
  'reasoning',
  'cache-read',
  'cache-write',
  'cache-write-1h',
  'input-audio',
  'output-audio',
] as const

/** One price of a token offer: an amount for a number of units, perhaps only above a prompt length. */
export const MeterPrice = z.strictObject({
  meter: z.string(),
  /** The decimal text the publisher printed, in `currency` for `unitSize` units. */
  amount: z.string(),
  unitSize: z.number().positive(),
  usdPerMillionTokens: z.number().nonnegative().nullable(),
  /** Holds for requests whose prompt has more tokens than this; 0 for the base price. */
  tierFromPromptTokens: z.number().int().nonnegative(),
  /** True where a prompt of exactly `tierFromPromptTokens` already pays this price. */
  tierFromInclusive: z.boolean(),
  /** `whole-request`: the tier prices every token of the request; `marginal`: only those above the boundary. */
  tierMode: z.enum(['whole-request', 'marginal']),
})
export type MeterPrice = z.output<typeof MeterPrice>

/** A dated price of one served model at one seller. */
export const TokenOffer = z.strictObject({
  seller: z.string(),
  /** The seller's name of what it serves. */
  servedModel: z.string(),
  /** Our id of the weights behind it, or null where that is not known. */
  weights: z.string().nullable(),
  /** The rule by which `weights` was found. */
  weightsRule: z.string().nullable(),
  kind: z.enum(['list', 'promo', 'router', 'subscription', 'free']),
  serviceTier: z.enum(['standard', 'batch', 'flex', 'priority']),
  region: z.string().nullable(),
  quantisation: z.string().nullable(),
  currency: z.string().length(3),
  meters: z.array(MeterPrice),
  /** Inclusive; null where the publisher gives no start. */
  validFrom: isoDate.nullable(),
  /** Exclusive; null where it still holds. */
  validUntil: isoDate.nullable(),
  source: OfferSource,
})
export type TokenOffer = z.output<typeof TokenOffer>

/** A dated price of one instance with GPUs at one seller. */
export const GpuOffer = z.strictObject({
  seller: z.string(),
  instance: z.string(),
  /** Our GPU id, from our own map of instances; null where the map does not know it. */
  gpu: z.string().nullable(),
  gpuCount: z.number().positive(),
  region: z.string().nullable(),
  pricing: z.enum(['on-demand', 'spot', 'reserved', 'capacity-block', 'marketplace', 'serverless']),
  termMonths: z.number().int().nonnegative().nullable(),
  amountPerHour: z.string(),
  currency: z.string().length(3),
  usdPerHour: z.number().positive().nullable(),
  usdPerGpuHour: z.number().positive().nullable(),
  interconnect: z.string().nullable(),
  validFrom: isoDate.nullable(),
  validUntil: isoDate.nullable(),
  source: OfferSource,
})
export type GpuOffer = z.output<typeof GpuOffer>

/** What a calculation asks of the price book. */
export type PriceQuery =
  | {
      readonly kind: 'token'
      /** Our id of the weights, or a seller's own name of what it serves. */
      readonly model: string
      readonly seller?: string | undefined
      readonly asOf?: string | undefined
    }
  | {
      readonly kind: 'gpu'
      readonly gpu: string
      readonly seller?: string | undefined
      readonly asOf?: string | undefined
    }
