import { allTokenOffers } from '../../../data/price-book.ts'
import { groupBy } from '../../../model/prices/group-by.ts'

/** Our names of meters as OpenRouter prints them. */
const printed: Readonly<Record<string, string>> = {
  input: 'prompt',
  output: 'completion',
  reasoning: 'internal_reasoning',
  'cache-read': 'input_cache_read',
  'cache-write': 'input_cache_write',
  'cache-write-1h': 'input_cache_write_1h',
  'input-audio': 'audio',
  'output-audio': 'audio_output',
  'cache-read-audio': 'input_audio_cache',
  'web-search': 'web_search',
}

export const routerAddress = 'openrouter.ai/api/v1/models'

/** The list of OpenRouter as the shipped book has it, in the router's form, with some prices of prompts replaced. */
export function routerFile(prompts: Readonly<Record<string, string>> = {}): string {
  const data = allTokenOffers()
    .filter(({ source, validUntil }) => source.id === 'openrouter' && validUntil === null)
    .map(({ servedModel, meters }) => {
      const above = groupBy(
        meters.filter(({ tierFrom }) => tierFrom > 0),
        ({ tierFrom }) => tierFrom,
      )
      const pricesOf = (own: typeof meters) =>
        Object.fromEntries(own.map(({ meter, amount }) => [printed[meter] ?? meter, amount]))
      const overrides = [...above].map(([tokens, own]) => ({ min_prompt_tokens: tokens, ...pricesOf(own) }))
      return {
        id: servedModel,
        pricing: {
          ...pricesOf(meters.filter(({ tierFrom }) => tierFrom === 0)),
          ...(prompts[servedModel] !== undefined && { prompt: prompts[servedModel] }),
          ...(overrides.length > 0 && { overrides }),
        },
      }
    })
  return JSON.stringify({ data })
}
