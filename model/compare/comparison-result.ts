import { z } from 'zod'
import { lineUnits } from '../money/line.ts'
import { BreakEvenResult } from './break-evens.ts'
import { CertaintyResult } from './certainty.ts'

const usdPerMonth = (title: string) => z.number().meta({ title, 'x-unit': 'USD/month' })

const LineResult = z.strictObject({
  name: z.string().meta({ title: 'Line' }),
  quantity: z.number().meta({ title: 'Quantity', 'x-unit': 'count' }),
  unit: z.enum(lineUnits).meta({ title: 'Unit' }),
  usdPerUnit: z.number().meta({ title: 'Price of a unit', 'x-unit': 'USD' }),
  usd: z.number().meta({ title: 'Cost', 'x-unit': 'USD' }),
  source: z
    .object({ title: z.string(), url: z.string().exactOptional(), date: z.string().exactOptional() })
    .nullable()
    .meta({ title: 'Source of the price' }),
})

const HardwareResult = z.strictObject({
  gpu: z.string().meta({ title: 'GPU' }),
  gpuCount: z.number().meta({ title: 'GPUs', 'x-unit': 'GPU' }),
  instanceCount: z.number().meta({ title: 'Instances', 'x-unit': 'instance' }),
  replicaCount: z.number().meta({ title: 'Replicas', 'x-unit': 'replica' }),
  gpusPerReplica: z.number().meta({ title: 'GPUs of a replica', 'x-unit': 'GPU' }),
  outputTokensPerSecond: z.number().meta({ title: 'Speed of all replicas', 'x-unit': 'token/second' }),
  outputTokensPerSecondPerReplica: z.number().meta({ title: 'Speed of a replica', 'x-unit': 'token/second' }),
  capacityTokensPerMonth: z.number().meta({
    title: 'Capacity',
    description: 'At this mix, sized on the busiest minutes',
    'x-unit': 'token/month',
  }),
  capacityUsedRatio: z.number().meta({ title: 'Share of the capacity that is used', 'x-unit': 'ratio' }),
  utilisationRatio: z.number().meta({
    title: 'Utilisation',
    description: 'Tokens made over tokens that the hardware could make at full speed in the hours paid for',
    'x-unit': 'ratio',
  }),
})

const PriceOriginResult = z.strictObject({
  seller: z.string().meta({ title: 'Seller' }),
  what: z.string().meta({ title: 'Served model or instance' }),
  checkedOn: z.string().meta({ title: 'Checked on' }),
  isStale: z.boolean().meta({ title: 'Older than it should be' }),
})

const OptionResult = z.strictObject({
  name: z.string().meta({ title: 'Option' }),
  kind: z.string().meta({ title: 'Kind' }),
  place: z.number().meta({ title: 'Place in the input', 'x-unit': 'count' }),
  lines: z.array(LineResult).meta({ title: 'Lines' }),
  usdPerMonth: usdPerMonth('Cost a month'),
  usdPerMillionTokens: z.number().meta({ title: 'Cost of a million tokens', 'x-unit': 'USD/million tokens' }),
  usdPerMonthInterval: z
    .strictObject({ p10: z.number(), p50: z.number(), p90: z.number() })
    .nullable()
    .meta({ title: 'Band of the cost', description: 'From the band of the estimated speed' }),
  hardware: HardwareResult.nullable(),
  price: PriceOriginResult.nullable().meta({ title: 'Where the price is from; null where it was given' }),
})
export type OptionResult = z.output<typeof OptionResult>

const FlipResult = z.strictObject({
  field: z.string().meta({
    title: 'Field',
    description:
      'Its place in the input; for a profile workload.requestsPerMonth is what the profile stands for',
  }),
  of: z.string().nullable().meta({ title: 'Of which option' }),
  value: z.number().meta({ title: 'Value', 'x-unit': 'count' }),
  flipsAt: z.number().nullable().meta({ title: 'Value at which the verdict changes', 'x-unit': 'count' }),
  changeRatio: z.number().nullable().meta({ title: 'Relative change to there', 'x-unit': 'ratio' }),
  cheapestThen: z.string().nullable().meta({ title: 'Cheapest option there' }),
  searchedFrom: z.number().meta({ title: 'No other flip down to', 'x-unit': 'count' }),
  searchedTo: z.number().meta({ title: 'No other flip up to', 'x-unit': 'count' }),
})
export type FlipResult = z.output<typeof FlipResult>

const TrafficResult = z.strictObject({
  requestsPerMonth: z.number().meta({ title: 'Requests a month', 'x-unit': 'request/month' }),
  tokensPerMonth: z.number().meta({ title: 'Tokens a month', 'x-unit': 'token/month' }),
  inputTokensPerRequest: z.number().meta({ title: 'Input length', 'x-unit': 'token' }),
  outputTokensPerRequest: z.number().meta({ title: 'Output length', 'x-unit': 'token' }),
  cachedInputRatio: z.number().meta({ title: 'Cached share', 'x-unit': 'ratio' }),
  peakToMean: z.number().meta({ title: 'Peak over mean', 'x-unit': 'ratio' }),
  activeHoursPerMonth: z.number().meta({ title: 'Active hours', 'x-unit': 'hour/month' }),
})

export const ComparisonResult = z.strictObject({
  traffic: TrafficResult.meta({ title: 'Traffic' }),
  options: z.array(OptionResult).meta({ title: 'Options, the cheapest first' }),
  excluded: z
    .array(
      z.strictObject({
        name: z.string(),
        kind: z.string(),
        place: z.number().meta({ title: 'Place in the input', 'x-unit': 'count' }),
        reason: z.string(),
      }),
    )
    .meta({ title: 'Options that cannot take part, and why' }),
  cheapest: z
    .strictObject({
      name: z.string().meta({ title: 'Cheapest option' }),
      usdPerMonth: usdPerMonth('Its cost'),
      runnerUp: z.string().nullable().meta({ title: 'Next' }),
      savedUsdPerMonth: z
        .number()
        .nullable()
        .meta({ title: 'Saved against the next', 'x-unit': 'USD/month' }),
      savedRatio: z.number().nullable().meta({ title: 'Share of the next that is saved', 'x-unit': 'ratio' }),
    })
    .nullable()
    .meta({ title: 'Verdict', description: 'Null where no option can take part' }),
  certainty: CertaintyResult.nullable().meta({ title: 'How sure' }),
  breakEvens: z.array(BreakEvenResult).meta({ title: 'Break-even volumes' }),
  flips: z.array(FlipResult).meta({ title: 'What would change the verdict, the nearest first' }),
  costCurve: z
    .array(
      z.strictObject({
        tokensPerMonth: z.number().meta({ title: 'Volume', 'x-unit': 'token/month' }),
        usdPerMonth: z.array(z.number()).meta({ title: 'Cost of each option, in their order' }),
      }),
    )
    .meta({ title: 'Cost against volume', description: 'For a picture; break-evens are not read from it' }),
})
export type ComparisonResult = z.output<typeof ComparisonResult>
