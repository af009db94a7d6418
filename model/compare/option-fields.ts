import { z } from 'zod'
import { GpuField } from '../gpu-field.ts'
import { usdPerMillionTokens, usdPerMonth } from '../money/money-fields.ts'
import { ownershipFields } from '../money/ownership-fields.ts'

const name = z
  .string()
  .min(1)
  .max(120)
  .optional()
  .meta({ title: 'Name', description: 'How the answer calls this option' })

const common = {
  fixedUsdPerMonth: usdPerMonth('Fixed cost', 'Staff, support, licences: whatever the volume')
    .optional()
    .meta({ default: 0 }),
  tokenizerRatio: z.number().positive().max(100).optional().meta({
    title: 'Tokenizer ratio',
    description: 'Tokens of this model over tokens of the workload, for the same text',
    'x-unit': 'ratio',
    default: 1,
  }),
  hiddenReasoningRatio: z.number().min(1).max(1000).optional().meta({
    title: 'Hidden reasoning',
    description: 'Output tokens with hidden reasoning over the output that is asked for',
    'x-unit': 'ratio',
    default: 1,
  }),
}

const gpus = (title: string, description: string) =>
  z.number().int().positive().max(100_000).optional().meta({ title, description, 'x-unit': 'GPU' })

/** What somebody knows of a copy of their own. */
export const servedFields = {
  outputTokensPerSecond: z.number().positive().max(1e9).optional().meta({
    title: 'Measured speed',
    description:
      'Output tokens a second of one replica at full load, as measured with requests of these lengths; without it, an estimate where there is one',
    'x-unit': 'token/second',
  }),
  gpusPerReplica: gpus('GPUs of a replica', 'GPUs that together hold one copy of the weights'),
  gpusPerInstance: gpus('GPUs of an instance', 'GPUs of the smallest machine that can be had'),
}

const seller = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .meta({ title: 'Seller', description: 'Whose price to take; without it, the cheapest of the price book' })

/** What is billed by the token. Prices left out come from the price book. */
const TokenApiFields = z
  .strictObject({
    kind: z.literal('token-api'),
    name,
    seller,
    model: z.string().min(1).max(200).optional().meta({
      title: 'Model',
      description: "Where it is not the comparison's: a seller's name of what it serves will do",
    }),
    usdPerMillionInput: usdPerMillionTokens('Input price', 'Price of input that no cache holds').optional(),
    usdPerMillionOutput: usdPerMillionTokens('Output price', 'Price of generated tokens').optional(),
    usdPerMillionCachedInput: usdPerMillionTokens(
      'Cached input price',
      'Price of input read from a cache',
    ).optional(),
    ...common,
  })
  .meta({ title: 'Token API' })

export const RentField = z.number().nonnegative().max(1e6).meta({
  title: 'Rent',
  description: 'Price of one GPU for an hour',
  'x-unit': 'USD/GPU hour',
})

/** GPUs by the hour. */
const RentedGpusFields = z
  .strictObject({
    kind: z.literal('rented-gpus'),
    name,
    gpu: GpuField,
    seller,
    pricing: z.enum(['on-demand', 'spot', 'committed']).optional().meta({
      title: 'Pricing',
      description: 'A commitment is paid in every hour of the month, anything else in active hours',
      default: 'on-demand',
    }),
    usdPerGpuHour: RentField.optional(),
    ...servedFields,
    ...common,
  })
  .meta({ title: 'Rented GPUs' })

/** Servers of one's own. */
const BoughtServersFields = z
  .strictObject({
    kind: z.literal('bought-servers'),
    name,
    gpu: GpuField,
    ...ownershipFields,
    ...servedFields,
    ...common,
  })
  .meta({ title: 'Bought servers' })

export const OptionField = z.discriminatedUnion('kind', [
  TokenApiFields,
  RentedGpusFields,
  BoughtServersFields,
])
export type OptionField = z.output<typeof OptionField>
