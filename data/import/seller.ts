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

/** The one id of a seller of GPUs. */
export const gpuSeller = (name: string): string => lookUp(sellers.gpuSellers, name)

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
