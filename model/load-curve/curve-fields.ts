import { z } from 'zod'
import { PrecisionField } from '../precision.ts'
import { fleetFields, lengthFields } from '../replay/serving-fleet.ts'
import { lengthKinds } from '../replay/sources.ts'

const limit = (title: string, description: string) =>
  z.number().positive().max(1e9).optional().meta({ title, description, 'x-unit': 'millisecond' })

const rate = z.number().positive().max(1e6)

export const LoadCurveInput = z.strictObject({
  ...fleetFields,
  ...lengthFields,
  lengths: z.enum(lengthKinds).default('fixed').meta({
    title: 'Lengths',
    description: 'fixed: all requests alike; exponential: they vary as much as their mean',
  }),
  usdPerHour: z.number().positive().max(1e7).optional().meta({
    title: 'Rent of the fleet',
    description: 'Of all its GPUs; the cheapest on-demand price in the book where left out',
    'x-unit': 'USD/hour',
  }),
  requestsPerSecond: z.array(rate).min(1).max(1000).optional().meta({
    title: 'Loads',
    description: 'Requests a second; where left out, 25 loads up to a quarter above saturation',
    'x-unit': 'request/second',
  }),
  gpus: z.array(z.string().min(1).max(100)).max(20).default([]).meta({
    title: 'GPUs to choose from',
    description: 'Ids, for the best fleet at each load; none is searched where left out',
  }),
  precisions: z.array(PrecisionField).max(10).default([]).meta({
    title: 'Precisions to choose from',
    description: 'For the best fleet; that of the given fleet where left out',
  }),
  plannedUtilisation: z.number().positive().max(1).default(0.7).meta({
    title: 'Planned utilisation',
    description: 'Share of saturation that the best fleet is loaded to, at most',
    'x-unit': 'ratio',
  }),
  ttftMs: limit('TTFT limit', 'Longest P90 of the time to the first token, for the best fleet'),
  tpotMs: limit('TPOT limit', 'Longest mean time per output token, for the best fleet'),
})
export type LoadCurveInput = z.output<typeof LoadCurveInput>

const usd = (title: string) => z.number().meta({ title, 'x-unit': 'USD/million tokens' })
const milliseconds = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'millisecond' })
const requests = (title: string) => z.number().meta({ title, 'x-unit': 'request/second' })

const BestFleet = z.strictObject({
  gpu: z.string(),
  precision: z.string(),
  layout: z.string(),
  gpus: z.number().meta({ 'x-unit': 'GPU' }),
  seller: z.string(),
  usdPerHour: z.number().meta({ 'x-unit': 'USD/hour' }),
  usdPerMillionOutputTokens: usd('Unit cost'),
  ttftP90Ms: milliseconds('P90 of the time to the first token'),
  tpotMs: milliseconds('Time per output token'),
  extrapolated: z.boolean(),
})

export const LoadCurveOutput = z.strictObject({
  points: z
    .array(
      z.strictObject({
        requestsPerSecond: requests('Offered'),
        servedRequestsPerSecond: requests('Served'),
        unservedRequestsPerSecond: requests('Unserved: beyond saturation, and costed as nothing'),
        outputTokensPerSecond: z.number().meta({ title: 'Output tokens served', 'x-unit': 'token/second' }),
        utilisationRatio: z.number().meta({ title: 'Load over saturation', 'x-unit': 'ratio' }),
        nearSaturation: z
          .boolean()
          .meta({ title: 'Above 80% of saturation, or places run out: waits follow the smallest error' }),
        usdPerMillionOutputTokens: usd('Unit cost of what is served'),
        usdPerMillionOutputTokensP10: usd('The same where the model is too slow'),
        usdPerMillionOutputTokensP90: usd('The same where the model is too fast'),
        ttftP50Ms: milliseconds('Median time to the first token; null where the queue only grows'),
        ttftP90Ms: milliseconds('P90 of the time to the first token'),
        tpotMs: milliseconds('Mean time per output token'),
        best: BestFleet.nullable().meta({ title: 'The cheapest fleet that carries the load' }),
      }),
    )
    .meta({ title: 'Loads' }),
  saturationRequestsPerSecond: requests('Saturation'),
  saturationOutputTokensPerSecond: z
    .number()
    .meta({ title: 'Output tokens at saturation', 'x-unit': 'token/second' }),
  layout: z.string().meta({ title: 'Layout of a replica' }),
  replicas: z.number().meta({ title: 'Replicas', 'x-unit': 'replica' }),
  gpuCount: z.number().meta({ title: 'GPUs', 'x-unit': 'GPU' }),
  usdPerHour: z.number().meta({ title: 'Rent of the fleet', 'x-unit': 'USD/hour' }),
  extrapolated: z.boolean().meta({ title: 'Whether the answer goes beyond what was measured' }),
})
export type LoadCurveOutput = z.output<typeof LoadCurveOutput>
