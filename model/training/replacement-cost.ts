import { z } from 'zod'
import { evaluate, group, product } from '../breakdown.ts'
import { type Assumption, calculation, type Interval } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { ConfigField, ModelField, subjectOf } from '../model-field.ts'
import { cheapestBySeller, gpuListings } from '../prices/gpu-market.ts'
import { priceSource } from '../prices/price-answer.ts'
import type { Source } from '../source.ts'
import { publishedUtilisations, quantile, utilisationSource, utilisationSpread } from './mfu-spread.ts'
import {
  ArithmeticField,
  peakOf,
  SequenceField,
  TokensField,
  TrainingGpuField,
  tokensOf,
  UtilisationField,
} from './training-fields.ts'
import { hourTerms, runAssumptions } from './training-hours.ts'

interface Prices {
  readonly usdPerGpuHour: number
  /** Each seller's cheapest; one value where it was given. */
  readonly all: readonly number[]
  readonly sources: readonly Source[]
}

/** The price given, or the median of the sellers' cheapest on the day; null where no seller has one. */
function pricesOf(given: number | undefined, gpu: string, facts: Facts): Prices | null {
  if (given !== undefined) return { usdPerGpuHour: given, all: [given], sources: [] }
  const offers = facts.gpuOffers({ kind: 'gpu', gpu, pricing: 'on-demand' })
  const sellers = cheapestBySeller(gpuListings(offers, { day: facts.asOf, pricing: 'on-demand' }))
  if (sellers.length === 0) return null
  const all = sellers.map(({ usd }) => usd)
  const median = quantile(all, 0.5)
  const nearest = sellers.toSorted((a, b) => Math.abs(a.usd - median) - Math.abs(b.usd - median))[0]
  return {
    usdPerGpuHour: median,
    all,
    sources: nearest ? [priceSource(nearest.offer.source)] : [],
  }
}

/**
 * The spread of a cost whose price and utilisation vary independently of each other: every published utilisation with
 * every seller's price.
 */
function costInterval({
  usd,
  usdPerGpuHour,
  utilisation,
  prices,
  utilisations,
}: {
  usd: number
  usdPerGpuHour: number
  utilisation: number
  prices: readonly number[]
  utilisations: readonly number[]
}): Interval | null {
  if (prices.length * utilisations.length < 2) return null
  const ratios = prices.flatMap((price) =>
    utilisations.map((share) => (price / usdPerGpuHour) * (utilisation / share)),
  )
  return { p10: usd * quantile(ratios, 0.1), p50: usd, p90: usd * quantile(ratios, 0.9) }
}

export const replacementCost = calculation({
  id: 'replacement-cost',
  title: 'Replacement cost',
  summary:
    'What it would cost to train these weights again, in rented GPU hours: the value line of the asset',
  formula: 'usd = gpuHours × usdPerGpuHour, gpuHours = flop / (peak × mfu × 3600)',
  input: z.strictObject({
    model: ModelField.optional(),
    tokens: TokensField.optional(),
    gpu: TrainingGpuField,
    usdPerGpuHour: z
      .number()
      .positive()
      .max(1e6)
      .meta({
        title: 'Price',
        description: "USD for an hour of one GPU; left out, the median of the sellers' on-demand prices",
        'x-unit': 'USD/GPU hour',
      })
      .optional(),
    mfu: UtilisationField.optional(),
    sequenceTokens: SequenceField,
    arithmetic: ArithmeticField,
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    usd: z.number().nullable().meta({ title: 'Replacement cost', 'x-unit': 'USD' }),
    gpuHours: z.number().meta({ title: 'GPU hours', 'x-unit': 'GPU hour' }),
    flop: z.number().meta({ title: 'Operations', 'x-unit': 'FLOP' }),
    usdPerGpuHour: z.number().nullable().meta({ title: 'Price', 'x-unit': 'USD/GPU hour' }),
    sellerCount: z.number().meta({ title: 'Sellers with a price', 'x-unit': 'count' }),
  }),
  sources: [
    {
      title:
        'Scaling Laws for Neural Language Models, section 2.1: 6 operations for each parameter and token (2020)',
      url: 'https://arxiv.org/abs/2001.08361',
    },
  ],
  examples: [
    {
      title: 'PLaMo-13B: 1.17e23 operations (Epoch @263c40a1), at the median utilisation and 1 USD',
      input: { model: 13e9, tokens: 1.5e12, gpu: 'b200-sxm-180gb', usdPerGpuHour: 1 },
      value: 1.17e23 / (2.25e15 * 0.41 * 3600),
    },
    {
      title: 'Llama 3.1 405B: 30.84 million H100 hours (model card @a9c89c47), at 2 USD',
      input: {
        model: 'meta-llama/Llama-3.1-405B',
        tokens: 15.6e12,
        gpu: 'h100-sxm-80gb',
        usdPerGpuHour: 2,
        mfu: 0.35,
      },
      value: 61.68e6,
      tolerance: 0.05,
    },
  ],
  prices: ({ gpu, usdPerGpuHour }) =>
    usdPerGpuHour === undefined ? [{ kind: 'gpu', gpu, pricing: 'on-demand' }] : [],
  compute(
    { model, config, tokens, gpu: gpuId, usdPerGpuHour: given, mfu, arithmetic, sequenceTokens },
    facts,
  ) {
    const subject = subjectOf({ model, config }, facts)
    const { gpu, flopPerSecond } = peakOf(gpuId, arithmetic, facts)
    const utilisation = mfu ?? utilisationSpread.p50
    const terms = hourTerms({ subject, tokens: tokensOf(tokens), sequenceTokens, flopPerSecond, utilisation })
    const hours = group('GPU hours', 'GPU hour', terms)
    const flop = terms[0]?.value ?? 0
    const prices = pricesOf(given, gpuId, facts)
    const assumptions = runAssumptions(mfu, subject)
    const gpuSource: Source = { title: `${gpu.name}: ${gpu.source}`, date: gpu.checkedOn }
    if (prices === null) {
      return {
        result: { usd: null, gpuHours: hours.value, flop, usdPerGpuHour: null, sellerCount: 0 },
        value: null,
        unit: 'USD',
        breakdown: [],
        assumptions: [...assumptions, unpriced(gpu.id)],
        sources: [gpuSource],
      }
    }
    const { usdPerGpuHour } = prices
    const breakdown = product(hours, { name: 'price', value: usdPerGpuHour, unit: 'USD/GPU hour' })
    const usd = evaluate(breakdown)
    const utilisations = mfu === undefined ? publishedUtilisations : [mfu]
    return {
      result: {
        usd,
        gpuHours: hours.value,
        flop,
        usdPerGpuHour,
        sellerCount: given === undefined ? prices.all.length : 0,
      },
      value: usd,
      unit: 'USD',
      breakdown,
      interval: costInterval({ usd, usdPerGpuHour, utilisation, prices: prices.all, utilisations }),
      assumptions: [...assumptions, ...priceAssumptions(given, prices, mfu)],
      sources: [...(mfu === undefined ? [utilisationSource] : []), ...prices.sources, gpuSource],
    }
  },
})

const unpriced = (gpu: string): Assumption => ({
  field: 'usdPerGpuHour',
  value: null,
  unit: 'USD/GPU hour',
  because: `No seller's on-demand price of ${gpu} is known here; give usdPerGpuHour.`,
})

function priceAssumptions(given: number | undefined, prices: Prices, mfu: number | undefined): Assumption[] {
  if (given === undefined) {
    return [
      {
        field: 'usdPerGpuHour',
        value: prices.usdPerGpuHour,
        unit: 'USD/GPU hour',
        because: `The median of ${prices.all.length} sellers' cheapest on-demand prices; their spread is in the interval.`,
      },
    ]
  }
  return mfu === undefined
    ? []
    : [
        {
          field: 'interval',
          value: null,
          unit: null,
          because: 'Price and utilisation were given, so no published spread applies.',
        },
      ]
}
