import { z } from 'zod'
import { decimalText, type GpuPricing, isoDate } from '../../model/offers.ts'
import { count } from './count.ts'
import { gpuNamed } from './gpu-name.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type FoundGpuOffer, type Importer, type Publisher, type Quarantined, sourceIn } from './importer.ts'
import { readJson } from './read.ts'
import { gpuSeller, isMarketplace } from './seller.ts'

const publisher: Publisher = {
  id: 'gpu-pricing',
  title: 'gpu-pricing, single GPUs at neoclouds',
  repository: 'https://github.com/tardellirs/gpu-pricing',
  commit: '8f09a6803096',
  observedAt: '2026-05-24',
  licence: 'MIT',
}
const path = 'gpu-rental/gpu-pricing-offerings.json'

const Offering = z.object({
  id: z.string(),
  provider_id: z.string(),
  gpu_model: z.string(),
  vram_gb: z.coerce.number().positive(),
  interconnect: z.string().nullable(),
  tier: z.string(),
  is_spot: z.boolean(),
  price_usd_hour: decimalText,
  vcpu: count,
  ram_gb: count,
  collected_at: isoDate,
  caveats: z.array(z.string()).default([]),
})
type Offering = z.output<typeof Offering>

function pricingOf({ tier, is_spot, caveats, provider_id }: Offering): GpuPricing {
  if (tier === 'marketplace') return 'marketplace'
  if (is_spot) return 'spot'
  if (isMarketplace(gpuSeller(provider_id))) return 'marketplace'
  return caveats.some((caveat) => /^serverless/i.test(caveat)) ? 'serverless' : 'on-demand'
}

/** The name with the form factor that the file gives beside it. */
const fullName = ({ gpu_model, interconnect }: Offering): string =>
  /sxm|pcie|nvl|hgx/i.test(gpu_model) || interconnect === null || !/^(SXM|NVL)$/.test(interconnect)
    ? gpu_model
    : `${gpu_model} ${interconnect}`

export const gpuPricing: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const gpuOffers: FoundGpuOffer[] = []
    const quarantined: Quarantined[] = []
    for (const offering of readJson(upstream, path, z.array(Offering))) {
      const guess = offering.caveats.find((caveat) => /\bestimated?\b/i.test(caveat))
      if (guess !== undefined) {
        quarantined.push({
          source: publisher.id,
          path,
          record: offering.id,
          reason: `The publisher estimated this price ("${guess}"); nobody asks it.`,
        })
        continue
      }
      const source = { ...sourceIn(publisher, path), observedAt: offering.collected_at }
      gpuOffers.push(
        gpuOffer({
          seller: gpuSeller(offering.provider_id),
          instance: offering.id,
          gpu: gpuNamed(fullName(offering), offering.vram_gb),
          gpuName: offering.gpu_model,
          gpuCount: 1,
          vcpuCount: offering.vcpu,
          memoryGb: offering.ram_gb,
          pricing: pricingOf(offering),
          amountPerHour: offering.price_usd_hour,
          currency: 'USD',
          interconnect: offering.interconnect,
          validFrom: source.observedAt,
          source,
        }),
      )
    }
    return { gpuOffers, quarantined }
  },
}
