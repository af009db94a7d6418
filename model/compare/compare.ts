import { z } from 'zod'
import { calculation } from '../calculation.ts'
import type { PriceQuery } from '../offers.ts'
import { priceListQuery, withOwnPrices } from '../prices/own/with-own-prices.ts'
import { HOURS_PER_MONTH } from '../units.ts'
import { Workload } from '../workload/workload.ts'
import { bookedPricings } from './booked-price.ts'
import { cheapestOf } from './cheapest.ts'
import { comparisonOf } from './comparison.ts'
import { ComparisonResult } from './comparison-result.ts'
import { mostHoursPerMonth } from './dials.ts'
import { OptionField } from './option-fields.ts'
import { questionFields } from './question-fields.ts'

const mostOptions = 50

/** What is compared: one workload, and each option as it is given. */
export const CompareInput = z.strictObject({
  workload: Workload,
  options: z
    .array(OptionField)
    .min(1)
    .max(mostOptions)
    .meta({ title: 'Options', description: 'Token APIs, rented GPUs and bought servers' }),
  model: z.string().min(1).max(200).optional().meta({
    title: 'Model',
    description: 'For prices and speeds that an option leaves out, such as meta-llama/Llama-3.3-70B-Instruct',
  }),
  precision: questionFields.precision,
  plannedUtilisation: questionFields.plannedUtilisation,
  peakToMean: z.number().min(1).max(1e6).optional().meta({
    title: 'Peak over mean',
    description: 'Tokens a second in the busiest minutes over the mean; from a profile, else 2',
    'x-unit': 'ratio',
  }),
  activeHoursPerMonth: z.number().positive().max(mostHoursPerMonth).optional().meta({
    title: 'Active hours',
    description: 'Hours of the month with traffic; from a profile or working hours, else all of them',
    'x-unit': 'hour/month',
  }),
  hoursPerMonth: z
    .number()
    .positive()
    .max(mostHoursPerMonth)
    .default(HOURS_PER_MONTH)
    .meta({ title: 'Hours of a month', description: 'A year has 12 of them', 'x-unit': 'hour/month' }),
  horizonMonths: questionFields.horizonMonths,
  asOf: questionFields.asOf,
  ttftMs: questionFields.ttftMs,
  tpotMs: questionFields.tpotMs,
  priceList: questionFields.priceList,
})
export type CompareInput = z.output<typeof CompareInput>

export const compare = calculation({
  id: 'compare',
  title: 'Comparison',
  summary:
    'Token APIs, rented GPUs and bought servers for one workload: lines, the cheapest, how sure, exact break-even volumes, and what would change the verdict first',
  formula: 'usdPerMonth = the sum of the lines of the cheapest option',
  input: CompareInput,
  output: ComparisonResult,
  sheet: false,
  sources: [],
  examples: [
    {
      title: 'redhat-performance/configiq, audit fixture: an API at 1/3 USD against a GPU at 2 USD an hour',
      input: {
        workload: {
          from: 'tokens',
          tokensPerMonth: 40_500_000,
          inputTokensPerRequest: 4000,
          outputTokensPerRequest: 1000,
        },
        options: [
          { kind: 'token-api', name: 'API', usdPerMillionInput: 1, usdPerMillionOutput: 3 },
          {
            kind: 'rented-gpus',
            name: 'rented',
            gpu: 'a100-sxm-80gb',
            usdPerGpuHour: 2,
            outputTokensPerSecond: 100,
          },
        ],
        plannedUtilisation: 0.9,
        peakToMean: 2,
        activeHoursPerMonth: 100,
      },
      value: 56.7,
      tolerance: 1e-12,
    },
  ],
  prices: pricesOf,
  compute({ plannedUtilisation, hoursPerMonth, horizonMonths, priceList, ...input }, facts) {
    const settings = { plannedUtilisation, hoursPerMonth, horizonMonths }
    const priced = withOwnPrices(facts, { priceList, day: input.asOf ?? facts.asOf })
    const comparison = comparisonOf({ ...input, settings }, priced)
    return { result: comparison.result, ...cheapestOf(comparison) }
  },
})

function pricesOf({ options, model: compared, priceList }: CompareInput): PriceQuery[] {
  const offers = options.flatMap((option): PriceQuery[] => {
    if (option.kind === 'token-api') {
      const model = option.model ?? compared
      const given = option.usdPerMillionInput !== undefined && option.usdPerMillionOutput !== undefined
      return model === undefined || given ? [] : [{ kind: 'token', model }]
    }
    const needsSpeed = option.outputTokensPerSecond === undefined && compared !== undefined
    const needsPrice = option.kind === 'rented-gpus' && option.usdPerGpuHour === undefined
    return [
      // A model without weights of its own may still be one that sellers have.
      ...(needsSpeed ? [{ kind: 'token' as const, model: compared }] : []),
      ...(needsPrice
        ? [{ kind: 'gpu' as const, gpu: option.gpu, pricing: bookedPricings[option.pricing ?? 'on-demand'] }]
        : []),
    ]
  })
  return [...offers, ...priceListQuery(priceList)]
}
