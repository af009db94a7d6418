import { describe, expect, test } from 'vitest'
import { aws } from '../../data/import/aws.ts'
import { azureRetail } from '../../data/import/azure-retail.ts'
import { gcp } from '../../data/import/gcp.ts'
import { genaiPrices } from '../../data/import/genai-prices.ts'
import { gpuPricing } from '../../data/import/gpu-pricing.ts'
import type { Importer } from '../../data/import/importer.ts'
import { litellm } from '../../data/import/litellm.ts'
import { litellmHistory } from '../../data/import/litellm-history.ts'
import { modelsDev } from '../../data/import/models-dev.ts'
import { openComputePrices } from '../../data/import/open-compute-prices.ts'
import { openRouter } from '../../data/import/openrouter.ts'
import { portkey } from '../../data/import/portkey.ts'
import type { Upstream } from '../../data/import/read.ts'
import { readSkypilot } from '../../data/import/skypilot.ts'
import { gzippedTar } from './gzipped-tar.ts'

/** Files by path, as the publishers would ship them. */
const files = (contents: Readonly<Record<string, string>>): Upstream => ({
  text: (path) => contents[path] ?? '',
  bytes: () =>
    gzippedTar({
      'providers/a.yml': 'id: deepseek\nmodels: [{id: deepseek-chat, prices_checked: 2026-08-01}]\n',
    }),
  list: (folder) =>
    Object.keys(contents)
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1)),
})
const run = (importer: Importer, content: unknown, path = importer.paths[0] ?? '') =>
  importer.run(files({ [path]: typeof content === 'string' ? content : JSON.stringify(content) }))
const meters = (imported: ReturnType<Importer['run']>, index = 0) =>
  imported.tokenOffers?.[index]?.meters.map(({ meter, tierFrom, usdPerMillionTokens }) => [
    meter,
    tierFrom,
    usdPerMillionTokens,
  ])

describe('units', () => {
  test('Portkey prints US cents for a token: 0.00025 is 2.5 USD a million', () => {
    const file = {
      'gpt-4o': {
        pricing_config: {
          pay_as_you_go: { request_token: { price: 0.00025 }, response_token: { price: 0.001 } },
          batch_config: { request_token: { price: 0.000125 }, response_token: { price: 0.0005 } },
        },
      },
    }
    const imported = run(portkey, file, 'portkey-models/openai.json')
    expect(meters(imported)).toEqual([
      ['input', 0, 2.5],
      ['output', 0, 10],
    ])
    expect(imported.tokenOffers?.[1]).toMatchObject({ serviceTier: 'batch' })
    expect(meters(imported, 1)?.[0]).toEqual(['input', 0, 1.25])
  })

  test('LiteLLM prints USD for a token, by context and service tier', () => {
    const imported = run(litellm, {
      'gemini-2.5-pro': {
        litellm_provider: 'vertex_ai-language-models',
        input_cost_per_token: 1.25e-6,
        input_cost_per_token_above_200k_tokens: 2.5e-6,
        output_cost_per_token: 1e-5,
        input_cost_per_token_batches: 6.25e-7,
        cache_read_input_token_cost: 1.25e-7,
        cache_read_input_token_cost_above_200k_tokens: 2.5e-7,
        cache_read_input_token_cost_priority: 5e-7,
        a_new_cost_per_thing: 3,
      },
    })
    expect(meters(imported)).toEqual([
      ['input', 0, 1.25],
      ['input', 200_000, 2.5],
      ['output', 0, 10],
      ['cache-read', 0, 0.125],
      ['cache-read', 200_000, 0.25],
      ['a_new_cost_per_thing', 0, null],
    ])
    expect(imported.tokenOffers?.map(({ seller, serviceTier }) => [seller, serviceTier])).toEqual([
      ['google-vertex', 'standard'],
      ['google-vertex', 'batch'],
      ['google-vertex', 'priority'],
    ])
  })

  test('OpenRouter prints USD for a token as text, and a tier from a number of tokens on', () => {
    const imported = run(openRouter, {
      data: [
        {
          id: 'qwen/qwen3.7-flash',
          pricing: {
            prompt: '0.00000003',
            completion: '0.00000013',
            overrides: [{ min_prompt_tokens: 32000, prompt: '0.0000001' }],
          },
        },
        { id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } },
      ],
    })
    expect(meters(imported)).toEqual([
      ['input', 0, 0.03],
      ['input', 32_000, 0.1],
      ['output', 0, 0.13],
    ])
    expect(imported.tokenOffers?.[0]?.meters[1]?.tierFromInclusive).toBe(true)
    expect(imported.tokenOffers).toHaveLength(1)
  })

  test('a router’s price is never a list price', () => {
    const imported = run(openRouter, {
      data: [{ id: 'a/b', pricing: { prompt: '1e-6', completion: '1e-6' } }],
    })
    expect(imported.tokenOffers?.[0]?.kind).toBe('router')
  })

  test('a meter that nobody knows is kept verbatim', () => {
    const imported = run(modelsDev, {
      openai: {
        models: { x: { open_weights: false, release_date: '2026-01-01', cost: { input: 1, smell: 2 } } },
      },
    })
    expect(imported.tokenOffers?.[0]?.meters[1]).toMatchObject({
      meter: 'smell',
      amount: '2',
      unit: 'unstated',
    })
  })
})

describe('nothing is free by omission', () => {
  const zero = { open_weights: true, release_date: '2026-01-01', cost: { input: 0, output: 0 } }
  test('models.dev: a zero is part of a plan, or free, never a list price', () => {
    const imported = run(modelsDev, {
      'zai-coding-plan': { models: { 'glm-5': zero } },
      nvidia: { models: { 'glm-5': zero } },
      'github-copilot': { models: { 'glm-5': { ...zero, cost: { input: 1, output: 2 } } } },
    })
    expect(imported.tokenOffers?.map(({ kind }) => kind)).toEqual(['subscription', 'free', 'subscription'])
  })
  test('a zero beside a price is unknown', () => {
    const imported = run(modelsDev, {
      openai: {
        models: { x: { open_weights: false, release_date: '2026-01-01', cost: { input: 1, cache_read: 0 } } },
      },
    })
    expect(meters(imported)).toEqual([
      ['input', 0, 1],
      ['cache-read', 0, null],
    ])
  })
  test('Portkey and LiteLLM: a zero without a kind is refused with the reason', () => {
    const nothing = { pricing_config: { pay_as_you_go: { request_token: { price: 0 } } } }
    const imported = run(portkey, { 'grok-imagine': nothing, 'x:free': nothing }, 'portkey-models/x-ai.json')
    expect(imported.quarantined?.map(({ record }) => record)).toEqual(['grok-imagine'])
    expect(imported.tokenOffers?.map(({ kind }) => kind)).toEqual(['free'])
    expect(
      run(litellm, { x: { litellm_provider: 'openai', input_cost_per_token: 0 } }).quarantined?.[0]?.reason,
    ).toContain('zero')
  })
})

describe('slips of a thousandfold in LiteLLM’s history', () => {
  const header =
    'observed_date,litellm_key,litellm_provider,event,input_usd_per_mtok,output_usd_per_mtok,cache_read_usd_per_mtok,cache_write_usd_per_mtok,batch_input_usd_per_mtok,batch_output_usd_per_mtok\n'
  test.each([
    ['gemini-2.0-flash-001', 'gemini', '150.0,600.0', '0.15,0.6'],
    ['openrouter/bytedance/ui-tars-1.5-7b', 'openrouter', '100000.0,200000.0', '0.1,0.2'],
    ['azure_ai/Phi-4-multimodal-instruct', 'azure_ai', '0.08,320.0', '0.08,0.32'],
  ])('%s is not believed at %s', (key, provider, wrong, right) => {
    const imported = run(
      litellmHistory,
      `${header}2025-02-06,${key},${provider},first_seen,${wrong},,,,\n2025-02-08,${key},${provider},changed,${right},,,,\n`,
    )
    expect(imported.quarantined).toHaveLength(1)
    expect(imported.quarantined?.[0]?.reason).toContain('More than 5 times off the price that followed')
    expect(imported.tokenOffers?.map(({ validFrom }) => validFrom)).toEqual(['2025-02-08'])
  })
  test('a cut by 80% is believed: both prices stand, each in its time', () => {
    const imported = run(
      litellmHistory,
      `${header}2025-04-16,o3,openai,first_seen,10.0,40.0,,,,\n2025-06-10,o3,openai,changed,2.0,8.0,,,,\n`,
    )
    expect(imported.quarantined).toEqual([])
    expect(imported.tokenOffers?.map(({ validFrom, validUntil }) => [validFrom, validUntil])).toEqual([
      ['2025-04-16', '2025-06-10'],
      ['2025-06-10', null],
    ])
  })
})

describe('dates and hours of genai-prices', () => {
  const provider = {
    id: 'deepseek',
    extractors: [
      {
        mappings: [
          { path: 'input_tokens', dest: 'input_tokens' },
          { path: 'cache_read_input_tokens', dest: 'input_tokens' },
          { path: 'cache_read_input_tokens', dest: 'cache_read_tokens' },
        ],
      },
    ],
    models: [
      {
        id: 'deepseek-chat',
        prices: [
          { prices: { input_mtok: 0.135 } },
          { constraint: { start_time: '00:30:00Z', end_time: '16:30:00Z' }, prices: { input_mtok: 0.27 } },
        ],
      },
      {
        id: 'luna',
        prices: [
          { prices: { input_mtok: { base: 1, tiers: [{ start: 272000, price: 2 }] } } },
          { constraint: { start_date: '2026-07-30' }, prices: { input_mtok: 0.2 } },
        ],
      },
    ],
  }
  const offers = run(genaiPrices, [provider]).tokenOffers ?? []
  test('a price by the hour leaves the rest of the day to the other', () => {
    expect(offers.slice(0, 2).map(({ window }) => [window?.from, window?.until])).toEqual([
      ['16:30:00', '00:30:00'],
      ['00:30:00', '16:30:00'],
    ])
  })
  test('a dated price ends the one before it', () => {
    expect(offers.slice(2).map(({ validUntil, validFromBasis }) => [validUntil, validFromBasis])).toEqual([
      ['2026-07-30', 'observed'],
      [null, 'stated'],
    ])
  })
  test('cached tokens that a seller adds to the input stand outside of what it reports', () => {
    expect(offers[0]?.cachedTokensReported).toBe('outside')
  })
  test('the day of the publisher’s own check is kept', () => {
    expect(offers[0]?.source.checkedAt).toBe('2026-08-01')
  })
})

describe('GPUs', () => {
  test('a price in China is yuan', () => {
    const imported = run(
      aws,
      'instance_type,region,vcpu,memory_mib,price_per_hour_on_demand,currency,price_generated_at\np4d.24xlarge,cn-north-1,96,1179648,229.283000,CNY,2024-11-06\n',
    )
    expect(imported.gpuOffers?.[0]).toMatchObject({ currency: 'CNY', usdPerHour: null, usdPerGpuHour: null })
  })
  test('Azure NC80adis_H100_v5 has two GPUs, and a sum of a reservation is no hour', () => {
    const imported = run(
      azureRetail,
      'snapshot_date,instance_type,gpu_name,region,pricing_type,price_per_hour,os\n2026-03-21,Standard_NC80adis_H100_v5,H100,eastus,on_demand,13.96,Linux\n2026-03-21,Standard_NC80adis_H100_v5,H100,eastus,on_demand,84136.0,Linux\n',
    )
    expect(imported.gpuOffers?.map(({ gpuCount, usdPerGpuHour }) => [gpuCount, usdPerGpuHour])).toEqual([
      [2, 6.98],
    ])
    expect(imported.quarantined?.[0]?.reason).toContain('less than a fifth')
  })
  test('a count that the map denies is refused', () => {
    const imported = run(
      gcp,
      'instance_type,gpu_count,vcpu,ram_gb,local_ssd_gb,region,usd_per_hour_on_demand,usd_per_hour_spot,usd_per_month_commit_1y,usd_per_month_commit_3y\na3-highgpu-8g,12,208,1872,,us-central1,88,30,,\n',
    )
    expect(imported.gpuOffers).toEqual([])
    expect(imported.quarantined?.[0]?.reason).toBe(
      'a3-highgpu-8g has 8 GPUs in the instance map and 12 in the file.',
    )
  })
  test('a price that the publisher estimated is refused', () => {
    const imported = run(gpuPricing, [
      {
        id: 'x',
        provider_id: 'vast-ai',
        gpu_model: 'NVIDIA H100 SXM',
        vram_gb: 80,
        interconnect: 'SXM',
        tier: 'spot',
        is_spot: true,
        price_usd_hour: 1.2,
        collected_at: '2026-05-24',
        caveats: ['Interruptible estimated at ~50% of on-demand'],
      },
    ])
    expect(imported.gpuOffers).toEqual([])
    expect(imported.quarantined).toHaveLength(1)
  })
  test('the memory of four cards is not one card', () => {
    const imported = run(
      openComputePrices,
      'snapshot_date,source,provider,instance_type,gpu_name,gpu_variant,gpu_memory_gb,gpu_count,gpu_interconnect,vcpus,ram_gb,region,zone,pricing_type,price_per_hour,currency,os\n2026-03-22,vultr,vultr,vcg,L40S,,192,1,,64,750,,,on_demand,6.6,USD,\n',
    )
    expect(imported.quarantined?.[0]?.reason).toBe('192 GB is not the memory of one L40S.')
  })
  test('SkyPilot: zero is sold by reservation only, and a count that the name denies is refused', () => {
    const rows = [
      'InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,GpuInfo,SpotPrice',
      `gpu-h100-sxm_8gpu-128vcpu-1600gb,H100,8,128,1600,23.60,eu-north1,"{'SizeInMiB': 81920}",0`,
      `gpu-h100-sxm_8gpu-128vcpu-1600gb,H100,12,128,1600,23.60,eu-west1,"{'SizeInMiB': 81920}",10.00`,
    ]
    const publisher = { ...modelsDev.publisher, id: 'skypilot', observedAt: '2026-08-01' }
    const imported = readSkypilot(
      files({ 'vms.csv': `${rows.join('\n')}\n` }),
      'vms.csv',
      'nebius',
      publisher,
    )
    expect(
      imported.gpuOffers?.map(({ gpu, usdPerGpuHour, pricing }) => [gpu, usdPerGpuHour, pricing]),
    ).toEqual([['h100-sxm-80gb', 2.95, 'on-demand']])
    expect(imported.quarantined).toHaveLength(1)
  })
})
