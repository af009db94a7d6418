import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import type { GpuPricing, OfferSource } from '../offers.ts'
import { checkedOn, isStale } from '../prices/age.ts'
import { firstDay } from '../prices/day.ts'
import { cheapestBySeller, type GpuListing, gpuListings } from '../prices/gpu-market.ts'
import type { ListedMeter } from '../prices/listing.ts'
import { disputedPrice, noDataBefore, priceSource } from '../prices/price-answer.ts'
import { mixCost } from '../prices/request-cost.ts'
import { tokensByTier } from '../prices/tier.ts'
import { type SellerPrice, sellerPrices, standardPrice } from '../prices/token-market.ts'
import { isOwn, isOwnRate } from '../prices/trust.ts'
import { didYouMean, quote } from '../problem.ts'
import type { Source } from '../source.ts'
import type { Traffic } from '../workload/traffic.ts'

/** Where a price stands and how old it is. */
export interface PriceOrigin {
  readonly seller: string
  /** What the seller calls it: a served model, or an instance. */
  readonly what: string
  readonly checkedOn: string
  readonly isStale: boolean
  readonly source: Source
}

export type Booked<Price> = (Price & { readonly origin: PriceOrigin }) | { readonly missing: string }

const originOf = (seller: string, what: string, source: OfferSource, asOf: string): PriceOrigin => ({
  seller,
  what,
  checkedOn: checkedOn(source),
  isStale: isStale(source, asOf),
  source: priceSource(source),
})

/** What of a month of traffic the price of a token hangs on. */
type Mix = Pick<Traffic, 'inputTokensPerRequest' | 'outputTokensPerRequest' | 'cachedInputRatio'>

/** What every seller asks for the mix of one mean request, the cheapest first. */
export function tokenMarket(
  { model, day, traffic }: { model: string; day: string; traffic: Mix },
  facts: Facts,
): SellerPrice[] {
  const { inputTokensPerRequest, outputTokensPerRequest, cachedInputRatio } = traffic
  const mix = {
    inputTokens: inputTokensPerRequest,
    outputTokens: outputTokensPerRequest,
    cachedInputTokens: inputTokensPerRequest * cachedInputRatio,
    promptTokens: inputTokensPerRequest,
  }
  return sellerPrices(
    facts.tokenOffers({ kind: 'token', model }),
    { day, serviceTier: 'standard', name: model },
    ({ meters }) => {
      const cost = mixCost(meters, mix)
      return 'usd' in cost ? cost.usd : null
    },
  )
}

interface TokenPrices {
  readonly usdPerMillionInput: number
  /** Null where no source states one. */
  readonly usdPerMillionCachedInput: number | null
  readonly usdPerMillionOutput: number
  /** Prompts of other lengths have other prices. */
  readonly hasTiers: boolean
  /** What public sources say, where a price list of one's own says otherwise. */
  readonly besidePublic: readonly Assumption[]
}

/** The prices of one seller, or of the one that stands for the model, at the tier of a mean prompt. */
export function bookedTokenPrices(
  question: { model: string; seller: string | undefined; day: string; traffic: Mix },
  facts: Facts,
): Booked<TokenPrices> {
  const { model, seller, day, traffic } = question
  const market = tokenMarket(question, facts)
  const asked = seller?.toLowerCase()
  const chosen = standardPrice(
    asked === undefined ? market : market.filter((price) => price.seller === asked),
  )
  if (!chosen) {
    const where = seller === undefined ? 'any seller' : quote(seller)
    const sellers = market.map((price) => price.seller)
    const others =
      sellers.length > 0
        ? `${didYouMean(seller ?? '', sellers)} Sellers with one: ${sellers.join(', ')}.`
        : ''
    const early = noDataBefore(firstDay(facts.tokenOffers({ kind: 'token', model })), day, quote(model))
    if (early !== null) return { missing: `the price book has ${early}` }
    return { missing: `the price book has no price of ${quote(model)} from ${where} on ${day}.${others}` }
  }
  const { offer, meters, disputes } = chosen.listing
  const prompt = traffic.inputTokensPerRequest
  const input = effectivePrice(meters, 'input', prompt)
  const output = effectivePrice(meters, 'output', prompt)
  return {
    usdPerMillionInput: input ?? 0,
    usdPerMillionOutput: output ?? 0,
    usdPerMillionCachedInput: effectivePrice(meters, 'cache-read', prompt),
    hasTiers: meters.some(({ tierFrom }) => tierFrom > 0),
    besidePublic: isOwn(offer.source) ? disputedPrice(disputes) : [],
    origin: originOf(chosen.seller, offer.servedModel, offer.source, facts.asOf),
  }
}

/** The mean price of a token of one meter, where a prompt of this length passes through tiers. */
function effectivePrice(meters: readonly ListedMeter[], meter: string, promptTokens: number): number | null {
  const parts = tokensByTier(meters, meter, { tokens: 1, promptTokens })
  if (parts.length === 0) return null
  return parts.reduce<number | null>((sum, { price, tokens }) => {
    const { usdPerMillionTokens: usd } = price
    return sum === null || usd === null ? null : sum + usd * tokens
  }, 0)
}

/** How an option's pricing is called in the price book. */
export const bookedPricings = {
  'on-demand': 'on-demand',
  spot: 'spot',
  committed: 'reserved',
} as const satisfies Record<string, GpuPricing>

/** Machines with so many GPUs have the links by which several of them serve one replica. */
const linkedGpuCount = 8

/** A replica lives inside one machine, or fills several whole ones of eight GPUs or more. */
const holdsReplica = (gpuCount: number, gpusPerReplica: number): boolean =>
  Number.isInteger(gpuCount) &&
  (gpuCount >= gpusPerReplica || (gpuCount >= linkedGpuCount && gpusPerReplica % gpuCount === 0))

export interface GpuPriceQuestion {
  /** As the query of the price book names it. */
  readonly gpu: string
  readonly pricing: keyof typeof bookedPricings
  readonly seller: string | undefined
  readonly day: string
  readonly gpusPerReplica: number
}

/**
 * The cheapest listing of each seller, the cheapest first: of machines that hold a replica, or else by the GPU.
 * Sellers that print the price of one GPU sell machines of several, at a price that they rarely print.
 */
export function gpuMarket({ gpu, day, ...question }: GpuPriceQuestion, facts: Facts): GpuListing[] {
  const pricing = bookedPricings[question.pricing]
  const asked = question.seller?.toLowerCase()
  const listings = gpuListings(facts.gpuOffers({ kind: 'gpu', gpu, pricing }), { day, pricing }).filter(
    ({ offer }) => asked === undefined || offer.seller === asked,
  )
  const machines = cheapestBySeller(
    listings.filter(({ offer }) => holdsReplica(offer.gpuCount, question.gpusPerReplica)),
  )
  const withMachine = new Set(machines.map(({ offer }) => offer.seller))
  const single = cheapestBySeller(
    listings.filter(({ offer }) => offer.gpuCount === 1 && !withMachine.has(offer.seller)),
  )
  return [...machines, ...single].toSorted((a, b) => a.usd - b.usd)
}

/** The cheapest price of one seller, or of all that print the price of a machine that is large enough. */
export function bookedGpuPrice(
  question: GpuPriceQuestion,
  facts: Facts,
): Booked<{ readonly usdPerGpuHour: number; readonly gpusPerInstance: number; readonly because: string }> {
  const { gpu, seller, day, gpusPerReplica, pricing } = question
  const all = gpuMarket(question, facts)
  const contracted = all.filter(({ offer }) => isOwnRate(offer.source))
  const market = contracted.length > 0 ? contracted : all
  const isMachine = ({ offer }: GpuListing): boolean => holdsReplica(offer.gpuCount, gpusPerReplica)
  const chosen = market.find(isMachine) ?? market[0]
  if (!chosen) {
    const where = seller === undefined ? 'any seller' : quote(seller)
    const offers = facts.gpuOffers({ kind: 'gpu', gpu, pricing: bookedPricings[pricing] })
    const early = noDataBefore(firstDay(offers), day, `${pricing} ${gpu}`)
    if (early !== null) return { missing: `the price book has ${early}` }
    return { missing: `the price book has no ${pricing} price of ${gpu} from ${where} on ${day}.` }
  }
  const { offer, usd } = chosen
  const byTheGpu = `Priced by the single GPU: ${gpusPerReplica} of them in one machine are taken to cost ${gpusPerReplica} times as much.`
  return {
    usdPerGpuHour: usd,
    gpusPerInstance: isMachine(chosen) ? offer.gpuCount : gpusPerReplica,
    because: isMachine(chosen) ? `${offer.instance} at ${offer.seller}.` : byTheGpu,
    origin: originOf(offer.seller, offer.instance, offer.source, facts.asOf),
  }
}
