import { z } from 'zod'
import { decimalText, type MeterPrice } from '../../model/offers.ts'
import { type Importer, type Publisher, sourceIn } from './importer.ts'
import { meterPrice } from './meter.ts'
import { readJson } from './read.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'openrouter',
  title: 'OpenRouter models, by token-tariff',
  repository: 'https://github.com/Prajwalsrinvas/token-tariff',
  commit: '77b8722',
  observedAt: '2026-08-01',
  licence: "MIT; the data is the router's public API",
}
const path = 'openrouter/models-2026-08-01.json'

/** A router that has no price of its own for a model prints -1. */
const varies = '-1'
const amount = z.union([decimalText, z.literal(varies)])
const Override = z.object({ min_prompt_tokens: z.coerce.number().int().positive() }).catchall(amount)
const Pricing = z.object({ overrides: z.array(Override).optional() }).catchall(amount)
type Pricing = z.output<typeof Pricing>
const Models = z.object({ data: z.array(z.object({ id: z.string(), pricing: Pricing })) })

const meterNames: Readonly<Record<string, string>> = {
  prompt: 'input',
  completion: 'output',
  internal_reasoning: 'reasoning',
  input_cache_read: 'cache-read',
  input_cache_write: 'cache-write',
  input_cache_write_1h: 'cache-write-1h',
  audio: 'input-audio',
  audio_output: 'output-audio',
  input_audio_cache: 'cache-read-audio',
  web_search: 'web-search',
}

/** USD for one unit. An override holds from its `min_prompt_tokens` on, that number included. */
function metersOf({ overrides = [], ...base }: Pricing): MeterPrice[] {
  const tiers = overrides.toSorted((a, b) => a.min_prompt_tokens - b.min_prompt_tokens)
  return Object.entries(base).flatMap(([name, price]) => {
    const steps = [
      { tierFrom: 0, amount: price },
      ...tiers.flatMap(({ min_prompt_tokens, ...prices }) => {
        const above = prices[name]
        return above === undefined ? [] : [{ tierFrom: min_prompt_tokens, amount: above }]
      }),
    ]
    return steps.map((step, index) => ({
      ...meterPrice({
        meter: meterNames[name] ?? name,
        unitSize: 1,
        ...step,
        tierTo: steps[index + 1]?.tierFrom ?? null,
      }),
      tierFromInclusive: step.tierFrom > 0,
    }))
  })
}

/** What the router asks: never a host's list price, and no word on which host answers. */
export const openRouter: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const source = sourceIn(publisher, path)
    const tokenOffers = readJson(upstream, path, Models).data.flatMap(({ id, pricing }) => {
      if (Object.values(pricing).includes(varies)) return []
      const isZero = Number(pricing.prompt) === 0 && Number(pricing.completion) === 0
      return [
        tokenOffer({
          seller: 'openrouter',
          servedModel: id,
          kind: isZero ? 'free' : 'router',
          meters: metersOf(pricing),
          source,
        }),
      ]
    })
    return { tokenOffers }
  },
}
