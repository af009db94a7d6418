import { aws } from './aws.ts'
import { azure } from './azure.ts'
import { azureRetail } from './azure-retail.ts'
import { gcp } from './gcp.ts'
import { genaiPrices } from './genai-prices.ts'
import { gpuPricing } from './gpu-pricing.ts'
import { gpuRentalSnapshot } from './gpu-rental-snapshot.ts'
import { gpuhuntTpu } from './gpuhunt-tpu.ts'
import type { Importer } from './importer.ts'
import { litellm } from './litellm.ts'
import { litellmHistory } from './litellm-history.ts'
import { modelsDev } from './models-dev.ts'
import { modelsDevHistory } from './models-dev-history.ts'
import { openComputePrices } from './open-compute-prices.ts'
import { openRouter } from './openrouter.ts'
import { portkey } from './portkey.ts'
import { rubyLlm } from './ruby-llm.ts'

/** Every publisher that is taken in. */
export const importers: readonly Importer[] = [
  modelsDev,
  genaiPrices,
  portkey,
  rubyLlm,
  litellm,
  openRouter,
  aws,
  azure,
  azureRetail,
  gcp,
  gpuhuntTpu,
  gpuPricing,
  gpuRentalSnapshot,
  openComputePrices,
]

/** What they printed before: joined to the prices of the same source that hold now. */
export const histories: readonly Importer[] = [modelsDevHistory, litellmHistory]
