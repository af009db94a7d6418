import { z } from 'zod'
import { decimalText, type GpuPricing } from '../../model/offers.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type Importer, type Publisher, sourceIn } from './importer.ts'
import { readJson } from './read.ts'

const publisher: Publisher = {
  id: 'gpuhunt',
  title: 'gpuhunt, TPU prices',
  repository: 'https://github.com/dstackai/gpuhunt',
  commit: '35841515de37',
  observedAt: '2026-08-19',
  licence: 'MPL-2.0',
}
const path = 'gpu-rental/gpuhunt-tpu_pricing.json'

const Prices = z.record(
  z.string(),
  z.record(z.string(), z.object({ 'On Demand (USD)': decimalText, 'Spot (USD)': decimalText.optional() })),
)

/** Our ids of the TPUs that the facts know; each price is for one chip. */
const ids: Readonly<Record<string, string>> = {
  'TPU v5e': 'tpu-v5e',
  'TPU v5p': 'tpu-v5p',
  'TPU v6e': 'tpu-v6e',
}

export const gpuhuntTpu: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const source = sourceIn(publisher, path)
    const gpuOffers = Object.entries(readJson(upstream, path, Prices)).flatMap(([name, regions]) =>
      Object.entries(regions).flatMap(([region, prices]) => {
        const offer = (pricing: GpuPricing, amountPerHour: string | undefined) =>
          amountPerHour === undefined
            ? []
            : [
                gpuOffer({
                  seller: 'gcp',
                  instance: name,
                  gpu: ids[name] ?? null,
                  gpuName: name,
                  gpuCount: 1,
                  region,
                  pricing,
                  amountPerHour,
                  currency: 'USD',
                  validFrom: source.observedAt,
                  source,
                }),
              ]
        return [...offer('on-demand', prices['On Demand (USD)']), ...offer('spot', prices['Spot (USD)'])]
      }),
    )
    return { gpuOffers }
  },
}
