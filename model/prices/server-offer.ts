import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { serverPrices } from '../money/server-facts.ts'

/** A complete server or rack to buy: the middle of what sources say, with its range. Nobody prints a list price. */
export const ServerOffer = z.strictObject({
  server: z.string(),
  seller: z.string().nullable(),
  gpu: z.string(),
  gpuCount: z.number().positive(),
  usd: z.number().positive(),
  lowUsd: z.number().positive().nullable(),
  highUsd: z.number().positive().nullable(),
  usdPerGpu: z.number().positive(),
  source: z.string(),
  /** As far as the source says: a day, a month or a year. */
  sourceDate: z.string().nullable(),
  note: z.string().nullable(),
})
export type ServerOffer = z.output<typeof ServerOffer>

/** Every complete server whose price the facts have. */
export const serverOffers = (facts: Facts): ServerOffer[] =>
  Object.entries(serverPrices).flatMap(([gpu, { name, gpuCount }]) => {
    const input = facts.costInput(name)
    if (input?.value == null) return []
    const { value, low, high, source, sourceDate, note } = input
    return [
      {
        server: name.replaceAll('_', ' '),
        seller: null,
        gpu,
        gpuCount,
        usd: value,
        lowUsd: low,
        highUsd: high,
        usdPerGpu: value / gpuCount,
        source,
        sourceDate,
        note,
      },
    ]
  })
