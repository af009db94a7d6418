import { z } from 'zod'
import { divideBy } from './breakdown.ts'
import { type Assumption, type Computed, calculation } from './calculation.ts'
import type { Facts } from './facts.ts'
import { GpuField, gpuOf } from './gpu-field.ts'
import { gpuPricings, type OfferKind, type OfferSource } from './offers.ts'
import { checkedOn, isStale } from './prices/age.ts'
import { cheapestBySeller, gpuListings } from './prices/gpu-market.ts'
import { expectMeter, expectRegion } from './prices/known-place.ts'
import { market, offersOf } from './prices/market.ts'
import { priceListQuery, withOwnPrices } from './prices/own/with-own-prices.ts'
import { noPriceOn, priceSource, stalePrice } from './prices/price-answer.ts'
import {
  AsOfField,
  PricedModelField,
  PriceListField,
  RegionField,
  ServiceTierField,
  tokenCount,
} from './prices/price-fields.ts'
import { standing } from './prices/standing.ts'
import { tierAt } from './prices/tier.ts'
import { spread } from './prices/token-market.ts'
import { isOwn } from './prices/trust.ts'
import { invalid } from './problem.ts'
import { today } from './token-price.ts'

const Input = z.strictObject({
  model: PricedModelField.optional(),
  usdPerMillionTokens: z
    .number()
    .positive()
    .max(1e6)
    .meta({
      title: 'Quote, tokens',
      description: 'What you were quoted for the model',
      'x-unit': 'USD/million tokens',
    })
    .optional(),
  gpu: GpuField.optional(),
  usdPerGpuHour: z
    .number()
    .positive()
    .max(1e6)
    .meta({ title: 'Quote, GPU', description: 'What you were quoted for the GPU', 'x-unit': 'USD/GPU hour' })
    .optional(),
  meter: z
    .string()
    .min(1)
    .max(60)
    .default('input')
    .meta({ title: 'Meter', description: 'Which tokens: input, output, cache-read, ...' }),
  pricing: z
    .enum(gpuPricings)
    .default('on-demand')
    .meta({ title: 'Pricing', description: 'How the GPU is rented' }),
  termMonths: z
    .number()
    .int()
    .positive()
    .max(120)
    .meta({ title: 'Term', description: 'Length of the commitment', 'x-unit': 'month' })
    .optional(),
  region: RegionField.optional(),
  serviceTier: ServiceTierField,
  promptTokens: tokenCount('Prompt', 'Length of one whole prompt: it selects the tier').default(0),
  asOf: AsOfField.optional(),
  priceList: PriceListField.optional(),
})
type Input = z.output<typeof Input>

const Comparable = z.object({
  seller: z.string().meta({ title: 'Seller' }),
  name: z.string().meta({ title: 'What is sold' }),
  usd: z.number().meta({ title: 'Price', 'x-unit': 'USD' }),
  region: z.string().nullable().meta({ title: 'Region' }),
  checkedOn: z.string().meta({ title: 'Checked on' }),
  source: z.string().meta({ title: 'Source' }),
  differs: z.array(z.string()).meta({ title: 'How it differs from what was asked' }),
})
type Comparable = z.output<typeof Comparable> & { readonly observation: OfferSource }

const usd = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'USD' })

const Output = z.object({
  shareCheaper: z.number().nullable().meta({ title: 'Share of sellers that ask less', 'x-unit': 'ratio' }),
  overMedian: z.number().nullable().meta({ title: 'Quote over the median', 'x-unit': 'ratio' }),
  cheaperCount: z.number().meta({ title: 'Sellers that ask less', 'x-unit': 'count' }),
  equalCount: z.number().meta({ title: 'Sellers that ask the same', 'x-unit': 'count' }),
  dearerCount: z.number().meta({ title: 'Sellers that ask more', 'x-unit': 'count' }),
  lowest: usd('Lowest'),
  median: usd('Median'),
  highest: usd('Highest'),
  cheapest: Comparable.nullable(),
  comparables: z.array(Comparable),
  own: z.array(Comparable).meta({ title: 'What your price list says' }),
})

export const priceCheck = calculation({
  id: 'price-check',
  title: 'Is our quote good?',
  summary: 'Where a quote for tokens or for a GPU stands among the public prices of a day for the same thing',
  formula:
    'shareCheaper = sellers that ask less / sellers with a price; one price for each seller, its cheapest',
  input: Input,
  output: Output,
  sources: [],
  examples: [
    { title: 'Nobody asks more', input: { gpu: 'h100-sxm-80gb', usdPerGpuHour: 1000 }, value: 1 },
    { title: 'Nobody asks less', input: { model: 'gpt-4o', usdPerMillionTokens: 0.01 }, value: 0 },
  ],
  prices: ({ model, gpu, pricing, priceList }) => [
    ...priceListQuery(priceList),
    ...(model === undefined ? [] : [{ kind: 'token' as const, model }]),
    ...(gpu === undefined ? [] : [{ kind: 'gpu' as const, gpu, pricing }]),
  ],
  compute(input, facts) {
    const { quote, subject, unit } = quoteOf(input)
    const day = input.asOf ?? facts.asOf
    const like = subject === 'model' ? tokensLike : gpusLike
    const own =
      input.priceList === undefined
        ? []
        : like(input, day, withOwnPrices(facts, { priceList: input.priceList, day })).filter(
            ({ observation }) => isOwn(observation),
          )
    return checked({
      quote,
      comparables: like(input, day, facts),
      own,
      unit,
      day,
      wasGiven: input.asOf !== undefined,
      facts,
    })
  },
})

/** @throws InputProblem unless exactly one thing and its quote are given. */
function quoteOf({ model, usdPerMillionTokens, gpu, usdPerGpuHour }: Input) {
  if (
    model !== undefined &&
    usdPerMillionTokens !== undefined &&
    gpu === undefined &&
    usdPerGpuHour === undefined
  ) {
    return { subject: 'model', quote: usdPerMillionTokens, unit: 'USD/million tokens' } as const
  }
  if (
    gpu !== undefined &&
    usdPerGpuHour !== undefined &&
    model === undefined &&
    usdPerMillionTokens === undefined
  ) {
    return { subject: 'gpu', quote: usdPerGpuHour, unit: 'USD/GPU hour' } as const
  }
  throw invalid(
    model === undefined && gpu === undefined
      ? 'model'
      : model === undefined
        ? 'usdPerGpuHour'
        : 'usdPerMillionTokens',
    'model: give either model with usdPerMillionTokens, or gpu with usdPerGpuHour.',
  )
}

function tokensLike(
  { model = '', meter, serviceTier, region, promptTokens }: Input,
  day: string,
  facts: Facts,
): Comparable[] {
  const name = meter.trim().toLowerCase()
  const offers = offersOf(model, facts)
  expectMeter(name, offers)
  const { all } = market(
    offers,
    { day, serviceTier, region, name: model },
    ({ meters }) => tierAt(meters, name, promptTokens)?.usdPerMillionTokens ?? null,
  )
  return all.map(({ seller, listing: { offer, meters }, usd }) => {
    const observation = tierAt(meters, name, promptTokens)?.source ?? offer.source
    return {
      seller,
      name: offer.servedModel,
      usd,
      region: offer.region,
      checkedOn: checkedOn(observation),
      source: observation.id,
      observation,
      differs: [
        ...(offer.region !== null && offer.region !== region?.toLowerCase()
          ? [`only in ${offer.region}`]
          : []),
        ...(offer.quantisation === null ? [] : [`served in ${offer.quantisation}`]),
        ...(offer.kind === 'list' ? [] : [spokenKinds[offer.kind]]),
        ...(offer.window === null ? [] : [`from ${offer.window.from} to ${offer.window.until} UTC`]),
        ...staleness(observation, facts),
      ],
    }
  })
}

const spokenKinds: Readonly<Record<OfferKind, string>> = {
  list: 'a list price',
  promo: 'a promotion',
  router: "a router's price, which names no host",
  subscription: 'part of a subscription',
  free: 'free',
  estimate: 'an estimate',
}

const staleness = (source: OfferSource, facts: Facts): string[] =>
  isStale(source, facts.asOf) ? [`checked ${checkedOn(source)}, which is long ago`] : []

function gpusLike(
  { gpu: name = '', pricing, region, termMonths }: Input,
  day: string,
  facts: Facts,
): Comparable[] {
  const gpu = gpuOf(name, facts)
  const offers = facts.gpuOffers({ kind: 'gpu', gpu: name, pricing })
  expectRegion(region, offers, gpu.id)
  const listings = cheapestBySeller(gpuListings(offers, { day, pricing, region, termMonths }))
  if (listings.length === 0 && offers.length > 0) throw noPriceOn(day, `${gpu.id}, ${pricing}`, offers)
  return listings.map(({ offer, usd }) => ({
    seller: offer.seller,
    name: offer.instance,
    usd,
    region: offer.region,
    checkedOn: checkedOn(offer.source),
    source: offer.source.id,
    observation: offer.source,
    differs: [
      ...(offer.region !== null && offer.region !== region?.toLowerCase() ? [`only in ${offer.region}`] : []),
      ...(offer.gpuCount === 1 ? [] : [`in a machine of ${offer.gpuCount}`]),
      ...(offer.termMonths === null || offer.termMonths === termMonths
        ? []
        : [`for ${offer.termMonths} months`]),
      ...(offer.interconnect === null ? [] : [`linked by ${offer.interconnect}`]),
      ...staleness(offer.source, facts),
    ],
  }))
}

function checked({
  quote,
  comparables,
  own,
  unit,
  day,
  wasGiven,
  facts,
}: {
  quote: number
  comparables: readonly Comparable[]
  own: readonly Comparable[]
  unit: 'USD/million tokens' | 'USD/GPU hour'
  day: string
  wasGiven: boolean
  facts: Facts
}): Computed<z.output<typeof Output>> {
  const { cheaper, equal, dearer } = standing(
    quote,
    comparables.map(({ usd }) => usd),
  )
  const { lowest = null, median = null, highest = null } = spread(comparables) ?? {}
  const [cheapest] = comparables
  const share = comparables.length === 0 ? null : cheaper / comparables.length
  const unknown: Assumption = {
    field: 'price',
    value: null,
    unit,
    because: `No public price of the same thing is known on ${day}.`,
  }
  return {
    result: {
      shareCheaper: share,
      overMedian: median === null ? null : quote / median,
      cheaperCount: cheaper,
      equalCount: equal,
      dearerCount: dearer,
      lowest,
      median,
      highest,
      cheapest: cheapest ? shown(cheapest) : null,
      comparables: comparables.map(shown),
      own: own.map(shown),
    },
    value: share,
    unit: 'ratio',
    breakdown:
      share === null
        ? []
        : [
            { name: 'sellers that ask less', operator: 'add', value: cheaper, unit: 'count' },
            divideBy({ name: 'sellers with a price', value: comparables.length, unit: 'count' }),
          ],
    assumptions: [
      ...(wasGiven ? [] : [today(day)]),
      ...(cheapest === undefined ? [unknown] : stalePrice(cheapest.observation, facts.asOf)),
    ],
    sources: cheapest === undefined ? [] : [priceSource(cheapest.observation)],
  }
}

const shown = ({ observation: _, ...comparable }: Comparable): z.output<typeof Comparable> => comparable
