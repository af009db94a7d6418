import { usdPerHour } from '../../model/prices/amount.ts'
import type { FoundGpuOffer } from './importer.ts'

type Stated = Pick<
  FoundGpuOffer,
  'seller' | 'instance' | 'gpu' | 'gpuName' | 'gpuCount' | 'pricing' | 'currency' | 'source' | 'validFrom'
> &
  Partial<FoundGpuOffer>

/** A GPU offer from what a publisher states; what it does not state is null, and USD follow from the amounts. */
export function gpuOffer(stated: Stated): FoundGpuOffer {
  const amounts = {
    amountPerHour: stated.amountPerHour ?? null,
    amountPerMonth: stated.amountPerMonth ?? null,
    amountUpfront: stated.amountUpfront ?? null,
    termMonths: stated.termMonths ?? null,
    currency: stated.currency,
  }
  const usd = usdPerHour(amounts)
  return {
    vcpuCount: null,
    memoryGb: null,
    localSsdGb: null,
    region: null,
    zone: null,
    operatingSystem: null,
    minimumGpuCount: null,
    interconnect: null,
    egressIncluded: null,
    availability: null,
    validFromBasis: 'observed',
    validUntil: null,
    ...stated,
    ...amounts,
    usdPerHour: usd,
    usdPerGpuHour: usd === null ? null : usd / stated.gpuCount,
  }
}
