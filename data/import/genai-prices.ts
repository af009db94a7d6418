import { z } from 'zod'
import { decimalText, isoDate, type MeterPrice, type PriceWindow } from '../../model/offers.ts'
import { dayBefore } from '../../model/prices/age.ts'
import { checkedDays, providerFiles } from './genai-checked.ts'
import { type FoundTokenOffer, type Importer, type Publisher, sourceIn, undated } from './importer.ts'
import { meterPrice } from './meter.ts'
import { readJson } from './read.ts'
import { kindOf, tokenSeller } from './seller.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'genai-prices',
  title: 'genai-prices',
  repository: 'https://github.com/pydantic/genai-prices',
  commit: '47df840a5ab1',
  observedAt: '2026-08-21',
  licence: 'MIT',
}
const path = 'genai-prices/data.v2.json'

const Tiered = z.object({
  base: decimalText,
  tiers: z.array(z.object({ start: z.coerce.number().int().positive(), price: decimalText })),
})
const Prices = z.record(z.string(), z.union([decimalText, Tiered]))
type Prices = z.output<typeof Prices>

const Constraint = z.union([
  z.strictObject({ start_date: isoDate }),
  z.strictObject({ start_time: z.string(), end_time: z.string() }),
])
const Dated = z.object({ constraint: Constraint.optional(), prices: Prices })
type Dated = z.output<typeof Dated>

const Model = z.object({
  id: z.string(),
  deprecated: z.boolean().optional(),
  prices: z.union([z.array(Dated), Prices]),
})

const Mapping = z.object({ path: z.union([z.string(), z.array(z.unknown())]), dest: z.string() })
const Provider = z.object({
  id: z.string(),
  models: z.array(Model),
  extractors: z.array(z.object({ mappings: z.array(Mapping) })).optional(),
})
type Provider = z.output<typeof Provider>

/** A price key says the meter and the unit: `cache_write_1h_mtok`, `web_searches_kcount`. */
const meterNames: Readonly<Record<string, string>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cache-read',
  cache_write_mtok: 'cache-write',
  cache_write_1h_mtok: 'cache-write-1h',
  input_audio_mtok: 'input-audio',
  output_audio_mtok: 'output-audio',
  cache_audio_read_mtok: 'cache-read-audio',
  input_image_mtok: 'input-image',
  output_image_mtok: 'output-image',
  cache_image_read_mtok: 'cache-read-image',
  input_video_mtok: 'input-video',
  output_video_mtok: 'output-video',
  output_reasoning_mtok: 'reasoning',
  output_citation_mtok: 'citation',
  web_searches_kcount: 'web-search',
  requests_kcount: 'request',
}
const unitSizeOf = (key: string): number => (key.endsWith('_kcount') ? 1000 : 1_000_000)

/** Tiers are cliffs: "applies that rate to ALL tokens of this type" (data.v2.schema.json, TieredPrices). */
function metersOf(prices: Prices): MeterPrice[] {
  return Object.entries(prices).flatMap(([key, price]) => {
    const printed = { meter: meterNames[key] ?? key, unitSize: unitSizeOf(key) }
    if (typeof price === 'string') return [meterPrice({ ...printed, amount: price })]
    const tiers = price.tiers.toSorted((a, b) => a.start - b.start)
    return [{ start: 0, price: price.base }, ...tiers].map((step, index) =>
      meterPrice({
        ...printed,
        amount: step.price,
        tierFrom: step.start,
        tierTo: tiers[index]?.start ?? null,
      }),
    )
  })
}

interface Period {
  readonly prices: Prices
  readonly from: string | null
  readonly until: string | null
  readonly window: PriceWindow | null
}

const timeOf = (time: string): string => time.replace(/Z$/, '')

/**
 * The periods of a price list. "The last active price is used" (data.v2.schema.json, ConditionalPrice): a dated
 * price ends the one before it; a price by time of day leaves the rest of the day to the unconditional one.
 */
function periodsOf(prices: readonly Dated[]): Period[] {
  const dated = prices.filter(({ constraint }) => constraint === undefined || 'start_date' in constraint)
  const timed = prices.flatMap(({ constraint, prices }) =>
    constraint !== undefined && 'start_time' in constraint
      ? [{ prices, from: timeOf(constraint.start_time), until: timeOf(constraint.end_time) }]
      : [],
  )
  const startOf = (entry: Dated | undefined): string | null =>
    entry?.constraint !== undefined && 'start_date' in entry.constraint ? entry.constraint.start_date : null
  const [window] = timed
  return [
    ...dated.map((entry, index) => ({
      prices: entry.prices,
      from: startOf(entry),
      until: startOf(dated[index + 1]),
      window: window ? { from: window.until, until: window.from, days: null } : null,
    })),
    ...timed.map(({ prices, from, until }) => ({
      prices,
      from: null,
      until: null,
      window: { from, until, days: null },
    })),
  ]
}

/** Cached tokens that are added to the input stand outside of the input that the seller reports. */
function cachedTokensReported({ extractors }: Provider): 'inside' | 'outside' | null {
  const mappings = extractors?.[0]?.mappings
  const cached = mappings?.find(({ dest }) => dest === 'cache_read_tokens')
  if (!mappings || !cached) return null
  const isAdded = mappings.some(
    ({ path, dest }) => dest === 'input_tokens' && JSON.stringify(path) === JSON.stringify(cached.path),
  )
  return isAdded ? 'outside' : 'inside'
}

export const genaiPrices: Importer = {
  publisher,
  paths: [path, providerFiles],
  run(upstream) {
    const providers = readJson(upstream, path, z.array(Provider))
    const checked = checkedDays(upstream)
    return { tokenOffers: providers.flatMap((provider) => offersOf(provider, checked)) }
  },
}

function offersOf(provider: Provider, checked: ReadonlyMap<string, string>): FoundTokenOffer[] {
  const seller = tokenSeller(provider.id)
  return provider.models.flatMap(({ id, deprecated, prices }) =>
    periodsOf(Array.isArray(prices) ? prices : [{ prices }]).flatMap((period) => {
      const printed = Object.values(period.prices)
      if (printed.length === 0) return []
      const isZero = printed.every((price) => typeof price === 'string' && Number(price) === 0)
      const source = sourceIn(publisher, path, checked.get(`${provider.id}/${id}`) ?? null)
      return [
        tokenOffer({
          seller,
          servedModel: id,
          kind: kindOf(seller, { isZero }),
          window: period.window,
          cachedTokensReported: cachedTokensReported(provider),
          deprecated: deprecated === true,
          meters: metersOf(period.prices),
          ...datesOf(period, source),
          source,
        }),
      ]
    }),
  )
}

/** A price that the publisher ends but does not begin is bounded later, by the release of its model. */
const datesOf = ({ from, until }: Period, source: FoundTokenOffer['source']) =>
  from === null
    ? { ...undated(source), ...(until !== null && { validFrom: dayBefore(until) }), validUntil: until }
    : ({ validFrom: from, validFromBasis: 'stated', validUntil: until } as const)
