import { z } from 'zod'
import { decimalText, type GpuPricing } from '../../model/offers.ts'
import { gpuNamed } from './gpu-name.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type FoundGpuOffer, type Imported, type Publisher, type Quarantined, sourceIn } from './importer.ts'
import { readCsv, type Upstream } from './read.ts'
import { gpuSeller } from './seller.ts'

const Row = z.object({
  InstanceType: z.string(),
  AcceleratorName: z.string().nullable(),
  AcceleratorCount: z.coerce.number().nullable(),
  vCPUs: z.coerce.number().nullable(),
  MemoryGiB: z.coerce.number().nullable(),
  Price: decimalText.nullable(),
  SpotPrice: decimalText.nullable(),
  Region: z.string().nullable(),
  GpuInfo: z.string().nullable(),
})

const memoryInfo = /'SizeInMiB': (\d+)/
const mibPerGib = 1024
/** An instance that says its own count: `gpu_8x_v100_n`, `gpu-h100-sxm_8gpu-128vcpu-1600gb`. */
const countInName = /(?:^|_)(\d+)(?:x_|gpu-)/

/**
 * One cloud's list in SkyPilot's format. The store gives such a list no day, so the caller must. The count of GPUs
 * is the one in the instance's own name; a price of zero means that only a reservation is sold.
 */
export function readSkypilot(
  upstream: Upstream,
  path: string,
  cloud: string,
  publisher: Publisher,
): Imported {
  const gpuOffers: FoundGpuOffer[] = []
  const quarantined: Quarantined[] = []
  const source = sourceIn(publisher, path)
  const seller = gpuSeller(cloud)
  for (const row of readCsv(upstream, path, Row)) {
    if (row.AcceleratorName === null) continue
    const gpuCount = Number(countInName.exec(row.InstanceType)?.[1])
    if (gpuCount !== row.AcceleratorCount) {
      quarantined.push({
        source: publisher.id,
        path,
        record: `${row.InstanceType} in ${row.Region}`,
        reason: `Its name does not say the ${row.AcceleratorCount} GPUs that the file counts.`,
      })
      continue
    }
    const memory = Number(memoryInfo.exec(row.GpuInfo ?? '')?.[1]) / mibPerGib
    const form = /sxm|pcie|nvl/i.exec(row.InstanceType)?.[0] ?? ''
    const prices: [GpuPricing, string | null][] = [
      ['on-demand', row.Price],
      ['spot', row.SpotPrice],
    ]
    for (const [pricing, amountPerHour] of prices) {
      if (amountPerHour === null || Number(amountPerHour) === 0) continue
      gpuOffers.push(
        gpuOffer({
          seller,
          instance: row.InstanceType,
          gpu: gpuNamed(`${row.AcceleratorName} ${form}`, memory),
          gpuName: row.AcceleratorName,
          gpuCount,
          vcpuCount: row.vCPUs,
          region: row.Region,
          pricing,
          amountPerHour,
          currency: 'USD',
          validFrom: source.observedAt,
          source,
        }),
      )
    }
  }
  return { gpuOffers, quarantined }
}
