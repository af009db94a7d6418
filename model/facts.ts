import { z } from 'zod'
import type { GpuOffer, PriceQuery, TokenOffer } from './offers.ts'
import type { OwnPrices } from './prices/own/own-prices.ts'
import type { Source } from './source.ts'
import type { ThroughputConstants } from './throughput/constants.ts'

/** Number formats whose dense peak a GPU's maker states apart. */
export const peakFormats = ['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4'] as const
export type PeakFormat = (typeof peakFormats)[number]

/** One accelerator as software sees it. Null is "no source states it". */
export const Gpu = z.strictObject({
  /** Slug with form and memory where they matter: `h100-sxm-80gb`. */
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  maker: z.string(),
  architecture: z.string(),
  formFactor: z.string(),
  /** What the maker's label says, in GB of 10^9 bytes. */
  memoryLabelGb: z.number().positive().nullable(),
  /** What the device reports. Fits are computed against this. */
  memoryBytesReported: z.number().positive().nullable(),
  memoryBytesPerSecond: z.number().positive().nullable(),
  /** Dense peaks, without sparsity, with FP32 accumulation where that is slower. */
  peakFlopPerSecond: z.record(z.enum(peakFormats), z.number().positive().nullable()),
  powerWatts: z.number().positive().nullable(),
  interconnect: z.string().nullable(),
  /** Both directions together, one GPU to all others. */
  linkBytesPerSecondBidirectional: z.number().positive().nullable(),
  purchaseUsd: z
    .strictObject({ low: z.number(), high: z.number(), basis: z.string(), source: z.string() })
    .nullable(),
  source: z.string(),
  checkedOn: z.iso.date(),
  releasedOn: z.string().nullable(),
  pcieGeneration: z.number().nullable(),
  sourcesAgree: z.string(),
  note: z.string().nullable(),
})
export type Gpu = z.output<typeof Gpu>

/** One model's parameters: who published them, under which licence, and the raw fields of its configuration. */
export const Weights = z.strictObject({
  id: z.string(),
  family: z.string(),
  licence: z.string().nullable(),
  releasedOn: z.string().nullable(),
  publishedTotal: z.string().nullable(),
  publishedActive: z.string().nullable(),
  /** Fields above that nobody has checked against the publisher's page. */
  unverified: z.array(z.string()),
  /** How the count of its parameters was checked. */
  verification: z.string(),
  source: z.string(),
  note: z.string().nullable(),
  /** What the publisher's files hold beside the parameters, by the names of `model/stored-elements.ts`. */
  alsoStored: z.array(z.string()),
  /** The fields of a Hugging Face `config.json`, as its publisher spells them. */
  config: z.record(z.string(), z.unknown()),
})
export type Weights = z.output<typeof Weights>

/** A dated figure for one cost, with its range where the source gives one. */
export const CostInput = z.strictObject({
  name: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  source: z.string(),
  sourceDate: z.string().nullable(),
  note: z.string().nullable(),
})
export type CostInput = z.output<typeof CostInput>

/** A measured loss of quality by storing weights in fewer bits. */
export const QualityMeasurement = z.strictObject({
  weights: z.string(),
  format: z.string(),
  importanceMatrix: z.string().nullable(),
  metric: z.string(),
  sizeGib: z.number().nullable(),
  value: z.number().nullable(),
  deltaVs16Bit: z.number().nullable(),
  klDivergence: z.number().nullable(),
  source: z.string(),
})
export type QualityMeasurement = z.output<typeof QualityMeasurement>

/** What one GPU drew while it served, on average over a benchmark. */
export const PowerMeasurement = z.strictObject({
  gpu: z.string(),
  model: z.string(),
  gpuCount: z.number().positive(),
  /** Mean count of requests that ran at once. */
  batch: z.number().positive(),
  wattsPerGpu: z.number().positive(),
  source: z.string(),
  checkedOn: z.iso.date(),
})
export type PowerMeasurement = z.output<typeof PowerMeasurement>

/**
 * What `model/` asks of the world. `data/` answers from the bundled facts, a server adds the offers of its price
 * book. Ids answer ignoring case and by their aliases.
 */
export interface Facts {
  readonly version: string
  /** The newest day of any offer in the price book, or null where there is no book. */
  readonly pricesAsOf: string | null
  /** The day that counts as today: ages and staleness are counted from it. */
  readonly asOf: string
  gpu(id: string): Gpu | undefined
  gpus(): readonly Gpu[]
  weights(id: string): Weights | undefined
  weightsIds(): readonly string[]
  costInput(name: string): CostInput | undefined
  quality(format: string): readonly QualityMeasurement[]
  power(gpu: string): readonly PowerMeasurement[]
  /** The fitted constants of the speed of serving. */
  readonly throughput: ThroughputConstants
  /** The offers that were fetched for a query of the calculation's `prices`. */
  tokenOffers(query: Extract<PriceQuery, { kind: 'token' }>): readonly TokenOffer[]
  gpuOffers(query: Extract<PriceQuery, { kind: 'gpu' }>): readonly GpuOffer[]
  /** A caller's own price list that was fetched, by its id. */
  ownPrices(id: string): OwnPrices | undefined
  /** What the price list that is in use owes to a seller in each month; null where it owes nothing. */
  committedUsdPerMonth(seller: string, day: string): number | null
}

/** A cost input as a source of an answer. */
export const sourceOf = (input: CostInput): Source => ({
  title: `${input.name}: ${input.source}`,
  ...(input.sourceDate !== null && { date: input.sourceDate }),
})
