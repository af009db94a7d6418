import { z } from 'zod'

/** The day of a figure: `YYYY-MM-DD`. */
export const isoDate = z.iso.date()

/** Money as the publisher printed it: `2.5`, `1.5e-07`, never a rounded number. */
export const decimalText = z.string().regex(/^\d+(\.\d+)?([eE][+-]?\d+)?$/, 'must be a decimal number')

/** Where an observation stands: publisher, path, commit, and the days it was taken and checked. */
export const OfferSource = z.strictObject({
  /** `models-dev`, `genai-prices`, ...; `user` for a price list of one's own. */
  id: z.string(),
  path: z.string(),
  commit: z.string().nullable(),
  /** The day of the snapshot. */
  observedAt: isoDate,
  /** The day on which the publisher says it last checked the price itself; null where it does not say. */
  checkedAt: isoDate.nullable(),
})
export type OfferSource = z.output<typeof OfferSource>

/** How the first day of an observation is known: the publisher says so, the model's release, or the first sight. */
export const validFromBases = ['stated', 'released', 'observed'] as const

/** When a price holds and who says so: the part that every kind of offer shares. */
const observation = {
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter currency code'),
  /** Inclusive: before this day the observation says nothing. */
  validFrom: isoDate,
  validFromBasis: z.enum(validFromBases),
  /** Exclusive; null where it still holds. */
  validUntil: isoDate.nullable(),
  source: OfferSource,
  /** Observations that share this key dispute one price; null where nobody does. */
  conflictSet: z.string().nullable(),
}

/** What is counted, and in what. Meters that are not known here are kept verbatim, with the publisher's unit. */
export const knownMeters = {
  input: 'token',
  output: 'token',
  reasoning: 'token',
  'cache-read': 'token',
  /** Kept for five minutes where the seller offers a choice. */
  'cache-write': 'token',
  'cache-write-1h': 'token',
  'cache-storage-hour': 'token hour',
  'input-audio': 'token',
  'output-audio': 'token',
  'cache-read-audio': 'token',
  'cache-write-audio': 'token',
  'input-image': 'token',
  'output-image': 'token',
  'cache-read-image': 'token',
  'input-video': 'token',
  'output-video': 'token',
  citation: 'token',
  'training-token': 'token',
  request: 'request',
  image: 'image',
  page: 'page',
  second: 'second',
  'video-second': 'second',
  character: 'character',
  query: 'query',
  'web-search': 'search',
  'file-search': 'search',
  'code-session': 'session',
} as const
export type KnownMeter = keyof typeof knownMeters

export const tierModes = ['whole-request', 'marginal'] as const

/** One price of a token offer: an amount for a number of units, perhaps only within a range of prompt lengths. */
export const MeterPrice = z.strictObject({
  meter: z.string(),
  /** In the offer's currency, for `unitSize` units. */
  amount: decimalText,
  /** What is counted: `token`, `request`, `image`, ... */
  unit: z.string(),
  unitSize: z.number().positive(),
  /** Null for a meter that counts no tokens, and for a currency without a rate. */
  usdPerMillionTokens: z.number().nonnegative().nullable(),
  /** What selects the tier; `prompt-tokens` is the whole prompt, cached part included. */
  tierDimension: z.enum(['prompt-tokens', 'request-tokens', 'image-size']),
  /** The price holds above this; 0 for the base price. */
  tierFrom: z.number().int().nonnegative(),
  /** True where exactly `tierFrom` already pays this price. */
  tierFromInclusive: z.boolean(),
  /** Where the next tier begins, by that tier's own boundary; null for the last. */
  tierTo: z.number().int().positive().nullable(),
  /** `whole-request`: the tier prices every token of the request; `marginal`: only those above the boundary. */
  tierMode: z.enum(tierModes),
  /** What a promotion is taken from. */
  listAmount: decimalText.nullable(),
})
export type MeterPrice = z.output<typeof MeterPrice>

export const serviceTiers = ['standard', 'batch', 'flex', 'priority', 'fast', 'provisioned'] as const
export type ServiceTier = (typeof serviceTiers)[number]

export const offerKinds = ['list', 'promo', 'router', 'subscription', 'free', 'estimate'] as const
export type OfferKind = (typeof offerKinds)[number]

/** How the id of a model was found: the publisher's own link, the link to its weights, or its name. */
export const modelRules = ['base-model-link', 'weights-link', 'served-id', 'normalised-name'] as const

/** A time of day at which a price holds, in UTC, `HH:MM:SS`; it may pass midnight. */
export const PriceWindow = z.strictObject({
  from: z.iso.time(),
  until: z.iso.time(),
  /** ISO weekdays, Monday 1 to Sunday 7; null for every day. */
  days: z.array(z.number().int().min(1).max(7)).nullable(),
})
export type PriceWindow = z.output<typeof PriceWindow>

/** A dated price list of one served model at one seller, for one service tier, region and time of day. */
export const TokenOffer = z.strictObject({
  seller: z.string(),
  /** The seller's, or the publisher's, name of what is served. */
  servedModel: z.string(),
  /**
   * Our id of the model: the weights repository for open weights (`meta-llama/Llama-3.3-70B-Instruct`),
   * `maker/name` for closed ones; null where no rule finds it or several models answer to the name.
   */
  model: z.string().nullable(),
  modelRule: z.enum(modelRules).nullable(),
  /** Whether the weights can be owned; null where no source says. */
  openWeights: z.boolean().nullable(),
  kind: z.enum(offerKinds),
  serviceTier: z.enum(serviceTiers),
  regionScope: z.enum(['global', 'geo', 'region', 'zone']),
  region: z.string().nullable(),
  /** The precision served, where it is said. */
  quantisation: z.string().nullable(),
  /** The time of day it holds at; null for always. */
  window: PriceWindow.nullable(),
  /**
   * How the seller's usage report counts cached tokens: `inside` its input figure or `outside` of it; null where
   * no source says. Everything here is asked and computed with cached tokens inside the input.
   */
  cachedTokensReported: z.enum(['inside', 'outside']).nullable(),
  /** The seller has announced its end. */
  deprecated: z.boolean(),
  meters: z.array(MeterPrice).min(1),
  ...observation,
})
export type TokenOffer = z.output<typeof TokenOffer>

export const gpuPricings = [
  'on-demand',
  'spot',
  'reserved',
  'capacity-block',
  'marketplace',
  'serverless',
] as const
export type GpuPricing = (typeof gpuPricings)[number]

/** A dated price of one instance with GPUs at one seller. */
export const GpuOffer = z.strictObject({
  seller: z.string(),
  instance: z.string(),
  /** Our GPU id, from our own map of instances; null where the facts have no such GPU. */
  gpu: z.string().nullable(),
  /** The publisher's name of the GPU. */
  gpuName: z.string(),
  /** From our own map; a fraction where a share of a GPU is sold. */
  gpuCount: z.number().positive(),
  vcpuCount: z.number().nonnegative().nullable(),
  memoryGb: z.number().nonnegative().nullable(),
  localSsdGb: z.number().nonnegative().nullable(),
  region: z.string().nullable(),
  zone: z.string().nullable(),
  pricing: z.enum(gpuPricings),
  /** Length of the commitment; null without one. */
  termMonths: z.number().int().positive().nullable(),
  /** As printed; the publisher gives a price by the hour, by the month, or both. */
  amountPerHour: decimalText.nullable(),
  amountPerMonth: decimalText.nullable(),
  amountUpfront: decimalText.nullable(),
  /** Null for a currency without a rate. */
  usdPerHour: z.number().positive().nullable(),
  usdPerGpuHour: z.number().positive().nullable(),
  operatingSystem: z.string().nullable(),
  minimumGpuCount: z.number().positive().nullable(),
  interconnect: z.string().nullable(),
  egressIncluded: z.boolean().nullable(),
  /** As the publisher puts it: `available`, a count, ... */
  availability: z.string().nullable(),
  ...observation,
})
export type GpuOffer = z.output<typeof GpuOffer>

/** What an answer about one meter rests on. */
const MeterQuery = z.strictObject({
  meter: z.string(),
  serviceTier: z.enum(serviceTiers),
  seller: z.string().optional(),
  region: z.string().optional(),
})
export type MeterQuery = z.output<typeof MeterQuery>

const TokenQuery = z.strictObject({
  kind: z.literal('token'),
  /** Our id of the model, or a seller's own name of what it serves; case is ignored. */
  model: z.string().min(1).max(200),
  seller: z.string().optional(),
  asOf: isoDate.optional(),
  /** Where an answer to this is all that is wanted, a book may leave out the other meters and days. */
  about: MeterQuery.optional(),
})
export type TokenQuery = z.output<typeof TokenQuery>

const GpuQuery = z.strictObject({
  kind: z.literal('gpu'),
  /** A GPU id or an alias of it, or an instance's name; case is ignored. */
  gpu: z.string().min(1).max(100),
  seller: z.string().optional(),
  pricing: z.enum(gpuPricings).optional(),
  region: z.string().optional(),
  asOf: isoDate.optional(),
})
export type GpuQuery = z.output<typeof GpuQuery>

/**
 * What a calculation asks of the price book. The answer holds every observation that fits, from all sources: which
 * of them counts is decided by the rules of `prices/`. A book may leave out what ended on or before `asOf`; what
 * begins later it keeps, so that an answer can say where the records begin.
 */
export const OfferQuery = z.discriminatedUnion('kind', [TokenQuery, GpuQuery])
type OfferQuery = z.output<typeof OfferQuery>

/** A caller's own price list, by its id. */
interface PriceListQuery {
  readonly kind: 'price-list'
  readonly id: string
}

export type PriceQuery = OfferQuery | PriceListQuery
