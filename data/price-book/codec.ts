import type { GpuOffer, TokenOffer } from '../../model/offers.ts'
import { usdPerHour } from '../../model/prices/amount.ts'
import { listingKey } from '../../model/prices/listing.ts'
import { priceListOf, priceListText } from './price-list-text.ts'
import { type Column, cellOf, type Table, tableOf } from './table.ts'

/*
 * Offers as tables. What varies together stands in one column: the terms of a price, the machine that is rented,
 * the days it holds, its source. What follows from the rest (USD, units, the key of a dispute) is left out and
 * computed again.
 */

const tokenRow = (offer: TokenOffer) => ({
  seller: offer.seller,
  servedModel: offer.servedModel,
  identity: [offer.model, offer.modelRule, offer.openWeights],
  terms: [
    offer.kind,
    offer.serviceTier,
    offer.regionScope,
    offer.region,
    offer.quantisation,
    offer.window,
    offer.cachedTokensReported,
    offer.deprecated,
    offer.currency,
  ],
  prices: priceListText(offer.meters),
  days: [offer.validFrom, offer.validFromBasis, offer.validUntil],
  source: offer.source,
  isDisputed: offer.conflictSet !== null ? 1 : 0,
})

const gpuRow = (offer: GpuOffer) => ({
  seller: offer.seller,
  machine: [
    offer.instance,
    offer.gpu,
    offer.gpuName,
    offer.gpuCount,
    offer.vcpuCount,
    offer.memoryGb,
    offer.localSsdGb,
    offer.interconnect,
    offer.minimumGpuCount,
  ],
  place: [offer.region, offer.zone],
  terms: [
    offer.pricing,
    offer.termMonths,
    offer.currency,
    offer.operatingSystem,
    offer.egressIncluded,
    offer.availability,
  ],
  amounts: [offer.amountPerHour, offer.amountPerMonth, offer.amountUpfront],
  days: [offer.validFrom, offer.validFromBasis, offer.validUntil],
  source: offer.source,
  isDisputed: offer.conflictSet !== null ? 1 : 0,
})

export const tokenTable = (offers: readonly TokenOffer[]): Table => tableOf(offers.map(tokenRow))
export const gpuTable = (offers: readonly GpuOffer[]): Table => tableOf(offers.map(gpuRow))

/** The column of a table that the code here wrote, so that its cells are what `Row` says. */
function cell<Row extends Record<string, unknown>, Name extends keyof Row & string>(
  table: Table,
  row: number,
  name: Name,
): Row[Name] {
  return cellOf(columnOf(table, name), row) as Row[Name]
}

export function columnOf(table: Table, name: string): Column {
  const column = table.columns[name]
  if (!column) throw new Error(`The table has no column ${name}.`)
  return column
}

type TokenRow = ReturnType<typeof tokenRow>
type GpuRow = ReturnType<typeof gpuRow>

export function tokenOfferAt(table: Table, row: number): TokenOffer {
  const at = <Name extends keyof TokenRow & string>(name: Name) => cell<TokenRow, Name>(table, row, name)
  const [model, modelRule, openWeights] = at('identity') as [
    TokenOffer['model'],
    TokenOffer['modelRule'],
    TokenOffer['openWeights'],
  ]
  const [
    kind,
    serviceTier,
    regionScope,
    region,
    quantisation,
    window,
    cachedTokensReported,
    deprecated,
    currency,
  ] = at('terms') as [
    TokenOffer['kind'],
    TokenOffer['serviceTier'],
    TokenOffer['regionScope'],
    TokenOffer['region'],
    TokenOffer['quantisation'],
    TokenOffer['window'],
    TokenOffer['cachedTokensReported'],
    TokenOffer['deprecated'],
    TokenOffer['currency'],
  ]
  const [validFrom, validFromBasis, validUntil] = at('days') as [
    TokenOffer['validFrom'],
    TokenOffer['validFromBasis'],
    TokenOffer['validUntil'],
  ]
  const offer: TokenOffer = {
    seller: at('seller'),
    servedModel: at('servedModel'),
    model,
    modelRule,
    openWeights,
    kind,
    serviceTier,
    regionScope,
    region,
    quantisation,
    window,
    cachedTokensReported,
    deprecated,
    meters: priceListOf(at('prices'), { currency, kind }),
    currency,
    validFrom,
    validFromBasis,
    validUntil,
    source: at('source'),
    conflictSet: null,
  }
  return at('isDisputed') === 1 ? { ...offer, conflictSet: listingKey(offer) } : offer
}

export function gpuOfferAt(table: Table, row: number): GpuOffer {
  const at = <Name extends keyof GpuRow & string>(name: Name) => cell<GpuRow, Name>(table, row, name)
  const [instance, gpu, gpuName, gpuCount, vcpuCount, memoryGb, localSsdGb, interconnect, minimumGpuCount] =
    at('machine') as [
      GpuOffer['instance'],
      GpuOffer['gpu'],
      GpuOffer['gpuName'],
      GpuOffer['gpuCount'],
      GpuOffer['vcpuCount'],
      GpuOffer['memoryGb'],
      GpuOffer['localSsdGb'],
      GpuOffer['interconnect'],
      GpuOffer['minimumGpuCount'],
    ]
  const [region, zone] = at('place') as [GpuOffer['region'], GpuOffer['zone']]
  const [pricing, termMonths, currency, operatingSystem, egressIncluded, availability] = at('terms') as [
    GpuOffer['pricing'],
    GpuOffer['termMonths'],
    GpuOffer['currency'],
    GpuOffer['operatingSystem'],
    GpuOffer['egressIncluded'],
    GpuOffer['availability'],
  ]
  const [amountPerHour, amountPerMonth, amountUpfront] = at('amounts') as [
    GpuOffer['amountPerHour'],
    GpuOffer['amountPerMonth'],
    GpuOffer['amountUpfront'],
  ]
  const [validFrom, validFromBasis, validUntil] = at('days') as [
    GpuOffer['validFrom'],
    GpuOffer['validFromBasis'],
    GpuOffer['validUntil'],
  ]
  const usd = usdPerHour({ amountPerHour, amountPerMonth, amountUpfront, termMonths, currency })
  return {
    seller: at('seller'),
    instance,
    gpu,
    gpuName,
    gpuCount,
    vcpuCount,
    memoryGb,
    localSsdGb,
    region,
    zone,
    pricing,
    termMonths,
    amountPerHour,
    amountPerMonth,
    amountUpfront,
    usdPerHour: usd,
    usdPerGpuHour: usd === null ? null : usd / gpuCount,
    operatingSystem,
    minimumGpuCount,
    interconnect,
    egressIncluded,
    availability,
    currency,
    validFrom,
    validFromBasis,
    validUntil,
    source: at('source'),
    conflictSet: null,
  }
}
