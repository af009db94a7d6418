import { liveSources } from '../../../data/refresh/live-sources.ts'

/** Prices of the samples, in USD per million tokens; each source prints them in its own unit. */
export interface SamplePrices {
  readonly input: number
  readonly output: number
}

const models = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa']

/** A sample of each publisher's file, in the shape that its importer reads: ten models at one price. */
const shapes: Readonly<Record<string, (price: SamplePrices) => unknown>> = {
  'models-dev': ({ input, output }) => ({
    a: {
      npm: '@ai-sdk/openai',
      models: Object.fromEntries(
        models.map((name) => [
          name,
          { open_weights: false, release_date: '2025-01-01', cost: { input, output } },
        ]),
      ),
    },
  }),
  'genai-prices': ({ input, output }) => [
    { id: 'b', models: models.map((id) => ({ id, prices: { input_mtok: input, output_mtok: output } })) },
  ],
  portkey: ({ input, output }) =>
    Object.fromEntries(
      models.map((name) => [
        name,
        {
          pricing_config: {
            pay_as_you_go: { request_token: { price: input / 1e4 }, response_token: { price: output / 1e4 } },
          },
        },
      ]),
    ),
  'ruby-llm': ({ input, output }) =>
    models.map((id) => ({
      id,
      created_at: null,
      metadata: { source: 'models.dev', provider_id: 'c', cost: { input, output } },
    })),
  litellm: ({ input, output }) =>
    Object.fromEntries(
      models.map((name) => [
        `d/${name}`,
        {
          litellm_provider: 'd',
          input_cost_per_token: input / 1e6,
          output_cost_per_token: output / 1e6,
        },
      ]),
    ),
  openrouter: ({ input, output }) => ({
    data: models.map((name) => ({
      id: `e/${name}`,
      pricing: { prompt: String(input / 1e6), completion: String(output / 1e6) },
    })),
  }),
  gpuhunt: ({ input }) => ({
    'TPU v6e': Object.fromEntries(
      models.map((name) => [`${name}-1`, { 'On Demand (USD)': 2 + input, 'Spot (USD)': 1 + input }]),
    ),
  }),
  'gpu-pricing': ({ input }) =>
    models.map((name) => ({
      id: name,
      provider_id: 'f',
      gpu_model: 'H100 SXM',
      vram_gb: 80,
      interconnect: 'SXM',
      tier: 'secure',
      is_spot: false,
      price_usd_hour: 2 + input,
      vcpu: null,
      ram_gb: null,
      collected_at: '2026-08-01',
    })),
}

export const sampleIds: readonly string[] = Object.keys(shapes)

/** The files that a source serves with these prices, by their address without `https://`. */
export function sampleFiles(id: string, price: SamplePrices): [string, string][] {
  const source = liveSources.find(({ importer }) => importer.publisher.id === id)
  const shape = shapes[id]
  if (!source || !shape) throw new Error(`There is no sample of ${id}.`)
  return source.files.map(({ path, url }, index) => [
    url.replace('https://', ''),
    path.endsWith('.yml')
      ? `id: b\nmodels: [{id: ${models[0]}, prices_checked: 2026-08-01}]\n`
      : JSON.stringify(index === 0 || !path.startsWith('portkey') ? shape(price) : {}),
  ])
}

/** The first address of a source, without `https://`. */
export const addressOf = (id: string): string => sampleFiles(id, { input: 1, output: 2 })[0]?.[0] ?? ''
