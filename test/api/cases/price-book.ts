import type { Case } from '../case.ts'

const json = { status: 200, type: 'application/json' }
const csv = { headers: { accept: 'text/csv' }, status: 200, type: 'text/csv' }
const problem = { type: 'application/problem+json' }

export const priceBookCases: readonly Case[] = [
  {
    name: 'the history of one offer',
    path: '/v1/prices/history?model=gpt-4o&seller=openai&asOf=2026-09-01',
    ...json,
    says: ['"series":"offer"', '"servedModel":"gpt-4o"', '"usdPerMillionTokens":2.5', '"trend":'],
  },
  {
    name: 'the cheapest and the median host of a model, with the trend and its spread',
    path: '/v1/prices/history?model=meta-llama/Llama-3.3-70B-Instruct&meter=blend&asOf=2026-07-01',
    ...json,
    says: ['"total":2', '"series":"cheapest-host"', '"series":"median-host"', '"changePerYear":-', '"p90":'],
  },
  {
    name: 'a history as CSV, a line for each point',
    path: '/v1/prices/history?model=meta-llama/Llama-3.3-70B-Instruct&from=2026-03-15&asOf=2026-07-01',
    ...csv,
    says: ['series,seller,servedModel,', '\r\nmedian-host,,,,input,standard,2026-04-01,2026-05-01,'],
  },
  {
    name: 'a history page by page',
    path: '/v1/prices/history?model=meta-llama/Llama-3.3-70B-Instruct&limit=1&offset=1',
    ...json,
    says: ['"total":2,"limit":1,"offset":1,"items":[{"series":"median-host"'],
  },
  {
    name: 'a history before the first record',
    path: '/v1/prices/history?model=gpt-4o&seller=openai&asOf=2020-01-01',
    ...problem,
    status: 404,
    says: ['asOf: no data before 20'],
  },
  {
    name: 'a history that begins after it ends',
    path: '/v1/prices/history?model=gpt-4o&from=2026-08-01&asOf=2026-07-01',
    ...problem,
    status: 422,
    says: ['from: \\"2026-08-01\\" is after 2026-07-01'],
  },
  {
    name: 'a history in the year 20260',
    path: '/v1/prices/history?model=gpt-4o&asOf=20260-01-01',
    ...problem,
    status: 422,
    says: ['asOf: \\"20260-01-01\\" is no day; accepted: YYYY-MM-DD.'],
  },
  {
    name: 'the history of a model that nobody knows',
    path: '/v1/prices/history?model=gpt-4oo',
    ...problem,
    status: 404,
    says: ['there is no priced model \\"gpt-4oo\\". Did you mean'],
  },
  {
    name: 'the history of a seller that does not sell it',
    path: '/v1/prices/history?model=gpt-4o&seller=opnai',
    ...problem,
    status: 404,
    says: ['Did you mean \\"openai\\"?'],
  },
  {
    name: 'the history of a meter that nobody prices',
    path: '/v1/prices/history?model=gpt-4o&meter=inputt',
    ...problem,
    status: 404,
    says: ['there is no meter \\"inputt\\". Did you mean \\"input\\"?'],
  },
  {
    name: 'sources with licence, day, rows and agreement',
    path: '/v1/prices/sources',
    ...json,
    says: ['"id":"models-dev"', '"licence":"MIT"', '"observedAt":"2026-07-02"', '"with":"portkey","pairs":'],
  },
  {
    name: 'sources as CSV',
    path: '/v1/prices/sources?q=bedrock+nobody',
    ...csv,
    says: ['id,title,repository,commit,licence,observedAt,'],
  },
  {
    name: 'quarantine of a source, with reasons',
    path: '/v1/prices/quarantine?source=LiteLLM&limit=2',
    ...json,
    says: ['"source":"litellm"', '"reason":"', '"limit":2'],
  },
  {
    name: 'quarantine by free text, as CSV',
    path: '/v1/prices/quarantine?q=gemini-2.0-flash+slip',
    ...csv,
    says: ['source,path,record,reason\r\n', 'gemini-2.0-flash', 'input 150.0, then 0.15'],
  },
  {
    name: 'quarantine of a source that is not taken in',
    path: '/v1/prices/quarantine?source=litelm',
    ...problem,
    status: 404,
    says: ['Did you mean \\"litellm\\"?'],
  },
  {
    name: 'refreshes, of which there was none',
    path: '/v1/prices/refreshes',
    ...json,
    says: ['"total":0,"limit":100,"offset":0,"items":[]'],
  },
  {
    name: 'refreshes as CSV, a line for each source',
    path: '/v1/prices/refreshes',
    ...csv,
    says: ['run,startedAt,endedAt,published,source.source,source.outcome,'],
  },
  ...[
    '/v1/prices/tokens?model=gpt-4o&asOf=2026-09-01',
    '/v1/prices/gpus?gpu=b200-sxm-180gb&asOf=2026-09-01',
    '/v1/prices/history?model=gpt-4o',
    '/v1/prices/sources',
    '/v1/prices/quarantine',
  ].map((path) => ({
    name: `${path} is not sent again to who has it`,
    path,
    revalidated: true,
    status: 304,
  })),
]
