import { z } from 'zod'
import { decimalText } from '../../model/offers.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type FoundGpuOffer, type Importer, type Publisher, type Quarantined, sourceIn } from './importer.ts'
import { knownInstance } from './instance-map.ts'
import { readCsv } from './read.ts'

const publisher: Publisher = {
  id: 'azure',
  title: 'Azure on-demand prices, in Karpenter',
  repository: 'https://github.com/Azure/karpenter-provider-azure',
  commit: '352646f59929',
  observedAt: '2026-06-18',
  licence: 'Apache-2.0',
}
const path = 'gpu-rental/azure-n-series-instances.csv'
const mapPath = 'gpu-rental/azure-sku-gpu-map.csv'

const Row = z.object({ sku: z.string(), region: z.string(), usd_per_hour_on_demand_linux: decimalText })
const MapRow = z.object({ sku: z.string(), gpu_count: z.coerce.number().positive() })

export const azure: Importer = {
  publisher,
  paths: [path, mapPath],
  run(upstream) {
    const published = new Map(
      readCsv(upstream, mapPath, MapRow).map(({ sku, gpu_count }) => [sku, gpu_count]),
    )
    const source = sourceIn(publisher, path)
    const gpuOffers: FoundGpuOffer[] = []
    const quarantined: Quarantined[] = []
    for (const { sku, region, usd_per_hour_on_demand_linux } of readCsv(upstream, path, Row)) {
      const known = knownInstance('azure', sku)
      const counted = published.get(sku)
      if (!known || (counted !== undefined && counted !== known.gpuCount)) {
        quarantined.push({
          source: publisher.id,
          path,
          record: `${sku} in ${region}`,
          reason: known
            ? `${sku} has ${known.gpuCount} GPUs in the instance map and ${counted} in ${mapPath}.`
            : `${sku} is not in the instance map, so its GPUs are not known.`,
        })
        continue
      }
      gpuOffers.push(
        gpuOffer({
          seller: known.seller,
          instance: known.instance,
          gpu: known.gpu,
          gpuName: known.gpuName,
          gpuCount: known.gpuCount,
          region,
          pricing: 'on-demand',
          amountPerHour: usd_per_hour_on_demand_linux,
          currency: 'USD',
          operatingSystem: 'linux',
          validFrom: source.observedAt,
          source,
        }),
      )
    }
    return { gpuOffers, quarantined }
  },
}
