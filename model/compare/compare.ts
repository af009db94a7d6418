import { z } from 'zod'
import { calculation } from '../calculation.ts'
import { termsOf } from '../money/line.ts'
import { isoDate, type PriceQuery } from '../offers.ts'
import { PrecisionField } from '../precision.ts'
import { HOURS_PER_MONTH } from '../units.ts'
import { Workload } from '../workload/workload.ts'
import { bookedPricings } from './booked-price.ts'
import { comparisonOf } from './comparison.ts'
import { ComparisonResult } from './comparison-result.ts'
import { mostHoursPerMonth } from './dials.ts'
import { OptionField } from './option-fields.ts'

const mostOptions = 20

const limit = (title: string, description: string) =>
  z.number().positive().max(1e7).optional().meta({ title, description, 'x-unit': 'millisecond' })

const CompareInput = z.strictObject({
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
  precision: PrecisionField.optional().meta({
    title: 'Precision',
    description: 'Of own copies of the weights; as they are published where left out',
  }),
  plannedUtilisation: z.number().positive().max(1).default(0.8).meta({
    title: 'Planned utilisation',
    description: 'Share of full speed that own hardware is counted on for in the busiest minutes',
    'x-unit': 'ratio',
  }),
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
  horizonMonths: z.number().positive().max(240).default(36).meta({
    title: 'Horizon',
    description: 'Months over which bought servers are looked at',
    'x-unit': 'month',
  }),
  asOf: isoDate.optional().meta({ title: 'As of', description: 'Day of the prices; today where left out' }),
  ttftMs: limit('Time to first token', 'Upper limit on its mean, for estimated speeds'),
  tpotMs: limit('Time per output token', 'Upper limit on its mean, for estimated speeds'),
})
type CompareInput = z.output<typeof CompareInput>

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
  compute({ plannedUtilisation, hoursPerMonth, horizonMonths, ...input }, facts) {
    const settings = { plannedUtilisation, hoursPerMonth, horizonMonths }
    const { result, assumptions, sources } = comparisonOf({ ...input, settings }, facts)
    const [cheapest] = result.options
    return {
      result,
      value: cheapest?.usdPerMonth ?? null,
      unit: 'USD/month',
      breakdown: cheapest ? termsOf(cheapest.lines) : [],
      interval: cheapest?.usdPerMonthInterval ?? null,
      assumptions: [
        ...assumptions,
        ...(cheapest
          ? []
          : [
              {
                field: 'cheapest',
                value: null,
                unit: null,
                because: 'No option can take part; excluded says why.',
              },
            ]),
        ...(cheapest && cheapest.usdPerMonthInterval === null
          ? [
              {
                field: 'interval',
                value: null,
                unit: null,
                because: 'No figure of the cheapest option has a cited spread.',
              },
            ]
          : []),
      ],
      sources,
    }
  },
})

function pricesOf({ options, model: compared }: CompareInput): PriceQuery[] {
  return options.flatMap((option): PriceQuery[] => {
    if (option.kind === 'token-api') {
      const model = option.model ?? compared
      const given = option.usdPerMillionInput !== undefined && option.usdPerMillionOutput !== undefined
      return model === undefined || given ? [] : [{ kind: 'token', model }]
    }
    if (option.kind === 'bought-servers' || option.usdPerGpuHour !== undefined) return []
    return [{ kind: 'gpu', gpu: option.gpu, pricing: bookedPricings[option.pricing ?? 'on-demand'] }]
  })
}
