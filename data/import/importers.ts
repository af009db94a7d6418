import { aws } from './aws.ts'
import { azure } from './azure.ts'
import { gcp } from './gcp.ts'
import { genaiPrices } from './genai-prices.ts'
import { gpuPricing } from './gpu-pricing.ts'
import type { Importer } from './importer.ts'
import { modelsDev } from './models-dev.ts'

/** Every publisher that is taken in. */
export const importers: readonly Importer[] = [modelsDev, genaiPrices, aws, azure, gcp, gpuPricing]
