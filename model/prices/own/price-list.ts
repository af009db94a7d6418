import { z } from 'zod'
import { gpuPricings, isoDate, serviceTiers } from '../../offers.ts'

/** More would not fit in one row of a database. */
export const mostEntries = 5000

const text = (title: string, description: string) =>
  z.string().trim().min(1).max(200).meta({ title, description })

const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'it must be a three-letter code, such as EUR')
const currency = currencyCode.default('USD').meta({
  title: 'Currency',
  description: 'Any other than USD needs an exchange-rate entry',
})

const seller = text('Seller', 'An id of the price book, such as azure').toLowerCase()
const sellerOfRate = seller.optional().meta({
  title: 'Seller',
  description: 'An id of the price book, such as azure; left out for a seller that it does not have',
})
const region = text('Region', "The seller's id of a region; without it, every region")
  .toLowerCase()
  .optional()

const amount = (title: string) =>
  z.number().positive().max(1e9).meta({ title, description: 'In the currency of the entry' })

const span = {
  validFrom: isoDate.optional().meta({ title: 'Valid from', description: 'First day, inclusive' }),
  validUntil: isoDate
    .optional()
    .meta({ title: 'Valid until', description: 'Exclusive; without it, for good' }),
}

const TokenRate = z.strictObject({
  kind: z.literal('token-rate'),
  model: text('Model', 'An id, or the name that a seller serves it under'),
  meter: text('Meter', 'input, output, cache-read, ...').toLowerCase(),
  seller: sellerOfRate,
  amountPerMillionTokens: amount('Price of a million tokens'),
  currency,
  serviceTier: z.enum(serviceTiers).default('standard').meta({ title: 'Service tier' }),
  region,
  ...span,
})
export type TokenRate = z.output<typeof TokenRate>

const GpuRate = z.strictObject({
  kind: z.literal('gpu-rate'),
  gpu: text('GPU', 'An id such as h100-sxm-80gb'),
  seller: sellerOfRate,
  amountPerGpuHour: amount('Price of an hour of one GPU'),
  currency,
  pricing: z.enum(gpuPricings).default('on-demand').meta({ title: 'Pricing' }),
  termMonths: z.number().int().positive().max(120).optional().meta({ title: 'Term', 'x-unit': 'month' }),
  region,
  gpuCount: z.number().int().positive().max(1000).default(1).meta({
    title: 'GPUs of the machine',
    description: 'Where the book does not have the machine',
    'x-unit': 'GPU',
  }),
  ...span,
})
export type GpuRate = z.output<typeof GpuRate>

const Discount = z.strictObject({
  kind: z.literal('discount'),
  seller,
  percentOff: z.number().positive().max(100).meta({ title: 'Percent off the public price' }),
  covers: z.enum(['all', 'tokens', 'gpus']).default('all').meta({ title: 'Covers' }),
  ...span,
})
export type Discount = z.output<typeof Discount>

/** What is owed to a seller each month, used or not. */
const Commitment = z.strictObject({
  kind: z.literal('commitment'),
  seller,
  amountPerMonth: amount('Committed spend of a month'),
  currency,
  ...span,
})
export type Commitment = z.output<typeof Commitment>

const ProvisionedRate = z.strictObject({
  kind: z.literal('provisioned-rate'),
  model: text('Model', 'An id, or the name that a seller serves it under'),
  seller: sellerOfRate,
  amountPerUnitHour: amount('Price of an hour of one unit'),
  currency,
  unit: text('Unit', 'What the seller calls it').default('unit'),
  inputTokensPerMinutePerUnit: z
    .number()
    .positive()
    .max(1e12)
    .optional()
    .meta({ title: 'Input tokens of a unit in a minute', 'x-unit': 'token' }),
  outputTokenWeight: z
    .number()
    .positive()
    .max(1000)
    .optional()
    .meta({ title: 'Input tokens that one output token counts as', 'x-unit': 'ratio' }),
  minimumUnits: z.number().int().positive().max(1e6).default(1).meta({ title: 'Minimum', 'x-unit': 'count' }),
  unitStep: z.number().int().positive().max(1e6).default(1).meta({ title: 'Step', 'x-unit': 'count' }),
  termMonths: z.number().int().positive().max(120).optional().meta({ title: 'Term', 'x-unit': 'month' }),
  ...span,
})
export type ProvisionedRate = z.output<typeof ProvisionedRate>

const ServerRate = z.strictObject({
  kind: z.literal('server-rate'),
  gpu: text('GPU', 'An id such as h100-sxm-80gb'),
  gpuCount: z.number().int().positive().max(1000).meta({ title: 'GPUs of the server', 'x-unit': 'GPU' }),
  seller: text('Seller', 'Whoever made the offer').optional(),
  amountPerServer: amount('Price of the complete server'),
  currency,
  ...span,
})
export type ServerRate = z.output<typeof ServerRate>

/** What one unit of a currency is worth from a day on, until a later entry of the same currency. */
const ExchangeRate = z.strictObject({
  kind: z.literal('exchange-rate'),
  currency: currencyCode.meta({ title: 'Currency' }),
  usdPerUnit: z.number().positive().max(1e6).meta({ title: 'USD for one unit of the currency' }),
  validFrom: isoDate.meta({ title: 'Day of the rate' }),
})
export type ExchangeRate = z.output<typeof ExchangeRate>

export const PriceListEntry = z.discriminatedUnion('kind', [
  TokenRate,
  GpuRate,
  Discount,
  Commitment,
  ProvisionedRate,
  ServerRate,
  ExchangeRate,
])
export type PriceListEntry = z.output<typeof PriceListEntry>

/** Prices of one's own: they count before every public one. */
export const PriceListInput = z.strictObject({
  name: z.string().trim().min(1).max(200).meta({ title: 'Name', description: 'What people call it' }),
  entries: z
    .array(PriceListEntry)
    .min(1)
    .max(mostEntries)
    .meta({
      title: 'Entries',
      description: `Up to ${mostEntries} of the kinds token-rate, gpu-rate, provisioned-rate, server-rate, discount, commitment, exchange-rate`,
    }),
})
export type PriceListInput = z.output<typeof PriceListInput>

/** A list as it is kept, with the day on which it was saved last. */
export interface PriceList extends PriceListInput {
  readonly savedOn: string
}
