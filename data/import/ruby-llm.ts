import { z } from 'zod'
import { isoDate } from '../../model/offers.ts'
import { type Importer, type Publisher, sourceIn } from './importer.ts'
import { isNothing, ModelsDevCost, metersOfCost } from './models-dev-cost.ts'
import { readJson } from './read.ts'
import { kindOf, tokenSeller } from './seller.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'ruby-llm',
  title: 'RubyLLM, which carries later records of models.dev',
  repository: 'https://github.com/crmne/ruby_llm',
  commit: '723e6a2e',
  observedAt: '2026-08-19',
  licence: 'MIT',
}
const path = 'ruby-llm/models.json'

const Model = z.object({
  id: z.string(),
  created_at: z.string().nullable(),
  metadata: z.object({
    source: z.string().optional(),
    provider_id: z.string().optional(),
    open_weights: z.boolean().optional(),
    status: z.string().optional(),
    cost: ModelsDevCost.optional(),
  }),
})

/** Only the records of models.dev: the others repeat what their makers' listings say without a date. */
export const rubyLlm: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const source = sourceIn(publisher, path)
    const tokenOffers = readJson(upstream, path, z.array(Model)).flatMap(({ id, created_at, metadata }) => {
      const { source: origin, provider_id, cost, open_weights, status } = metadata
      if (origin !== 'models.dev' || provider_id === undefined || cost?.input === undefined) return []
      const seller = tokenSeller(provider_id)
      const isZero = isNothing(cost)
      return [
        tokenOffer({
          seller,
          servedModel: id,
          openWeights: open_weights ?? null,
          releasedOn: isoDate.safeParse(created_at?.slice(0, 10)).data ?? null,
          kind: kindOf(seller, { isZero }),
          deprecated: status === 'deprecated',
          meters: metersOfCost(cost),
          source,
        }),
      ]
    })
    return { tokenOffers }
  },
}
