import { z } from 'zod'
import instances from '../instances.json' with { type: 'json' }

/** One instance of a cloud as we know it: which GPU, and how many, whatever a price list counts. */
export const KnownInstance = z.strictObject({
  seller: z.string(),
  instance: z.string(),
  gpu: z.string().nullable(),
  gpuName: z.string(),
  gpuCount: z.number().positive(),
  source: z.string(),
  note: z.string().optional(),
})
export type KnownInstance = z.output<typeof KnownInstance>

const byName = new Map<string, KnownInstance>(
  instances.map((instance) => [`${instance.seller}/${instance.instance}`, instance]),
)

/** The instance in our own map, or undefined: then its price is not believed. */
export const knownInstance = (seller: string, instance: string): KnownInstance | undefined =>
  byName.get(`${seller}/${instance}`)
