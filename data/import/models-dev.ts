import { z } from 'zod'
import { isoDate, type ServiceTier } from '../../model/offers.ts'
import { type FoundTokenOffer, type Importer, type Publisher, sourceIn } from './importer.ts'
import { isNothing, ModelsDevCost, metersOfCost } from './models-dev-cost.ts'
import { readJson } from './read.ts'
import { kindOf, tokenSeller } from './seller.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'models-dev',
  title: 'models.dev',
  repository: 'https://github.com/anomalyco/models.dev',
  commit: 'f3fc69229967',
  observedAt: '2026-07-02',
  licence: 'MIT',
}
const path = 'models-dev/api.json'

const Mode = z.object({
  cost: ModelsDevCost.optional(),
  provider: z.object({ body: z.object({ service_tier: z.string().optional() }).optional() }).optional(),
})

const Model = z.object({
  open_weights: z.boolean(),
  base_model: z.string().optional(),
  release_date: z.string(),
  status: z.string().optional(),
  cost: ModelsDevCost.optional(),
  experimental: z.object({ modes: z.record(z.string(), Mode).optional() }).optional(),
})
type Model = z.output<typeof Model>

const Sellers = z.record(
  z.string(),
  z.object({ npm: z.string().optional(), models: z.record(z.string(), Model) }),
)

/** The kit that a seller's interface speaks says how it counts cached tokens. */
const cachedTokensReported = (npm: string | undefined): 'inside' | 'outside' | null => {
  if (npm === undefined) return null
  return npm.includes('anthropic') ? 'outside' : npm.includes('openai') ? 'inside' : null
}

export const modelsDev: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const sellers = readJson(upstream, path, Sellers)
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
  const lists: { cost: ModelsDevCost | undefined; serviceTier: ServiceTier }[] = [
    { cost: model.cost, serviceTier: 'standard' },
    ...modes,
  ]
  return lists.flatMap(({ cost, serviceTier }) => {
    if (cost === undefined) return []
    const isZero = isNothing(cost)
    return [
      tokenOffer({
        seller,
        servedModel,
        modelLink: model.base_model ?? null,
        openWeights: model.open_weights,
        releasedOn: isoDate.safeParse(model.release_date).data ?? null,
        kind: kindOf(seller, { isZero }),
        serviceTier,
        cachedTokensReported,
        deprecated: model.status === 'deprecated',
        meters: metersOfCost(cost),
        source: sourceIn(publisher, path),
      }),
    ]
  })
}

const serviceTierOf = (mode: string, serviceTier: string | undefined): ServiceTier =>
  serviceTier === 'priority' || serviceTier === 'flex' ? serviceTier : mode === 'batch' ? 'batch' : 'fast'
