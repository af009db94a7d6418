import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { gpuOf } from '../gpu-field.ts'
import { citedCost } from '../money/server-facts.ts'
import type { PriceQuery } from '../offers.ts'
import { isOwnRate } from '../prices/trust.ts'
import { gpuMarket, tokenMarket } from './booked-price.ts'
import { staircaseOf } from './cost.ts'
import { estimatedSpeed } from './estimated-speed.ts'
import type { OptionField } from './option-fields.ts'
import { type PricingContext, priceOption } from './price-option.ts'
import { usdAt } from './staircase.ts'

/** GPUs that many sellers rent, and on which large models are served. */
const commonGpus = [
  'h100-sxm-80gb',
  'h200-sxm-141gb',
  'b200-sxm-180gb',
  'a100-sxm-80gb',
  'l40s-48gb',
  'mi300x-192gb',
]

/** What a person may fix of the options; all of it may be left out. */
export interface Wishes {
  readonly seller?: string | undefined
  readonly gpu?: string | undefined
  readonly usdPerGpuHour?: number | undefined
  readonly outputTokensPerSecond?: number | undefined
  readonly gpusPerReplica?: number | undefined
}

/** The offers that a choice of options looks at. */
export const defaultOptionPrices = ({ model, gpu }: { model: string } & Wishes): PriceQuery[] => [
  { kind: 'token', model },
  ...(gpu === undefined ? commonGpus : [gpu]).map(
    (id): PriceQuery => ({ kind: 'gpu', gpu: id, pricing: 'on-demand' }),
  ),
]

interface Choice {
  readonly options: readonly OptionField[]
  readonly assumptions: readonly Assumption[]
}

/**
 * A sensible set to compare: the API's cheapest and middle host by list price (and the model's maker where it
 * sells), the cheapest common GPU rented on demand at the middle seller's price, on a three-year contract where a
 * price is known, and bought as servers.
 */
export function defaultOptions(wishes: Wishes, context: PricingContext & { model: string }): Choice {
  const gpus = wishes.gpu === undefined ? measuredFirst(context.facts) : [wishes.gpu]
  const choices = {
    rented: gpus.flatMap((gpu) => rentedOf(gpu, wishes, context)),
    contract: gpus.flatMap((gpu) => contractOf(gpu, wishes, context.facts)),
    bought: gpus.map((gpu) => ({ option: { kind: 'bought-servers' as const, gpu, ...speedOf(wishes) } })),
  }
  const contract = cheapestOf(choices.contract, context)
  const options = [
    ...apisOf(wishes.seller, context),
    // Where none can take part one of them stands for all, so that the comparison says why.
    ...[
      cheapestOf(choices.rented, context) ?? choices.rented[0],
      contract ?? choices.contract[0],
      cheapestOf(choices.bought, context) ?? choices.bought[0],
    ].flatMap((chosen) => (chosen ? [chosen.option] : [])),
  ]
  if (!contract) return { options, assumptions: [] }
  const field = `options.${options.indexOf(contract.option)}.usdPerGpuHour`
  return { options, assumptions: [{ ...contract.assumption, field }] }
}

/** The common GPUs on which speeds were measured, where there are any: an estimate for another one is a long shot. */
function measuredFirst({ throughput: { dense, moe } }: Facts): readonly string[] {
  const measured = commonGpus.filter((gpu) =>
    [dense, moe].every(({ factors }) => factors[`gpu:${gpu}`] !== undefined),
  )
  return measured.length > 0 ? measured : commonGpus
}

function apisOf(seller: string | undefined, context: PricingContext & { model: string }): OptionField[] {
  if (seller !== undefined) return [{ kind: 'token-api', seller }]
  const market = tokenMarket(context, context.facts)
  // A router or a promotion is no host's price; where there is nothing else, it has to do.
  const listed = market.filter(({ listing }) => listing.offer.kind === 'list')
  const prices = listed.length > 0 ? listed : market
  const sellers = prices.map((price) => price.seller)
  const [cheapest] = sellers
  if (cheapest === undefined) return [{ kind: 'token-api' }]
  const middle = sellers[Math.floor((sellers.length - 1) / 2)]
  const maker = prices.find(({ seller: name, listing }) =>
    isMaker(name, listing.offer.model ?? context.model),
  )?.seller
  const contracted = market.filter(({ listing }) => isOwnRate(listing.offer.source))
  const names: Record<string, string> = {
    ...(middle !== undefined && { [middle]: `API of ${middle} (middle of ${sellers.length} hosts)` }),
    ...(maker !== undefined && { [maker]: `API of ${maker} (its maker)` }),
    [cheapest]: `API of ${cheapest} (cheapest of ${sellers.length} hosts)`,
    ...Object.fromEntries(contracted.map(({ seller }) => [seller, `API of ${seller} (your price list)`])),
  }
  return Object.entries(names).map(([host, name]) => ({ kind: 'token-api', seller: host, name }))
}

/** `deepseek` makes `deepseek-ai/DeepSeek-V3`. */
const isMaker = (seller: string, model: string): boolean =>
  seller.length > 2 && (model.split('/')[0] ?? '').toLowerCase().startsWith(seller)

const speedOf = ({ outputTokensPerSecond, gpusPerReplica }: Wishes) => ({
  ...(outputTokensPerSecond !== undefined && { outputTokensPerSecond }),
  ...(gpusPerReplica !== undefined && { gpusPerReplica }),
})

/** On demand, at the price that half of the sellers do not exceed. */
function rentedOf(
  gpu: string,
  wishes: Wishes,
  { model, precision, limits, traffic, day, facts }: PricingContext,
): { option: OptionField }[] {
  const { usdPerGpuHour } = wishes
  if (usdPerGpuHour !== undefined) {
    return [{ option: { kind: 'rented-gpus', gpu, pricing: 'on-demand', usdPerGpuHour, ...speedOf(wishes) } }]
  }
  const { gpusPerReplica } = wishes
  const question = { model, precision, limits, traffic, gpu: gpuOf(gpu, facts), gpusPerReplica }
  const estimate = wishes.outputTokensPerSecond === undefined ? estimatedSpeed(question, facts) : null
  const replica = estimate && 'gpusPerReplica' in estimate ? estimate.gpusPerReplica : (gpusPerReplica ?? 1)
  const market = gpuMarket(
    { gpu, pricing: 'on-demand', seller: undefined, day, gpusPerReplica: replica },
    facts,
  )
  const contracted = market.find(({ offer }) => isOwnRate(offer.source))
  const middle = contracted ?? market[Math.floor((market.length - 1) / 2)]
  if (!middle) return [{ option: { kind: 'rented-gpus', gpu, pricing: 'on-demand', ...speedOf(wishes) } }]
  const { seller } = middle.offer
  const place = contracted ? 'your price list' : `middle of ${market.length} sellers`
  const name = `${gpu} on demand from ${seller} (${place})`
  return [{ option: { kind: 'rented-gpus', gpu, seller, pricing: 'on-demand', name, ...speedOf(wishes) } }]
}

/** Three-year contracts, of which one public table gives a price by GPU. */
const contractPrices: Readonly<Record<string, string>> = {
  'h100-sxm-80gb': 'rent_3yr_h100',
  'h200-sxm-141gb': 'rent_3yr_h200',
  'b200-sxm-180gb': 'rent_3yr_b200',
  'b300-sxm-288gb': 'rent_3yr_b300',
  'gb200-186gb': 'rent_3yr_gb200',
  'gb300-288gb': 'rent_3yr_gb300',
  'mi300x-192gb': 'rent_3yr_mi300x',
  'mi325x-256gb': 'rent_3yr_mi325x',
  'mi355x-288gb': 'rent_3yr_mi355x',
}

/** Contracts are for whole servers. */
const gpusPerContractedServer = 8

function contractOf(
  gpu: string,
  wishes: Wishes,
  facts: Facts,
): { option: OptionField; assumption: Assumption }[] {
  const name = contractPrices[gpu]
  if (name === undefined) return []
  const { value, assumption } = citedCost(facts, 'usdPerGpuHour', name, 'USD/GPU hour')
  return [
    {
      option: {
        kind: 'rented-gpus',
        gpu,
        pricing: 'committed',
        usdPerGpuHour: value,
        gpusPerInstance: gpusPerContractedServer,
        name: `${gpu} on a three-year contract`,
        ...speedOf(wishes),
      },
      assumption,
    },
  ]
}

/** The one that costs least for this traffic; none where none can take part. */
function cheapestOf<Item extends { readonly option: OptionField }>(
  items: readonly Item[],
  context: PricingContext,
): Item | undefined {
  const { traffic, settings } = context
  const priced = items.flatMap((item, place) => {
    const candidate = priceOption(item.option, place, context)
    if ('reason' in candidate) return []
    const { option } = candidate
    return [{ item, usd: usdAt(staircaseOf({ option, traffic, settings }), traffic.tokensPerMonth) }]
  })
  return priced.toSorted((a, b) => a.usd - b.usd)[0]?.item
}
