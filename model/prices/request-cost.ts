import type { MeterPrice } from '../offers.ts'
import { TOKENS_PER_MILLION } from '../units.ts'
import { type PricedTokens, tokensByTier } from './tier.ts'

/** The tokens of a request, or of many alike: cached tokens are part of the input. */
export interface TokenMix {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens: number
  /** Length of one whole prompt, cached part included: it selects the tier. */
  readonly promptTokens: number
}

/** One line of what a mix costs. */
interface TokenLine {
  readonly name: string
  readonly meter: string
  readonly tokens: number
  readonly usdPerMillionTokens: number
}

/** What a mix costs, or which meter has no price. */
export type MixCost<Price extends MeterPrice> =
  | {
      readonly lines: readonly TokenLine[]
      readonly usd: number
      readonly used: readonly Price[]
      /** True where cached tokens paid the full price because the seller has no price for them. */
      readonly cachedAtFullPrice: boolean
    }
  | { readonly missingMeter: string }

/**
 * The cost of a mix of tokens.
 *
 *   usd = (input − cached) × inputPrice + cached × cacheReadPrice + output × outputPrice
 *
 * The tier is selected on the whole prompt. Cached tokens without a price of their own pay the input's: a missing
 * price is never zero.
 */
export function mixCost<Price extends MeterPrice>(meters: readonly Price[], mix: TokenMix): MixCost<Price> {
  const cacheMeter = meters.some(
    ({ meter, usdPerMillionTokens }) => meter === 'cache-read' && usdPerMillionTokens !== null,
  )
    ? 'cache-read'
    : 'input'
  const parts = [
    { name: 'input tokens, not cached', meter: 'input', tokens: mix.inputTokens - mix.cachedInputTokens },
    { name: 'input tokens from the cache', meter: cacheMeter, tokens: mix.cachedInputTokens },
    { name: 'output tokens', meter: 'output', tokens: mix.outputTokens },
  ].filter(({ tokens }) => tokens > 0)

  const lines: TokenLine[] = []
  const used: Price[] = []
  for (const { name, meter, tokens } of parts) {
    const priced = tokensByTier(meters, meter, { tokens, promptTokens: mix.promptTokens })
    if (priced.length === 0) return { missingMeter: meter }
    for (const part of priced) {
      const { usdPerMillionTokens } = part.price
      if (usdPerMillionTokens === null) return { missingMeter: meter }
      lines.push({ name: nameOf(name, part), meter, tokens: part.tokens, usdPerMillionTokens })
      used.push(part.price)
    }
  }
  const usd = lines.reduce((total, line) => total + usdOf(line), 0)
  return { lines, usd, used, cachedAtFullPrice: mix.cachedInputTokens > 0 && cacheMeter === 'input' }
}

/** USD of one line. */
const usdOf = ({ tokens, usdPerMillionTokens }: TokenLine): number =>
  (tokens * usdPerMillionTokens) / TOKENS_PER_MILLION

const nameOf = (name: string, { price }: PricedTokens<MeterPrice>): string =>
  price.tierFrom === 0 ? name : `${name}, above ${price.tierFrom} prompt tokens`
