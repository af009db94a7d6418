import { z } from 'zod'
import { decimalText, type MeterPrice } from '../../model/offers.ts'
import { meterPrice } from './meter.ts'

/** USD per million tokens. */
const unitSize = 1_000_000

const Tier = z.object({ tier: z.object({ size: z.coerce.number().int().positive() }) }).catchall(decimalText)

/** The `cost` of a model in the form of models.dev, which others carry as well. */
export const ModelsDevCost = z
  .object({
    tiers: z.array(Tier).optional(),
    /** The site's older form of the tier above 200,000 tokens; `tiers` says the same and more. */
    context_over_200k: z.record(z.string(), decimalText).optional(),
  })
  .catchall(decimalText)
export type ModelsDevCost = z.output<typeof ModelsDevCost>

const meterNames: Readonly<Record<string, string>> = {
  cache_read: 'cache-read',
  cache_write: 'cache-write',
  input_audio: 'input-audio',
  output_audio: 'output-audio',
}

const olderTierFrom = 200_000

/** Whether a price list says zero for input and output. */
export const isNothing = ({ input, output }: ModelsDevCost): boolean =>
  Number(input) === 0 && Number(output ?? 0) === 0

/** The meters of a cost. A tier begins above its size (`context_over_200k`) and prices the whole request. */
export function metersOfCost({ tiers, context_over_200k: older, ...base }: ModelsDevCost): MeterPrice[] {
  const steps =
    tiers ??
    (older === undefined ? [] : [{ tier: { size: olderTierFrom }, ...older } as z.output<typeof Tier>])
  const sorted = steps.toSorted((a, b) => a.tier.size - b.tier.size)
  return Object.entries(base).flatMap(([name, amount]) => {
    const own = sorted.flatMap(({ tier, ...prices }) => {
      const above = prices[name]
      return above === undefined ? [] : [{ tierFrom: tier.size, amount: above }]
    })
    return [{ tierFrom: 0, amount }, ...own].map((step, index) =>
      meterPrice({
        meter: meterNames[name] ?? name,
        unitSize,
        ...step,
        tierTo: own[index]?.tierFrom ?? null,
      }),
    )
  })
}
