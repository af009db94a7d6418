import { z } from 'zod'
import { decimalText, type MeterPrice, type ServiceTier } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import {
  type FoundTokenOffer,
  type Importer,
  type Publisher,
  type Quarantined,
  sourceIn,
} from './importer.ts'
import { meterPrice } from './meter.ts'
import { readJson } from './read.ts'
import { kindOf, portkeySeller, saysFree } from './seller.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'portkey',
  title: 'Portkey models',
  repository: 'https://github.com/Portkey-AI/models',
  commit: 'f654307ec968',
  observedAt: '2026-08-21',
  licence: 'MIT',
}
const folder = 'portkey-models'

/** US cents for one unit are US dollars for a hundred. */
const unitSize = 100

const Price = z.object({ price: decimalText })
const PayAsYouGo = z
  .object({
    additional_units: z.record(z.string(), Price).optional(),
    image: z.record(z.string(), z.record(z.string(), Price)).optional(),
  })
  .catchall(Price)
type PayAsYouGo = z.output<typeof PayAsYouGo>

const Config = z.object({
  currency: z.string().optional(),
  pay_as_you_go: PayAsYouGo.optional(),
  batch_config: PayAsYouGo.optional(),
})

const Mode = z.object({
  pricing_config: Config.optional(),
  context_tiers: z.record(z.string(), z.object({ pricing_config: Config })).optional(),
})
type Mode = z.output<typeof Mode>

const serviceTiers = ['standard', 'batch', 'flex', 'priority', 'fast'] as const
const Custom = z.object({
  /** Where each context tier begins, and its name. */
  context_tier_map: z.record(z.string(), z.string()).optional(),
  regions: z.record(z.string(), z.object({ execution_modes: z.partialRecord(z.enum(serviceTiers), Mode) })),
})

const Model = z.object({ pricing_config: Config.nullish(), custom_pricing: Custom.optional() })
type Model = z.output<typeof Model>
const File = z.record(z.string(), Model)

const meterNames: Readonly<Record<string, string>> = {
  request_token: 'input',
  response_token: 'output',
  reasoning_token: 'reasoning',
  cache_read_input_token: 'cache-read',
  cache_write_input_token: 'cache-write',
  cache_write_1h: 'cache-write-1h',
  request_audio_token: 'input-audio',
  response_audio_token: 'output-audio',
  cache_read_audio_input_token: 'cache-read-audio',
  request_image_token: 'input-image',
  response_image_token: 'output-image',
  cache_read_image_input_token: 'cache-read-image',
  output_video_token: 'output-video',
  web_search: 'web-search',
  file_search: 'file-search',
}

/** Every printed price by its meter; settings that stand among the prices are none. */
function printedIn({ additional_units = {}, image = {}, ...tokens }: PayAsYouGo): Map<string, string> {
  const images = Object.entries(image).flatMap(([quality, sizes]) =>
    Object.entries(sizes).map(([size, price]) => [`image.${quality}.${size}`, price] as const),
  )
  const units = Object.entries(additional_units).filter(([name]) => !name.startsWith('default_'))
  return new Map(
    [...Object.entries(tokens), ...units, ...images].map(([name, { price }]) => [
      name === 'image.default.default' ? 'image' : (meterNames[name] ?? name),
      price,
    ]),
  )
}

interface Step {
  readonly from: number
  readonly prices: ReadonlyMap<string, string>
}

/** A tier begins above its boundary: its name is `gt-272k`, that of the one below `lte-272k`. */
const metersOf = (steps: readonly Step[]): MeterPrice[] =>
  [...new Set(steps.flatMap(({ prices }) => [...prices.keys()]))].flatMap((meter) => {
    const own = steps.flatMap(({ from, prices }) => {
      const amount = prices.get(meter)
      return amount === undefined ? [] : [{ tierFrom: from, amount }]
    })
    const distinct = own.filter(({ amount }, index) => amount !== own[index - 1]?.amount)
    return distinct.map((step, index) =>
      meterPrice({ meter, unitSize, ...step, tierTo: distinct[index + 1]?.tierFrom ?? null }),
    )
  })

function stepsOf({ pricing_config, context_tiers }: Mode, tierMap: Readonly<Record<string, string>>): Step[] {
  const flat = pricing_config?.pay_as_you_go
  if (flat) return [{ from: 0, prices: printedIn(flat) }]
  return Object.entries(tierMap)
    .map(([from, name]) => ({
      from: Number(from),
      prices: printedIn(context_tiers?.[name]?.pricing_config.pay_as_you_go ?? {}),
    }))
    .toSorted((a, b) => a.from - b.from)
}

interface PriceList {
  readonly serviceTier: ServiceTier
  readonly region: string | null
  readonly steps: readonly Step[]
}

const flat = (prices: PayAsYouGo | undefined): Step[] =>
  prices === undefined ? [] : [{ from: 0, prices: printedIn(prices) }]

/** The lists of a model: by region and mode where the file gives them so, else the plain one and its batch. */
function listsOf({ pricing_config, custom_pricing }: Model): PriceList[] {
  const custom = Object.entries(custom_pricing?.regions ?? {}).flatMap(([regions, { execution_modes }]) =>
    regions.split(',').flatMap((region) =>
      Object.entries(execution_modes).map(([mode, prices]) => ({
        serviceTier: mode as ServiceTier,
        region: region === 'default' || region === 'global' ? null : region,
        steps: stepsOf(prices, custom_pricing?.context_tier_map ?? {}),
      })),
    ),
  )
  const has = (serviceTier: ServiceTier) =>
    custom.some((list) => list.region === null && list.serviceTier === serviceTier && list.steps.length > 0)
  const plain: PriceList[] = [
    { serviceTier: 'standard', region: null, steps: flat(pricing_config?.pay_as_you_go) },
    { serviceTier: 'batch', region: null, steps: flat(pricing_config?.batch_config) },
  ]
  return [...plain.filter(({ serviceTier }) => !has(serviceTier)), ...custom].filter(({ steps }) =>
    steps.some(({ prices }) => prices.size > 0),
  )
}

export const portkey: Importer = {
  publisher,
  paths: [folder],
  run(upstream) {
    const found = upstream.list(folder).map((file) => offersIn(file, upstream))
    return {
      tokenOffers: found.flatMap(({ tokenOffers }) => tokenOffers),
      quarantined: found.flatMap(({ quarantined }) => quarantined),
    }
  },
}

function offersIn(file: string, upstream: Parameters<Importer['run']>[0]) {
  const path = `${folder}/${file}`
  const seller = portkeySeller(file.replace(/\.json$/, ''))
  const source = sourceIn(publisher, path)
  const tokenOffers: FoundTokenOffer[] = []
  const quarantined: Quarantined[] = []
  for (const [servedModel, model] of Object.entries(readJson(upstream, path, File))) {
    if (servedModel === 'default') continue
    const lists = listsOf(model)
    const amounts = lists.flatMap(({ steps }) => steps.flatMap(({ prices }) => [...prices.values()]))
    const isZero = amounts.every((amount) => Number(amount) === 0)
    if (isZero && amounts.length > 0 && !saysFree(servedModel)) {
      quarantined.push({
        source: publisher.id,
        path,
        record: servedModel,
        reason: 'Its prices are zero, and nothing says that it is free or part of a subscription.',
      })
      continue
    }
    const bySlot = groupBy(lists, ({ serviceTier, region }) => `${serviceTier}|${region}`)
    for (const [list] of bySlot.values()) {
      const meters = list === undefined ? [] : metersOf(list.steps)
      if (list === undefined || meters.length === 0) continue
      tokenOffers.push(
        tokenOffer({
          seller,
          servedModel,
          kind: kindOf(seller, { isZero }),
          serviceTier: list.serviceTier,
          region: list.region,
          currency: model.pricing_config?.currency ?? 'USD',
          meters,
          source,
        }),
      )
    }
  }
  return { tokenOffers, quarantined }
}
