import { z } from 'zod'
import { decimalText, isoDate, type MeterPrice, type ServiceTier } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import {
  type FoundTokenOffer,
  type Importer,
  type Publisher,
  type Quarantined,
  sourceIn,
} from './importer.ts'
import { placedKey } from './litellm-key.ts'
import { meterPrice } from './meter.ts'
import { readJson } from './read.ts'
import { kindOf, litellmSeller, saysFree } from './seller.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'litellm',
  title: 'LiteLLM model prices',
  repository: 'https://github.com/BerriAI/litellm',
  commit: '77b8722',
  observedAt: '2026-08-01',
  licence: 'MIT',
}
const path = 'litellm/model_prices_and_context_window.json'

const Model = z.looseObject({
  litellm_provider: z.string().optional(),
  deprecation_date: z.string().optional(),
})
const Prices = z.record(z.string(), Model)

/** A name of a cost, in parts: what is counted, above which prompt, at which service tier. */
const costName =
  /^(?<base>.+?_cost(?:_.+?)??)(?:_above_(?<thousands>\d+)k_tokens)?(?:_(?<tier>priority|flex|batches))?$/

const meterNames: Readonly<Record<string, string>> = {
  input_cost_per_token: 'input',
  output_cost_per_token: 'output',
  output_cost_per_reasoning_token: 'reasoning',
  cache_read_input_token_cost: 'cache-read',
  cache_creation_input_token_cost: 'cache-write',
  cache_creation_input_token_cost_above_1hr: 'cache-write-1h',
  input_cost_per_audio_token: 'input-audio',
  output_cost_per_audio_token: 'output-audio',
  cache_read_input_audio_token_cost: 'cache-read-audio',
  cache_creation_input_audio_token_cost: 'cache-write-audio',
  input_cost_per_image_token: 'input-image',
  output_cost_per_image_token: 'output-image',
  output_cost_per_video_token: 'output-video',
  citation_cost_per_token: 'citation',
  output_cost_per_image: 'image',
  input_cost_per_request: 'request',
  input_cost_per_query: 'query',
  input_cost_per_character: 'character',
  ocr_cost_per_page: 'page',
  output_cost_per_video_per_second: 'video-second',
  code_interpreter_cost_per_session: 'code-session',
}
const serviceTiers: Readonly<Record<string, ServiceTier>> = {
  priority: 'priority',
  flex: 'flex',
  batches: 'batch',
}
const tokensPerThousand = 1000

interface Cost {
  readonly meter: string
  readonly serviceTier: ServiceTier
  readonly tierFrom: number
  readonly amount: string
}

/** Every cost of a record; one with parts, as that of a search by context size, becomes a meter for each part. */
function costsOf(model: z.output<typeof Model>): Cost[] {
  return Object.entries(model).flatMap(([name, value]) => {
    const parts = costName.exec(name)?.groups
    if (!parts || value === null) return []
    const { base = '', thousands, tier } = parts
    const place = {
      serviceTier: serviceTiers[tier ?? ''] ?? 'standard',
      tierFrom: Number(thousands ?? 0) * tokensPerThousand,
    } as const
    const meter = meterNames[base] ?? base
    const amounts = typeof value === 'object' ? Object.entries(value) : [[null, value] as const]
    return amounts.flatMap(([part, amount]) => {
      const printed = decimalText.safeParse(amount)
      return printed.success
        ? [{ ...place, meter: part === null ? meter : `${meter}.${part}`, amount: printed.data }]
        : []
    })
  })
}

/** USD for one token. A tier begins above its boundary, as LiteLLM compares it. */
const metersOf = (costs: readonly Cost[]): MeterPrice[] =>
  [...groupBy(costs, ({ meter }) => meter).values()].flatMap((own) => {
    const steps = own.toSorted((a, b) => a.tierFrom - b.tierFrom)
    if (steps[0]?.tierFrom !== 0) return []
    return steps.map(({ meter, amount, tierFrom }, index) =>
      meterPrice({ meter, amount, unitSize: 1, tierFrom, tierTo: steps[index + 1]?.tierFrom ?? null }),
    )
  })

export const litellm: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const tokenOffers: FoundTokenOffer[] = []
    const quarantined: Quarantined[] = []
    const source = sourceIn(publisher, path)
    for (const [key, model] of Object.entries(readJson(upstream, path, Prices))) {
      const { litellm_provider: provider, deprecation_date } = model
      if (provider === undefined || key === 'sample_spec') continue
      const seller = litellmSeller(provider)
      const { servedModel, region, isCommitted } = placedKey(key, provider)
      const costs = costsOf(model)
      const isZero = costs.every(({ amount }) => Number(amount) === 0)
      const kind = kindOf(seller, { isZero: isZero && saysFree(servedModel) })
      if (isZero && costs.length > 0 && kind !== 'subscription' && kind !== 'free') {
        quarantined.push({
          source: publisher.id,
          path,
          record: key,
          reason: 'Its prices are zero, and nothing says that it is free or part of a subscription.',
        })
        continue
      }
      for (const [serviceTier, own] of groupBy(costs, (cost) => cost.serviceTier)) {
        const meters = metersOf(own)
        if (meters.length === 0) continue
        const ends = isoDate.safeParse(deprecation_date)
        tokenOffers.push(
          tokenOffer({
            seller,
            servedModel,
            region,
            kind,
            serviceTier: isCommitted ? 'provisioned' : serviceTier,
            deprecated: ends.success && ends.data <= publisher.observedAt,
            meters,
            source,
          }),
        )
      }
    }
    return { tokenOffers, quarantined }
  },
}
