import type { MeterPrice } from '../../model/offers.ts'
import { quantisationIn, regionIn } from '../../model/prices/served-name.ts'
import { type FoundTokenOffer, undated } from './importer.ts'

type Stated = Pick<FoundTokenOffer, 'seller' | 'servedModel' | 'kind' | 'meters' | 'source'> &
  Partial<FoundTokenOffer>

/** A token offer from what a publisher states; what it does not state is unknown, or read from the served name. */
export function tokenOffer(stated: Stated): FoundTokenOffer {
  const region = stated.region ?? regionIn(stated.servedModel)
  return {
    modelLink: null,
    openWeights: null,
    releasedOn: null,
    serviceTier: 'standard',
    quantisation: quantisationIn(stated.servedModel),
    window: null,
    cachedTokensReported: null,
    deprecated: false,
    currency: 'USD',
    ...undated(stated.source),
    ...stated,
    meters: costsNothing(stated.kind) ? stated.meters.map(atZero) : stated.meters,
    ...placeOf(region),
  }
}

/** Kinds whose zero is a price: everywhere else a zero says nothing. */
const costsNothing = (kind: FoundTokenOffer['kind']): boolean => kind === 'free' || kind === 'subscription'

const atZero = (price: MeterPrice): MeterPrice =>
  price.unit === 'token' && Number(price.amount) === 0 ? { ...price, usdPerMillionTokens: 0 } : price

/** A price without a region holds everywhere, as one for `global` does. `us` is a part of the world, `us-east-1` a region. */
const placeOf = (region: string | null): Pick<FoundTokenOffer, 'region' | 'regionScope'> => ({
  region,
  regionScope: region === null || region === 'global' ? 'global' : /\d/.test(region) ? 'region' : 'geo',
})
