import { z } from 'zod'
import { decimalText, isoDate, type MeterPrice, type ServiceTier } from '../../model/offers.ts'
import { quantisationIn, regionIn } from '../../model/prices/served-name.ts'
import { type FoundTokenOffer, type Importer, type Publisher, sourceIn, undated } from './importer.ts'
import { meterPrice } from './meter.ts'
import { readJson } from './read.ts'
import { kindOf, tokenSeller } from './seller.ts'

const publisher: Publisher = {
  id: 'models-dev',
  title: 'models.dev',
  repository: 'https://github.com/anomalyco/models.dev',
  commit: 'f3fc69229967',
  observedAt: '2026-07-02',
  licence: 'MIT',
}
const path = 'models-dev/api.json'

/** USD per million tokens. */
const unitSize = 1_000_000

const Tier = z.object({ tier: z.object({ size: z.coerce.number().int().positive() }) }).catchall(decimalText)
const Cost = z.object({ tiers: z.array(Tier).optional() }).catchall(decimalText)
type Cost = z.output<typeof Cost>

const Mode = z.object({
  cost: Cost.optional(),
  provider: z.object({ body: z.object({ service_tier: z.string().optional() }).optional() }).optional(),
})

const Model = z.object({
  open_weights: z.boolean(),
  base_model: z.string().optional(),
  status: z.string().optional(),
  release_date: z.string(),
  cost: Cost.optional(),
  experimental: z.object({ modes: z.record(z.string(), Mode).optional() }).optional(),
})
type Model = z.output<typeof Model>

const ModelsDev = z.record(
  z.string(),
  z.object({ npm: z.string().optional(), models: z.record(z.string(), Model) }),
)

const meterNames: Readonly<Record<string, string>> = {
  cache_read: 'cache-read',
  cache_write: 'cache-write',
  input_audio: 'input-audio',
  output_audio: 'output-audio',
}

/** A tier of models.dev begins above its size (`context_over_200k` in the site's own form) and prices the request. */
function metersOf({ tiers = [], ...base }: Cost, zeroIsPrice: boolean): MeterPrice[] {
  const sorted = tiers.toSorted((a, b) => a.tier.size - b.tier.size)
  return Object.entries(base).flatMap(([name, amount]) => {
    const meter = meterNames[name] ?? name
    const own = sorted.flatMap(({ tier, ...prices }) => {
      const above = prices[name]
      return above === undefined ? [] : [{ tierFrom: tier.size, amount: above }]
    })
    return [{ tierFrom: 0, amount }, ...own].map((step, index) =>
      meterPrice({
        meter,
        unitSize,
        zeroIsPrice,
        ...step,
        tierTo: own[index]?.tierFrom ?? null,
      }),
    )
  })
}

/** The kit that a seller's interface speaks says how it counts cached tokens. */
const cachedTokensReported = (npm: string | undefined): 'inside' | 'outside' | null => {
  if (npm === undefined) return null
  return npm.includes('anthropic') ? 'outside' : npm.includes('openai') ? 'inside' : null
}

export const modelsDev: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const sellers = readJson(upstream, path, ModelsDev)
    const tokenOffers = Object.entries(sellers).flatMap(([name, { npm, models }]) =>
      Object.entries(models).flatMap(([servedModel, model]) =>
        offersOf(tokenSeller(name), servedModel, model, cachedTokensReported(npm)),
      ),
    )
    return { tokenOffers }
  },
}

function offersOf(
  seller: string,
  servedModel: string,
  model: Model,
  cachedTokensReported: 'inside' | 'outside' | null,
): FoundTokenOffer[] {
  const modes = Object.entries(model.experimental?.modes ?? {}).map(([mode, { cost, provider }]) => ({
    cost,
    serviceTier: serviceTierOf(mode, provider?.body?.service_tier),
  }))
  const lists: { cost: Cost | undefined; serviceTier: ServiceTier }[] = [
    { cost: model.cost, serviceTier: 'standard' },
    ...modes,
  ]
  return lists.flatMap(({ cost, serviceTier }) => {
    if (cost === undefined) return []
    const isZero = Number(cost.input) === 0 && Number(cost.output) === 0
    const kind = kindOf(seller, { isZero })
    const source = sourceIn(publisher, path)
    const region = regionIn(servedModel)
    const offer: FoundTokenOffer = {
      seller,
      servedModel,
      modelLink: model.base_model ?? null,
      openWeights: model.open_weights,
      releasedOn: isoDate.safeParse(model.release_date).data ?? null,
      kind,
      serviceTier,
      regionScope: region === null || region === 'global' ? 'global' : 'geo',
      region,
      quantisation: quantisationIn(servedModel),
      window: null,
      cachedTokensReported,
      deprecated: model.status === 'deprecated',
      meters: metersOf(cost, isZero),
      currency: 'USD',
      ...undated(source),
      source,
    }
    return [offer]
  })
}

const serviceTierOf = (mode: string, serviceTier: string | undefined): ServiceTier =>
  serviceTier === 'priority' || serviceTier === 'flex' ? serviceTier : mode === 'batch' ? 'batch' : 'fast'
