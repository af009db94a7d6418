import { genaiPrices } from '../import/genai-prices.ts'
import { gpuPricing } from '../import/gpu-pricing.ts'
import { gpuhuntTpu } from '../import/gpuhunt-tpu.ts'
import type { Importer } from '../import/importer.ts'
import { importers } from '../import/importers.ts'
import { litellm } from '../import/litellm.ts'
import { modelsDev } from '../import/models-dev.ts'
import { openRouter } from '../import/openrouter.ts'
import { portkey } from '../import/portkey.ts'
import { rubyLlm } from '../import/ruby-llm.ts'

/** A publisher's file as its importer knows it, and where it is published. */
interface LiveFile {
  readonly path: string
  readonly url: string
}

/** A publisher with the addresses of all files that its importer reads. */
export interface LiveSource {
  readonly importer: Importer
  readonly files: readonly LiveFile[]
}

const github = (repository: string, path: string): string =>
  `https://raw.githubusercontent.com/${repository}/${path}`

const genaiProviders =
  'anthropic avian aws azure cerebras cohere deepseek doubleword fireworks google groq huggingface_cerebras huggingface_fireworks-ai huggingface_groq huggingface_hyperbolic huggingface_nebius huggingface_novita huggingface_nscale huggingface_ovhcloud huggingface_publicai huggingface_sambanova huggingface_together minimax mistral modal moonshotai novita openai openrouter ovhcloud perplexity together voyageai x_ai zai zhipuai'
const portkeyFiles =
  'ai21 anthropic anyscale azure-ai azure-openai bedrock-mantle bedrock byteplus cerebras claude-platform-aws cohere dashscope deepbricks deepgram deepinfra deepseek ember-cloud fal-ai fireworks-ai google groq jina lightning-ai minimax mistral-ai monsterapi moonshot nebius nomic novita-ai openai openrouter oracle palm perplexity-ai predibase reka-ai sagemaker segmind stability-ai together-ai vertex-ai workers-ai x-ai z-ai zhipu'

/** Where the publishers' live files are: every address that a refresh contacts, and no other. */
export const liveSources: readonly LiveSource[] = [
  { importer: modelsDev, files: [{ path: 'models-dev/api.json', url: 'https://models.dev/api.json' }] },
  {
    importer: genaiPrices,
    files: [
      {
        path: 'genai-prices/data.v2.json',
        url: github('pydantic/genai-prices', 'main/prices/new_data/v2/data.json'),
      },
      ...genaiProviders.split(' ').map((name) => ({
        path: `genai-prices/providers/${name}.yml`,
        url: github('pydantic/genai-prices', `main/prices/providers/${name}.yml`),
      })),
    ],
  },
  {
    importer: portkey,
    files: portkeyFiles.split(' ').map((name) => ({
      path: `portkey-models/${name}.json`,
      url: github('Portkey-AI/models', `main/pricing/${name}.json`),
    })),
  },
  {
    importer: rubyLlm,
    files: [{ path: 'ruby-llm/models.json', url: github('crmne/ruby_llm', 'main/lib/ruby_llm/models.json') }],
  },
  {
    importer: litellm,
    files: [
      {
        path: 'litellm/model_prices_and_context_window.json',
        url: github('BerriAI/litellm', 'main/model_prices_and_context_window.json'),
      },
    ],
  },
  {
    importer: openRouter,
    files: [{ path: 'openrouter/models-2026-08-01.json', url: 'https://openrouter.ai/api/v1/models' }],
  },
  {
    importer: gpuhuntTpu,
    files: [
      {
        path: 'gpu-rental/gpuhunt-tpu_pricing.json',
        url: github('dstackai/gpuhunt', 'master/src/gpuhunt/resources/tpu_pricing.json'),
      },
    ],
  },
  {
    importer: gpuPricing,
    files: [
      {
        path: 'gpu-rental/gpu-pricing-offerings.json',
        url: github('tardellirs/gpu-pricing', 'main/src/data/offerings.json'),
      },
    ],
  },
]

/** Sources that came in a form made for this book, so that nobody has seen what their publisher serves. */
export const withoutLiveReader: readonly string[] = importers
  .filter((importer) => !liveSources.some((live) => live.importer === importer))
  .map(({ publisher }) => publisher.id)

/** The same files behind one address, as `MIRROR/models.dev/api.json`. */
export const mirrored = (sources: readonly LiveSource[], mirror: string): LiveSource[] =>
  sources.map(({ importer, files }) => ({
    importer,
    files: files.map(({ path, url }) => ({
      path,
      url: `${mirror.replace(/\/$/, '')}/${url.replace('https://', '')}`,
    })),
  }))
