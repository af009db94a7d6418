import type { OfferKind } from '../../model/offers.ts'
import sellers from '../sellers.json' with { type: 'json' }

const slug = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_·]+/g, '-')

const lookUp = (names: Readonly<Record<string, string>>, name: string): string =>
  names[slug(name)] ?? slug(name)

/** The one id of a seller of tokens, from the name that a publisher gives it. */
export const tokenSeller = (name: string): string => lookUp(sellers.tokenSellers, name)

/** The same for LiteLLM's providers, of which some name a kind of model as well: `vertex_ai-llama_models`. */
export const litellmSeller = (provider: string): string => {
  const names: Readonly<Record<string, string>> = sellers.litellmProviders
  return names[provider] ?? names[provider.split('-')[0] ?? ''] ?? tokenSeller(provider)
}

/** The same for the names of Portkey's files. */
export const portkeySeller = (file: string): string => lookUp(sellers.portkeyFiles, file)

/** The one id of a seller of GPUs. */
export const gpuSeller = (name: string): string => lookUp(sellers.gpuSellers, name)

/** Whether a served name says that it costs nothing: `glm-4.5-air:free`. */
export const saysFree = (servedModel: string): boolean => /[:-]free$/.test(servedModel)

/** Whether a seller's prices are what its members ask at the moment. */
export const isMarketplace = (seller: string): boolean => sellers.marketplaces.includes(seller)

const routers = new Set(sellers.routers)
const subscriptions = new Set(sellers.subscriptions)

/**
 * What kind of price a seller's figure is. A price of nothing is no list price: it is part of a subscription or
 * free.
 */
export function kindOf(seller: string, { isZero }: { isZero: boolean }): OfferKind {
  if (subscriptions.has(seller)) return 'subscription'
  if (isZero) return 'free'
  return routers.has(seller) || seller.startsWith('huggingface-') ? 'router' : 'list'
}
