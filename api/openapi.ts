import { version } from '../data/version.ts'
import type { Calculation } from '../model/calculation.ts'
import { catalog } from '../model/catalog.ts'
import { Rebase } from '../model/compare/rebase.ts'
import { type Fielded, fieldsOf } from '../model/fields.ts'
import { GpuOffer, TokenOffer } from '../model/offers.ts'
import { PriceListInput } from '../model/prices/own/price-list.ts'
import { Profile } from '../model/workload/profile.ts'
import type { Listing } from './listings/listing.ts'
import { listings } from './listings/listings.ts'
import { keptPaths } from './openapi-kept.ts'
import { content, idParameter, type Json, problems, Schemas } from './openapi-parts.ts'
import {
  answerSchemas,
  batchSchemas,
  page,
  priceListSchemas,
  problemSchemas,
  scenarioSchemas,
} from './openapi-schemas.ts'
import { problemTypes } from './problem.ts'
import { offers } from './routes/offers.ts'
import { csvQuery } from './routes/price-lists.ts'
import { scenarioInput } from './routes/scenarios.ts'
import { workbook, xlsxType } from './routes/workbook.ts'
import { traceTypes } from './routes/workloads.ts'

/** The contract of every route, OpenAPI 3.1, read from the catalog and the listings. */
export function openapi(): Json {
  const schemas = new Schemas()
  return {
    openapi: '3.1.1',
    info: {
      title: 'Weighbridge',
      version,
      description:
        "Rent a model's weights behind an API, or own a copy on GPUs? Every answer carries its breakdown, assumptions, sources and dates.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths: {
      ...Object.fromEntries(catalog.map((one) => [`/v1/${one.id}`, calculationPath(one, schemas)])),
      '/v1/batch': { post: batch },
      ...Object.fromEntries(listings.map((one) => [`/v1/${one.id}`, { get: listGet(one, schemas) }])),
      '/v1/models/{id}': { get: recordGet('model', 'A model in full; its id may hold a slash') },
      '/v1/gpus/{id}': { get: recordGet('gpu', 'A GPU in full, by its id or another of its names') },
      '/v1/prices/offers': {
        post: {
          operationId: 'offers',
          summary: 'The observations that calculations rest on, whole and in order of the queries',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemas.ref('OffersInput', offers.input, 'input') } },
          },
          responses: {
            200: content('application/json', offersAnswer(schemas)),
            ...problems('malformed-json', 'invalid-input', 'unsupported-media-type', 'too-large'),
          },
        },
      },
      ...keptPaths({
        path: '/v1/scenarios',
        id: 'scenario',
        what: 'a question with the answer that it has at that moment',
        types: { 'application/json': { schema: schemas.ref('ScenarioInput', scenarioInput.input, 'input') } },
        record: { $ref: '#/components/schemas/Scenario' },
      }),
      '/v1/scenarios/{id}/rebase': { get: rebase(schemas) },
      ...keptPaths({
        path: '/v1/price-lists',
        id: 'price-list',
        what: 'prices of your own; its id, given as priceList, makes them count before the public ones',
        types: {
          'application/json': { schema: schemas.ref('PriceListInput', PriceListInput, 'input') },
          'text/csv': { schema: { type: 'string' } },
        },
        query: queryParameters(csvQuery, schemas.fields('PriceListCsv', csvQuery.input)),
        record: { $ref: '#/components/schemas/PriceList' },
      }),
      '/v1/workbook': {
        post: {
          operationId: 'workbook',
          summary: 'A comparison as an .xlsx workbook whose formulas are live',
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: schemas.ref('WorkbookInput', workbook.input, 'input') },
            },
          },
          responses: {
            200: content(xlsxType, { type: 'string', format: 'binary' }),
            ...problems('malformed-json', 'invalid-input', 'unsupported-media-type', 'too-large'),
          },
        },
      },
      '/v1/workloads': {
        post: {
          operationId: 'workloads',
          summary: 'A request trace becomes a workload profile',
          requestBody: {
            required: true,
            content: Object.fromEntries(traceTypes.map((type) => [type, { schema: { type: 'string' } }])),
          },
          responses: {
            200: content('application/json', schemas.ref('Profile', Profile, 'output')),
            ...problems('invalid-input', 'unsupported-media-type', 'too-large'),
          },
        },
      },
      '/health': { get: plain('health', 'The dataset, the day of its prices, and the runtime') },
      '/ready': { get: plain('ready', 'Answers once the price book can be read') },
    },
    components: {
      schemas: {
        ...schemas.all,
        ...answerSchemas,
        ...batchSchemas,
        ...problemSchemas,
        ...scenarioSchemas,
        ...priceListSchemas,
      },
      securitySchemes: { editKey: { type: 'http', scheme: 'bearer' } },
      responses: Object.fromEntries(
        Object.entries(problemTypes).map(([name, { title }]) => [
          name,
          {
            description: title,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  }
}

const rebase = (schemas: Schemas): Json => ({
  operationId: 'scenario-rebase',
  summary: "The same question at today's prices, and what moved; nothing is saved",
  tags: ['scenarios'],
  parameters: [idParameter('A scenario')],
  responses: {
    200: content('application/json', {
      type: 'object',
      required: ['answer', 'moved'],
      properties: {
        answer: { $ref: '#/components/schemas/Answer' },
        moved: { oneOf: [schemas.ref('Rebase', Rebase, 'output'), { type: 'null' }] },
      },
    }),
    ...problems('not-found', 'invalid-input'),
  },
})

const offersAnswer = (schemas: Schemas): Json => ({
  type: 'object',
  required: ['results', 'dataset'],
  properties: {
    results: {
      type: 'array',
      items: {
        type: 'array',
        items: {
          anyOf: [
            schemas.ref('TokenOffer', TokenOffer, 'output'),
            schemas.ref('GpuOffer', GpuOffer, 'output'),
          ],
        },
      },
    },
    dataset: { $ref: '#/components/schemas/Answer/properties/dataset' },
  },
})

const pascal = (id: string): string =>
  id.replaceAll(/(?:^|[-/])(\w)/g, (_, letter: string) => letter.toUpperCase())

const formatParameter = {
  name: 'format',
  in: 'query',
  description: '`text` answers the bare value, as a cell shows it',
  schema: { enum: ['json', 'text'], default: 'json' },
}

function queryParameters(fielded: Fielded, properties: Json): Json[] {
  return fieldsOf(fielded).map(({ name, description, required, type }) => {
    const schema = properties[name] ?? {}
    const isText = type !== 'object' && type !== 'array'
    return {
      name,
      in: 'query',
      required,
      description,
      ...(isText ? { schema } : { content: { 'application/json': { schema } } }),
    }
  })
}

function calculationPath(calculation: Calculation, schemas: Schemas): Json {
  const { id, title, summary, formula, input, output, examples } = calculation
  const asked = schemas.ref(`${pascal(id)}Input`, input, 'input')
  const result = schemas.ref(`${pascal(id)}Result`, output, 'output')
  const answer = {
    allOf: [
      { $ref: '#/components/schemas/Answer' },
      { type: 'object', properties: { id: { const: id }, result } },
    ],
  }
  const responses = {
    200: {
      description: title,
      content: { 'application/json': { schema: answer }, 'text/plain': { schema: { type: 'string' } } },
    },
    ...problems('invalid-input', 'unknown-name'),
  }
  const about = { summary, description: `${formula}`, tags: ['calculations'] }
  const named = examples.map((example, index) => [
    example.title ?? `example ${index + 1}`,
    { value: example.input },
  ])
  return {
    get: {
      operationId: `${id}-get`,
      ...about,
      parameters: [
        ...queryParameters(calculation, schemas.properties(`${pascal(id)}Input`)),
        formatParameter,
      ],
      responses,
    },
    post: {
      operationId: id,
      ...about,
      parameters: [formatParameter],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: asked, examples: Object.fromEntries(named) } },
      },
      responses: { ...responses, ...problems('malformed-json', 'unsupported-media-type', 'too-large') },
    },
  }
}

function listGet(listing: Listing, schemas: Schemas): Json {
  const name = `${pascal(listing.id)}Query`
  schemas.ref(name, listing.input, 'input')
  return {
    operationId: listing.id.replace('/', '-'),
    summary: listing.summary,
    tags: ['facts and prices'],
    parameters: queryParameters(listing, schemas.properties(name)),
    responses: {
      200: {
        description: listing.title,
        content: { 'application/json': { schema: page }, 'text/csv': { schema: { type: 'string' } } },
      },
      ...problems('invalid-input', 'unknown-name'),
    },
  }
}

const recordGet = (operationId: string, summary: string): Json => ({
  operationId,
  summary,
  tags: ['facts and prices'],
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  responses: { 200: content('application/json', { type: 'object' }), ...problems('unknown-name') },
})

const plain = (operationId: string, summary: string): Json => ({
  operationId,
  summary,
  responses: { 200: content('application/json', { type: 'object' }) },
})

const batch: Json = {
  operationId: 'batch',
  summary: 'Up to 10,000 calls, answered in order, each with its own answer or problem',
  tags: ['calculations'],
  requestBody: {
    required: true,
    content: Object.fromEntries(
      ['application/json', 'text/plain'].map((type) => [
        type,
        {
          schema: { $ref: '#/components/schemas/Batch' },
          examples: {
            two: {
              value: {
                calls: catalog.slice(0, 2).map(({ id, examples }) => ({ id, input: examples[0].input })),
              },
            },
          },
        },
      ]),
    ),
  },
  responses: {
    200: content('application/json', { $ref: '#/components/schemas/BatchAnswer' }),
    ...problems('malformed-json', 'too-large', 'unsupported-media-type', 'invalid-input'),
  },
}
