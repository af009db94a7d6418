import { bookedGpuPrice, bookedTokenPrices, gpuMarket, tokenMarket } from '../../compare/booked-price.ts'
import type { Facts } from '../../facts.ts'
import { spread } from '../../prices/token-market.ts'
import type { Stated } from './figure.ts'

/** A month's mix at a prompt of this length: list prices without the tiers of long prompts. */
const tokensPerRequest = 1000

interface TokenQuestion {
  readonly model?: string | undefined
  readonly seller?: string | undefined
  readonly outputRatio: number
  readonly cachedInputRatio: number
}

/** What a seller asks for a model, and how much dearer the middle of all sellers is. */
export interface MarketTokens {
  readonly usdPerMillionInput: Stated
  readonly usdPerMillionOutput: Stated
  readonly usdPerMillionCachedInput: Stated | null
  /** The middle seller's price over this one's; null where the seller was named or is alone. */
  readonly middleRatio: number | null
}

/** Prices of the price book for a model that somebody named; null where no model was named or no seller has it. */
export function marketTokens(
  { model, seller, outputRatio, cachedInputRatio }: TokenQuestion,
  facts: Facts,
): MarketTokens | null {
  if (model === undefined) return null
  const question = {
    model,
    seller,
    day: facts.asOf,
    traffic: {
      inputTokensPerRequest: tokensPerRequest * (1 - outputRatio),
      outputTokensPerRequest: tokensPerRequest * outputRatio,
      cachedInputRatio,
    },
  }
  const booked = bookedTokenPrices(question, facts)
  if ('missing' in booked) return null
  const { origin } = booked
  const stated = (value: number): Stated => ({
    value,
    low: null,
    high: null,
    because: `${origin.what} at ${origin.seller}, checked on ${origin.checkedOn}${origin.isStale ? ', stale' : ''}; `,
    facts: [],
    source: origin.source,
  })
  const market = tokenMarket(question, facts)
  const own = market.find((price) => price.seller === origin.seller)?.usd
  const median = spread(market)?.median
  const cached = booked.usdPerMillionCachedInput
  return {
    usdPerMillionInput: stated(booked.usdPerMillionInput),
    usdPerMillionOutput: stated(booked.usdPerMillionOutput),
    usdPerMillionCachedInput: cached === null ? null : stated(cached),
    middleRatio:
      seller !== undefined || own === undefined || median === undefined || median <= own || own === 0
        ? null
        : median / own,
  }
}

/** The cheapest rent on demand of the price book, up to that of the middle seller; null where nobody rents the GPU out. */
export function marketRent(gpu: string, gpuCount: number, facts: Facts): Stated | null {
  const question = {
    gpu,
    pricing: 'on-demand' as const,
    seller: undefined,
    day: facts.asOf,
    gpusPerReplica: Math.min(gpuCount, 8),
  }
  const booked = bookedGpuPrice(question, facts)
  if ('missing' in booked) return null
  const median = spread(gpuMarket(question, facts))?.median ?? booked.usdPerGpuHour
  return {
    value: booked.usdPerGpuHour,
    low: booked.usdPerGpuHour,
    high: Math.max(median, booked.usdPerGpuHour),
    because: `${booked.because} Checked on ${booked.origin.checkedOn}${booked.origin.isStale ? ', stale' : ''}; the high end is the middle of all sellers; `,
    facts: [],
    source: booked.origin.source,
  }
}
