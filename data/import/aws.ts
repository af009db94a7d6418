import { z } from 'zod'
import { decimalText, isoDate } from '../../model/offers.ts'
import { GB, MiB } from '../../model/units.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type FoundGpuOffer, type Importer, type Publisher, type Quarantined, sourceIn } from './importer.ts'
import { knownInstance } from './instance-map.ts'
import { readCsv } from './read.ts'

const publisher: Publisher = {
  id: 'aws',
  title: 'AWS on-demand prices, in Karpenter',
  repository: 'https://github.com/aws/karpenter-provider-aws',
  commit: '6fc13b5',
  observedAt: '2026-07-20',
  licence: 'Apache-2.0',
}
const path = 'gpu-rental/aws-accelerator-instances.csv'

const Row = z.object({
  instance_type: z.string(),
  region: z.string(),
  vcpu: z.coerce.number().positive(),
  memory_mib: z.coerce.number().positive(),
  price_per_hour_on_demand: decimalText,
  currency: z.string(),
  price_generated_at: isoDate,
})

export const aws: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const gpuOffers: FoundGpuOffer[] = []
    const quarantined: Quarantined[] = []
    for (const row of readCsv(upstream, path, Row)) {
      const known = knownInstance('aws', row.instance_type)
      if (!known) {
        quarantined.push({
          source: publisher.id,
          path,
          record: `${row.instance_type} in ${row.region}`,
          reason: `${row.instance_type} is not in the instance map, so its GPUs are not known.`,
        })
        continue
      }
      const source = { ...sourceIn(publisher, path), observedAt: row.price_generated_at }
      gpuOffers.push(
        gpuOffer({
          seller: known.seller,
          instance: known.instance,
          gpu: known.gpu,
          gpuName: known.gpuName,
          gpuCount: known.gpuCount,
          vcpuCount: row.vcpu,
          memoryGb: (row.memory_mib * MiB) / GB,
          region: row.region,
          pricing: 'on-demand',
          amountPerHour: row.price_per_hour_on_demand,
          currency: row.currency,
          validFrom: source.observedAt,
          source,
        }),
      )
    }
    return { gpuOffers, quarantined }
  },
}
