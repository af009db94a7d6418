import { z } from 'zod'
import { decimalText, type GpuPricing, isoDate } from '../../model/offers.ts'
import { count } from './count.ts'
import { gpuNamed, isNamedGpu } from './gpu-name.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type FoundGpuOffer, type Importer, type Publisher, type Quarantined, sourceIn } from './importer.ts'
import { knownInstance } from './instance-map.ts'
import { readCsv } from './read.ts'
import { gpuSeller, isMarketplace } from './seller.ts'

const publisher: Publisher = {
  id: 'open-compute-prices',
  title: 'OpenComputePrices',
  repository: 'https://github.com/thatkavish/OpenComputePrices',
  commit: '9cf337b',
  observedAt: '2026-03-23',
  licence: 'MIT',
}
const path = 'gpu-rental/opencomputeprices-2026-03-23.csv'

const Row = z.object({
  snapshot_date: isoDate,
  source: z.string(),
  provider: z.string(),
  instance_type: z.string().nullable(),
  gpu_name: z.string().nullable(),
  gpu_variant: z.string().nullable(),
  gpu_memory_gb: count,
  gpu_count: count,
  gpu_interconnect: z.string().nullable(),
  vcpus: count,
  ram_gb: count,
  region: z.string().nullable(),
  zone: z.string().nullable(),
  pricing_type: z.enum(['on_demand', 'spot', 'reserved']),
  price_per_hour: decimalText,
  currency: z.string(),
  os: z.string().nullable(),
})
type Row = z.output<typeof Row>

const pricings: Readonly<Record<Row['pricing_type'], GpuPricing>> = {
  on_demand: 'on-demand',
  spot: 'spot',
  reserved: 'reserved',
}

type Machine = Pick<FoundGpuOffer, 'gpu' | 'gpuName' | 'gpuCount'>

/** What is rented, from our own maps; a sentence where they cannot tell. A count is never the file's own. */
function machineOf(row: Row, seller: string): Machine | string {
  const known = knownInstance(seller, row.instance_type ?? '')
  if (known) {
    return row.gpu_count === known.gpuCount
      ? known
      : `The instance map has ${known.gpuCount} GPUs in it, the file ${row.gpu_count ?? 'none'}.`
  }
  if (row.gpu_name === null) return 'The file names no GPU.'
  const gpuName = [row.gpu_name, row.gpu_variant].filter((part) => part !== null).join(' ')
  if (row.gpu_count !== 1) {
    return 'It is not a single GPU, and the instance is not in the instance map, so its GPUs are not known.'
  }
  const gpu = gpuNamed(gpuName, row.gpu_memory_gb ?? 0)
  return gpu === null && isNamedGpu(gpuName) && (row.gpu_memory_gb ?? 0) > 0
    ? `${row.gpu_memory_gb} GB is not the memory of one ${gpuName}.`
    : { gpu, gpuName, gpuCount: 1 }
}

export const openComputePrices: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const gpuOffers: FoundGpuOffer[] = []
    const quarantined: Quarantined[] = []
    for (const row of readCsv(upstream, path, Row)) {
      const seller = gpuSeller(row.provider)
      const machine = machineOf(row, seller)
      const reason =
        typeof machine === 'string'
          ? machine
          : Number(row.price_per_hour) === 0
            ? 'A price of zero means that it is not sold this way.'
            : null
      if (typeof machine === 'string' || reason !== null) {
        quarantined.push({
          source: publisher.id,
          path,
          record: [row.provider, row.instance_type, row.gpu_name, row.region, row.pricing_type]
            .filter((part) => part !== null)
            .join(' '),
          reason: reason ?? '',
        })
        continue
      }
      const source = { ...sourceIn(publisher, path), observedAt: row.snapshot_date }
      const pricing = pricings[row.pricing_type]
      gpuOffers.push(
        gpuOffer({
          ...machine,
          seller,
          instance: row.instance_type ?? machine.gpuName,
          vcpuCount: row.vcpus,
          memoryGb: row.ram_gb,
          region: row.region?.toLowerCase() ?? null,
          zone: row.zone,
          pricing: isMarketplace(seller) && pricing === 'on-demand' ? 'marketplace' : pricing,
          amountPerHour: row.price_per_hour,
          currency: row.currency,
          operatingSystem: row.os?.toLowerCase() ?? null,
          interconnect: row.gpu_interconnect,
          validFrom: source.observedAt,
          source,
        }),
      )
    }
    return { gpuOffers, quarantined }
  },
}
