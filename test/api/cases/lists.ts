import { type Case, posted } from '../case.ts'

const json = { status: 200, type: 'application/json' }
const csv = { headers: { accept: 'text/csv' }, status: 200, type: 'text/csv' }
const problem = { type: 'application/problem+json' }

export const factCases: readonly Case[] = [
  {
    name: 'models',
    path: '/v1/models?limit=3',
    ...json,
    says: ['{"total":', '"limit":3,"offset":0,"items":[{"id":"', '"dataset":{"version":'],
  },
  {
    name: 'models by free text',
    path: '/v1/models?q=LLAMA+3.3&limit=1',
    ...json,
    says: ['meta-llama/Llama-3.3-70B-Instruct'],
  },
  { name: 'models beyond the last', path: '/v1/models?offset=100000', ...json, says: ['"items":[]'] },
  { name: 'models as CSV', path: '/v1/models?limit=3', ...csv, says: ['id,family,licence,releasedOn,'] },
  {
    name: 'one model, whose id has a slash',
    path: '/v1/models/meta-llama/Llama-3.3-70B-Instruct',
    ...json,
    says: ['"config":{'],
  },
  {
    name: 'a model that nobody knows',
    path: '/v1/models/meta-llama/Llama-3.3-70B-Instructt',
    ...problem,
    status: 404,
    says: ['Did you mean \\"meta-llama/Llama-3.3-70B-Instruct\\"?'],
  },
  { name: 'GPUs of a maker', path: '/v1/gpus?maker=amd', ...json, says: ['"id":"mi300x-192gb"'] },
  { name: 'GPUs with a peak in a format', path: '/v1/gpus?format=FP4&limit=2', ...json, says: ['"fp4":1'] },
  {
    name: 'GPUs as CSV',
    path: '/v1/gpus?q=h100',
    ...csv,
    says: ['h100-sxm-80gb,H100 SXM 80GB,NVIDIA,Hopper,'],
  },
  { name: 'one GPU by another name', path: '/v1/gpus/h100-sxm', ...json, says: ['"id":"h100-sxm-80gb"'] },
  {
    name: 'a GPU that nobody knows',
    path: '/v1/gpus/h100-sxm-80g',
    ...problem,
    status: 404,
    says: ['Did you mean \\"h100-sxm-80gb\\"?'],
  },
  {
    name: 'precisions with measured loss',
    path: '/v1/precisions?q=q6_k',
    ...json,
    says: [
      '"bitsPerWeight":6.5625',
      '"metric":"wikitext-2 perplexity"',
      '"emulated":[],"unstated":["gb300-288gb"',
    ],
  },
  {
    name: 'precisions that a GPU runs',
    path: '/v1/precisions?nativeOn=h100-sxm-80gb',
    ...csv,
    says: ['\r\nfp8,8,none,fp8,'],
  },
  {
    name: 'too large a page',
    path: '/v1/models?limit=5000',
    ...problem,
    status: 422,
    says: ['limit: 5000 must be at most 1000.'],
  },
  ...(
    [
      ['gpus?maker=NVIDA', 'maker: there is no maker \\"NVIDA\\". Did you mean \\"NVIDIA\\"?'],
      ['models?family=lama+1', 'family: there is no family \\"lama 1\\". Did you mean \\"Llama 1\\"?'],
      [
        'models?licence=apche-2.0',
        'licence: there is no licence \\"apche-2.0\\". Did you mean \\"apache-2.0\\"?',
      ],
    ] as const
  ).map(([query, says]) => ({
    name: `a name that no fact bears: ${query}`,
    path: `/v1/${query}`,
    ...problem,
    status: 404,
    says: [says],
  })),
  {
    name: 'an unknown filter',
    path: '/v1/gpus?makr=AMD',
    ...problem,
    status: 422,
    says: ['makr: there is no such field. Did you mean \\"maker\\"?'],
  },
]

export const priceCases: readonly Case[] = [
  {
    name: 'token prices of a model, with source and date',
    path: '/v1/prices/tokens?model=gpt-4o&seller=openai&serviceTier=standard&asOf=2026-09-01',
    ...json,
    says: [
      '"usdPerMillionTokens":2.5',
      '"usdPerMillionTokens":10',
      '"observedAt":"2026-',
      '"ageDays":',
      '"isStale":',
      '"conflicts":[',
    ],
  },
  {
    name: 'token prices by free text',
    path: '/v1/prices/tokens?q=llama+70b+TOGETHER&limit=5&asOf=2026-09-01',
    ...json,
    says: ['Llama-3.3-70B-Instruct'],
  },
  {
    name: 'token prices that a long prompt pays',
    path: '/v1/prices/tokens?model=gemini-2.5-pro&seller=google&serviceTier=standard&promptTokens=250000&asOf=2026-09-01',
    ...json,
    says: ['"usdPerMillionTokens":2.5', '"tierFrom":200000'],
  },
  {
    name: 'token prices as CSV, a line for each meter',
    path: '/v1/prices/tokens?model=gpt-4o&seller=openai&asOf=2026-09-01',
    ...csv,
    says: ['seller,servedModel,model,kind,serviceTier,', 'openai,gpt-4o,openai/gpt-4o,list,batch,'],
  },
  {
    name: 'token prices page by page',
    path: '/v1/prices/tokens?limit=20&offset=4000&asOf=2026-09-01',
    ...json,
    says: ['"limit":20,"offset":4000'],
  },
  {
    name: 'token prices before the first record',
    path: '/v1/prices/tokens?model=gpt-4o&asOf=2020-01-01',
    ...problem,
    status: 404,
    says: ['asOf: no data before 20', 'for \\"gpt-4o\\"; 2020-01-01 was asked.'],
  },
  {
    name: 'token prices of a seller before its first record',
    path: '/v1/prices/tokens?seller=openai&asOf=2020-01-01',
    ...problem,
    status: 404,
    says: ['asOf: no data before 20', 'for token prices; 2020-01-01 was asked.'],
  },
  {
    name: 'GPU prices before the first record',
    path: '/v1/prices/gpus?gpu=b200-sxm-180gb&asOf=2020-01-01',
    ...problem,
    status: 404,
    says: ['asOf: no data before 20', 'for \\"b200-sxm-180gb\\"; 2020-01-01 was asked.'],
  },
  {
    name: 'a priced model that nobody knows',
    path: '/v1/prices/tokens?model=gpt-4oo',
    ...problem,
    status: 404,
    says: ['there is no priced model \\"gpt-4oo\\". Did you mean'],
  },
  {
    name: 'GPU prices, the cheapest first',
    path: '/v1/prices/gpus?gpu=H100-SXM&pricing=on-demand&limit=5&asOf=2026-09-01',
    ...json,
    says: ['"gpu":"h100-sxm-80gb"', '"usdPerGpuHour":', '"isStale":'],
  },
  {
    name: 'GPU prices by free text',
    path: '/v1/prices/gpus?q=GCP+a3-highgpu+asia-east1&asOf=2026-09-01',
    ...json,
    says: ['"region":"asia-east1"'],
  },
  {
    name: 'GPU prices as CSV',
    path: '/v1/prices/gpus?gpu=b200-sxm-180gb&limit=10',
    ...csv,
    says: ['seller,instance,gpu,gpuName,gpuCount,'],
  },
  {
    name: 'GPU prices of a GPU that nobody knows',
    path: '/v1/prices/gpus?gpu=h100-sxn-80gb',
    ...problem,
    status: 404,
    says: ['Did you mean \\"h100-sxm-80gb\\"?'],
  },
  ...(['tokens', 'gpus'] as const).flatMap((kind): Case[] => [
    {
      name: `${kind}: a seller that nobody knows`,
      path: `/v1/prices/${kind}?seller=azzure`,
      ...problem,
      status: 404,
      says: ['seller: there is no seller \\"azzure\\". Did you mean \\"azure\\"?'],
    },
    {
      name: `${kind}: a region that nobody knows`,
      path: `/v1/prices/${kind}?region=us-esat-1`,
      ...problem,
      status: 404,
      says: ['region: there is no region'],
    },
  ]),
  ...['seller', 'region'].map(
    (field): Case => ({
      name: `several names that nobody knows: the ${field}`,
      path: '/v1/prices/gpus?gpu=H100-SXM&seller=nobody-here&region=nowhere-at-all',
      ...problem,
      status: 404,
      says: [`"pointer":"#/${field}"`],
    }),
  ),
  {
    name: 'a seller that sells no such model has no price of it',
    path: '/v1/prices/tokens?model=gemini-2.5-pro&seller=openai',
    ...json,
    says: ['"total":0'],
  },
  {
    name: 'no such service tier',
    path: '/v1/prices/tokens?serviceTier=bach',
    ...problem,
    status: 422,
    says: ['serviceTier: \\"bach\\" is not accepted. Did you mean \\"batch\\"?'],
  },
  {
    name: 'no such day',
    path: '/v1/prices/gpus?asOf=2026-02-30',
    ...problem,
    status: 422,
    says: ['asOf: \\"2026-02-30\\" is no day; accepted: YYYY-MM-DD.'],
  },
  {
    name: 'no such pricing',
    path: '/v1/prices/gpus?pricing=free',
    ...problem,
    status: 422,
    says: ['pricing: \\"free\\" is not accepted.'],
  },
  {
    name: 'the offers that a plan rests on',
    path: '/v1/prices/offers',
    ...posted(
      '{"queries":[{"kind":"token","model":"meta-llama/Llama-3.3-70B-Instruct"},{"kind":"gpu","gpu":"H100-SXM-80GB","pricing":"on-demand"}]}',
    ),
    ...json,
    says: ['"model":"meta-llama/Llama-3.3-70B-Instruct"', '"gpu":"h100-sxm-80gb"', '"pricesAsOf":"2026-'],
  },
  {
    name: 'offers of a kind that there is not',
    path: '/v1/prices/offers',
    ...posted('{"queries":[{"kind":"server","model":"x"}]}'),
    ...problem,
    status: 422,
    says: ['queries.0.kind'],
  },
  {
    name: 'SQL in free text is text',
    path: `/v1/prices/tokens?q=${encodeURIComponent("'; drop table price_points; --")}`,
    ...json,
    says: ['"total":0'],
  },
  {
    name: 'a quote and a wildcard are letters',
    path: `/v1/prices/gpus?q=${encodeURIComponent('%_')}`,
    ...json,
    says: ['"total":0'],
  },
]

const lines = (...rows: string[]) => rows.join('\n')
const trace = (body: string, type = 'text/csv') => ({
  path: '/v1/workloads',
  ...posted(body, { 'content-type': type }),
})
const minutes = Array.from({ length: 150 }, (_, second) => `${second},${100 + second},${50 + (second % 7)}`)

export const workloadCases: readonly Case[] = [
  {
    name: 'a trace beyond what is read in a moment',
    path: '/v1/workloads',
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'a'.repeat(16_000_001),
    ...problem,
    status: 413,
    says: ['at most 16000000 are accepted'],
  },
  {
    name: 'a trace becomes a profile',
    ...trace(lines('time,input_tokens,output_tokens', ...minutes)),
    ...json,
    says: ['"requestCount":150', '"spanSeconds":149'],
  },
  {
    name: 'with CR LF',
    ...trace(['time,input_tokens,output_tokens', ...minutes].join('\r\n')),
    ...json,
    says: ['"requestCount":150'],
  },
  {
    name: 'as JSON lines',
    ...trace(
      lines(
        ...minutes.map((line) => {
          const [time, input_tokens, output_tokens] = line.split(',').map(Number)
          return JSON.stringify({ time, input_tokens, output_tokens })
        }),
      ),
      'application/jsonl',
    ),
    ...json,
    says: ['"requestCount":150', '"spanSeconds":149'],
  },
  {
    name: 'a missing column',
    ...trace(lines('time,input_tokens', '0,1')),
    ...problem,
    status: 422,
    says: ['trace: no column for output tokens'],
  },
  {
    name: 'a bad row in the middle',
    ...trace(lines('time,input_tokens,output_tokens', ...minutes.toSpliced(70, 1, '70,many,3'))),
    ...problem,
    status: 422,
    says: ['trace: line 72, column input_tokens (input tokens): \\"many\\" must be a whole number'],
  },
  {
    name: 'a thousand years between two requests',
    ...trace(lines('time,input_tokens,output_tokens', '0,1,1', '3.2e10,1,1')),
    ...problem,
    status: 422,
    says: ['trace: 2 requests span 32000000000 seconds; at most 9000000 are read'],
  },
  {
    name: 'no rows',
    ...trace('time,input_tokens,output_tokens\n'),
    ...problem,
    status: 422,
    says: ['there is no request below the header line.'],
  },
  { name: 'an empty body', ...trace(''), ...problem, status: 422, says: ['trace: the file is empty'] },
  {
    name: 'not CSV',
    ...trace('{}', 'application/json'),
    ...problem,
    status: 415,
    says: [
      'accepted: text/csv, application/jsonl, application/x-ndjson, application/x-jsonlines, text/plain.',
    ],
  },
]
