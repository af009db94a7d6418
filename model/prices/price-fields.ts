import { z } from 'zod'
import { isoDate, serviceTiers } from '../offers.ts'

/** Fields that calculations about prices share. */
export const PricedModelField = z
  .string()
  .min(1)
  .max(200)
  .meta({
    title: 'Model',
    description: 'An id such as meta-llama/Llama-3.3-70B-Instruct, or the name a seller serves it under',
    examples: ['gpt-4o'],
  })

export const SellerField = z
  .string()
  .min(1)
  .max(100)
  .meta({ title: 'Seller', description: 'An id such as openai or togetherai; without it a rule picks one' })

export const AsOfField = isoDate.meta({
  title: 'As of',
  description: 'The day whose prices are asked, YYYY-MM-DD; without it, today',
})

export const ServiceTierField = z.enum(serviceTiers).default('standard').meta({
  title: 'Service tier',
  description: 'Batch, flex and priority have prices of their own',
})

export const RegionField = z.string().min(1).max(100).meta({
  title: 'Region',
  description: "The seller's id of a region; without it, the price for all regions",
})

export const tokenCount = (title: string, description: string) =>
  z.number().nonnegative().max(1e18).meta({ title, description, 'x-unit': 'token' })

export const PriceListField = z.string().min(1).max(100).meta({
  title: 'Price list',
  description: "The id of a price list of one's own, whose prices count before the public ones",
  'x-apiOnly': true,
})

/** What the public sources say, beside a price that comes from a price list of one's own. */
export const PublicPrice = z.object({
  usd: z.number().meta({ title: 'Public price', 'x-unit': 'USD' }),
  seller: z.string().meta({ title: 'Seller' }),
  source: z.string().meta({ title: 'Source' }),
  checkedOn: isoDate.meta({ title: 'Checked on' }),
  isStale: z.boolean().meta({ title: 'Stale' }),
})
export type PublicPrice = z.output<typeof PublicPrice>

/** How a source stands in a result. */
export const PriceSourceResult = z.object({
  source: z.string().meta({ title: 'Source' }),
  checkedOn: isoDate.meta({ title: 'Checked on' }),
  isStale: z.boolean().meta({ title: 'Stale' }),
  validFrom: isoDate.meta({ title: 'Valid from' }),
  validUntil: isoDate.nullable().meta({ title: 'Valid until' }),
})
