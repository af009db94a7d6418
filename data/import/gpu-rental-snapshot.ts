import { GpuOffer } from '../../model/offers.ts'
import snapshot from '../gpu-rental-snapshot.json' with { type: 'json' }
import { gpuOffer } from './gpu-offer.ts'
import { type Importer, type Publisher, sourceIn } from './importer.ts'
import { isMarketplace } from './seller.ts'

const publisher: Publisher = {
  id: 'gpu-pricing-tracker',
  title: 'gpu-pricing-tracker, neocloud prices of one day',
  repository: 'https://github.com/cherielilili/gpu-pricing-tracker',
  commit: 'ecc9327',
  observedAt: snapshot.observedOn,
  licence: 'no licence file: figures only',
}
const path = 'reports/2026-08-21_gpu_pricing.html'

/** Figures that the project keeps itself, because their publisher's file carries no licence. */
export const gpuRentalSnapshot: Importer = {
  publisher,
  paths: [path],
  run() {
    const source = sourceIn(publisher, path)
    const gpuOffers = snapshot.offers.map(({ seller, gpu, gpuName, pricing, amountPerGpuHour }) =>
      gpuOffer({
        seller,
        instance: gpuName,
        gpu,
        gpuName,
        gpuCount: 1,
        pricing:
          pricing === 'on-demand' && isMarketplace(seller)
            ? 'marketplace'
            : GpuOffer.shape.pricing.parse(pricing),
        amountPerHour: amountPerGpuHour,
        currency: 'USD',
        validFrom: source.observedAt,
        source,
      }),
    )
    return { gpuOffers }
  },
}
