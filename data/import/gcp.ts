import { z } from 'zod'
import { decimalText, type GpuPricing } from '../../model/offers.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type FoundGpuOffer, type Importer, type Publisher, type Quarantined, sourceIn } from './importer.ts'
import { knownInstance } from './instance-map.ts'
import { readCsv } from './read.ts'

const publisher: Publisher = {
  id: 'gcp',
  title: 'Google Cloud pricing and cost calculator',
  repository: 'https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator',
  commit: 'fd66b26ff84f',
  observedAt: '2026-07-30',
  licence: 'Apache-2.0',
}
const path = 'gpu-rental/gcp-accelerator-instances.csv'

const amount = decimalText.nullable()
const Row = z.object({
  instance_type: z.string(),
  gpu_count: z.coerce.number().positive(),
  vcpu: z.coerce.number().positive(),
  ram_gb: z.coerce.number().positive(),
  local_ssd_gb: z.coerce.number().nonnegative().nullable(),
  region: z.string(),
  usd_per_hour_on_demand: amount,
  usd_per_hour_spot: amount,
  usd_per_month_commit_1y: amount,
  usd_per_month_commit_3y: amount,
})
type Row = z.output<typeof Row>

const pricesOf = (
  row: Row,
): { pricing: GpuPricing; termMonths: number | null; hour: string | null; month: string | null }[] => [
  { pricing: 'on-demand', termMonths: null, hour: row.usd_per_hour_on_demand, month: null },
  { pricing: 'spot', termMonths: null, hour: row.usd_per_hour_spot, month: null },
  { pricing: 'reserved', termMonths: 12, hour: null, month: row.usd_per_month_commit_1y },
  { pricing: 'reserved', termMonths: 36, hour: null, month: row.usd_per_month_commit_3y },
]

export const gcp: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const source = sourceIn(publisher, path)
    const gpuOffers: FoundGpuOffer[] = []
    const quarantined: Quarantined[] = []
    for (const row of readCsv(upstream, path, Row)) {
      const known = knownInstance('gcp', row.instance_type)
      if (!known || known.gpuCount !== row.gpu_count) {
        quarantined.push({
          source: publisher.id,
          path,
          record: `${row.instance_type} in ${row.region}`,
          reason: known
            ? `${row.instance_type} has ${known.gpuCount} GPUs in the instance map and ${row.gpu_count} in the file.`
            : `${row.instance_type} is not in the instance map, so its GPUs are not known.`,
        })
        continue
      }
      for (const { pricing, termMonths, hour, month } of pricesOf(row)) {
        // Zero means that the region does not sell this way.
        if (Number(hour ?? month ?? 0) === 0) continue
        gpuOffers.push(
          gpuOffer({
            seller: known.seller,
            instance: known.instance,
            gpu: known.gpu,
            gpuName: known.gpuName,
            gpuCount: known.gpuCount,
            vcpuCount: row.vcpu,
            memoryGb: row.ram_gb,
            localSsdGb: row.local_ssd_gb,
            region: row.region,
            pricing,
            termMonths,
            amountPerHour: hour,
            amountPerMonth: month,
            currency: 'USD',
            validFrom: source.observedAt,
            source,
          }),
        )
      }
    }
    return { gpuOffers, quarantined }
  },
}
