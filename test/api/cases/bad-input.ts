import { type Case, posted } from '../case.ts'

const memory = '/v1/memory'
const asked = `${memory}?model=70e9&precision=int4`
const nested = (depth: number) => `{"config":${'{"a":'.repeat(depth - 1)}1${'}'.repeat(depth)}`
const problem = { type: 'application/problem+json' }
const invalid = { ...problem, status: 422 }
const malformed = { ...problem, status: 400 }
const intro = 'The body is not JSON: '

/** Everything a person may get wrong: a status, and a sentence naming field, value and what is accepted. */
export const badInputCases: readonly Case[] = [
  {
    name: 'unknown model, near miss suggested',
    path: `${memory}?model=no-such-maker/no-such-model&precision=int4`,
    ...problem,
    status: 404,
    says: ['"/problems/unknown-name"', 'model: there is no model \\"no-such-maker/no-such-model\\"'],
  },
  {
    name: 'unknown GPU, near miss suggested',
    path: '/v1/gpus-needed?memoryGb=140&gpu=h100-sxn-80gb',
    ...problem,
    status: 404,
    says: ['gpu: there is no GPU \\"h100-sxn-80gb\\". Did you mean \\"h100-sxm-80gb\\"?'],
  },
  {
    name: 'nothing given: each missing field by itself',
    path: memory,
    ...invalid,
    says: ['"pointer":"#/model"', '"pointer":"#/precision"', 'model is missing; accepted: an id such as'],
  },
  {
    name: 'unknown precision',
    path: `${memory}?model=70e9&precision=int44`,
    ...invalid,
    says: ['precision: \\"int44\\" is not accepted. Did you mean \\"int4\\"? Accepted: fp32, bf16'],
  },
  {
    name: 'unknown field',
    path: `${asked}&precison=int4`,
    ...invalid,
    says: ['precison: there is no such field. Did you mean \\"precision\\"?', '"pointer":"#/precison"'],
  },
  ...['__proto__', 'constructor', 'toString'].flatMap((key): Case[] => [
    {
      name: `${key} as a query name`,
      path: `${asked}&${key}=1`,
      ...invalid,
      says: [`${key}: there is no such field.`],
    },
    {
      name: `${key} as a key`,
      path: memory,
      ...posted(`{"model":70e9,"precision":"int4","${key}":{"polluted":true}}`),
      ...invalid,
      says: [`${key}: there is no such field.`],
    },
    {
      name: `${key} as a choice`,
      path: `${memory}?model=70e9&precision=${key}`,
      ...invalid,
      says: [`precision: \\"${key}\\" is not accepted.`],
    },
    {
      name: `${key} as a GPU`,
      path: `/v1/gpus-needed?memoryGb=140&gpu=${key}`,
      ...problem,
      status: 404,
      says: [`there is no GPU \\"${key}\\"`],
    },
    {
      name: `${key} as a calculation of a batch`,
      path: '/v1/batch',
      ...posted(JSON.stringify({ calls: [{ id: key, input: {} }] })),
      status: 200,
      says: [`there is no calculation \\"${key}\\"`],
    },
  ]),
  ...['precision', 'unit'].map(
    (field): Case => ({
      name: `an object that has lost its methods as a choice of ${field}`,
      path: memory,
      ...posted(
        JSON.stringify({ model: 70e9, precision: 'int4', [field]: { toString: null, hasOwnProperty: 1 } }),
      ),
      ...invalid,
      says: [`${field}: {\\"toString\\":null,\\"hasOwnProperty\\":1} is not accepted. Accepted: `],
    }),
  ),
  ...['null', '{"name":{}}', '{"cells":1}'].map(
    (body): Case => ({ name: `${body} for a cell`, path: '/addin/evaluate', ...posted(body), ...invalid }),
  ),
  {
    name: 'a name given twice',
    path: `${asked}&model=8e9`,
    ...invalid,
    says: ['model is given 2 times; give it once.'],
  },
  {
    name: 'an unknown format',
    path: `${asked}&format=xml`,
    ...invalid,
    says: ['format: \\"xml\\" is not accepted. Accepted: json, text.'],
  },
  {
    name: '1e400 in a body',
    path: '/v1/gpus-needed',
    ...posted('{"memoryGb":1e400,"gpu":"h100-sxm-80gb"}'),
    ...invalid,
    says: ['memoryGb: Infinity is not a finite number.'],
  },
  {
    name: '1e400 in a query',
    path: '/v1/gpus-needed?memoryGb=1e400&gpu=h100-sxm-80gb',
    ...invalid,
    says: ['memoryGb: Infinity is not a finite number.'],
  },
  ...['NaN', 'Infinity', '1_000', '0x10', '12 GB'].map(
    (text): Case => ({
      name: `${text} for a number`,
      path: `/v1/gpus-needed?memoryGb=${encodeURIComponent(text)}&gpu=h100-sxm-80gb`,
      ...invalid,
      says: [`memoryGb: \\"${text}\\" is not a finite number.`],
    }),
  ),
  {
    name: 'a negative number',
    path: '/v1/gpus-needed?memoryGb=-1&gpu=h100-sxm-80gb',
    ...invalid,
    says: ['memoryGb: -1 must be above 0.'],
  },
  {
    name: 'an empty field',
    path: '/v1/gpus-needed?memoryGb=&gpu=h100-sxm-80gb',
    ...invalid,
    says: ['memoryGb is missing; it must be a finite number.'],
  },
  {
    name: 'several wrong fields, each named',
    path: memory,
    ...posted('{"model":-1,"precision":7,"unit":"bushel"}'),
    ...invalid,
    says: ['"pointer":"#/model"', '"pointer":"#/precision"', '"pointer":"#/unit"'],
  },
  {
    name: 'a model and a config, beside what is missing',
    path: memory,
    ...posted('{"model":70e9,"config":{}}'),
    ...invalid,
    says: ['config: give either model or config, not both.', '"pointer":"#/precision"'],
  },
  {
    name: 'a count where layers and heads are needed',
    path: '/v1/kv-cache',
    ...posted('{"model":70e9,"contextTokens":0}'),
    ...invalid,
    says: ['must be a model id; a count alone has no layers and heads.', '"pointer":"#/contextTokens"'],
  },
  {
    name: 'a count as text where layers and heads are needed',
    path: '/v1/kv-cache?model=70e9&contextTokens=1',
    ...invalid,
    says: ['model: a count of 70000000000 parameters has no layers and heads;'],
  },
  {
    name: 'a string of 10 MB',
    path: memory,
    ...posted(JSON.stringify({ model: 'x'.repeat(10e6), precision: 'int4' })),
    ...invalid,
    says: ['(10000000 characters) must be at most 200 characters.'],
  },
  {
    name: 'a name of 10 MB inside a field',
    path: '/v1/scenarios',
    ...posted(`{"name":"x","calculation":"uncertainty","input":{"inputs":{"${'k'.repeat(10e6)}":1}}}`),
    ...invalid,
    says: ['… (10000000 characters)'],
  },
  {
    name: 'a field name of 10 MB',
    path: memory,
    ...posted(`{"model":70e9,"precision":"int4","${'k'.repeat(10e6)}":1}`),
    ...invalid,
    says: ['(10000000 characters): there is no such field.'],
  },
  {
    name: 'a body beyond what is read',
    path: memory,
    ...posted(JSON.stringify({ model: 'x'.repeat(17e6) })),
    ...problem,
    status: 413,
    says: ['The body has 17000012 bytes; at most 16000000 are accepted.'],
  },
  {
    name: 'nested 10,000 deep',
    path: memory,
    ...posted(nested(10_000)),
    ...invalid,
    says: ['The body is nested 10000 deep; at most 100 levels are accepted.'],
  },
  {
    name: 'a million brackets',
    path: '/v1/batch',
    ...posted('['.repeat(1e6)),
    ...invalid,
    says: ['The body is nested 1000000 deep'],
  },
  ...[
    ['', 'line 1, column 1: the end of the text where a value is expected.'],
    ['{"model": NaN}', 'line 1, column 11: \\"NaN}\\" where a value is expected.'],
    ['{"model":70e9,}', 'line 1, column 15: \\"}\\" where a field name is expected.'],
    ['{"model":70e9', 'line 1, column 14: the end of the text where , or } is expected.'],
    ['{\n  "model" 70e9\n}', 'line 2, column 11: \\"70e9\\\\n}\\" where : is expected.'],
    ['{"calls":[1 2]}', 'line 1, column 13: \\"2]}\\" where , or ] is expected.'],
    ['{} {}', 'line 1, column 4: \\"{}\\" where the end is expected.'],
    ["{'model':1}", 'where a field name or } is expected.'],
    ['{"a":"\u0001"}', 'where no control character inside a string is expected.'],
    ['{"a":"\\x"}', 'where an escape of JSON is expected.'],
    ['{"a":"b', 'line 1, column 8: the end of the text where a closing \\" is expected.'],
    ['{"a":01}', 'line 1, column 7: \\"1}\\" where , or } is expected.'],
  ].map(
    ([body = '', sentence = '']): Case => ({
      name: `broken JSON ${JSON.stringify(body)}`,
      path: memory,
      ...posted(body),
      ...malformed,
      says: [sentence.startsWith('line') ? intro + sentence : sentence],
    }),
  ),
  ...['null', '[]', '70e9', '"memory"', 'true'].map(
    (body): Case => ({
      name: `${body} for an object`,
      path: memory,
      ...posted(body),
      ...invalid,
      says: ['The input of memory must be an object of named fields, not '],
    }),
  ),
  {
    name: 'a wrong content type',
    path: memory,
    ...posted('<model/>', { 'content-type': 'text/xml' }),
    ...problem,
    status: 415,
    says: ['content-type: text/xml is not supported; accepted: application/json, text/plain.'],
  },
  {
    name: 'unknown route',
    path: '/v1/memroy',
    ...problem,
    status: 404,
    says: ['There is nothing at /v1/memroy. Did you mean \\"/v1/memory\\"?'],
  },
  {
    name: 'a path that is no text',
    path: '/v1/%E0%A4%A',
    ...problem,
    status: 404,
    says: ['There is nothing at /v1/%E0%A4%A.'],
  },
  {
    name: 'a wrong method',
    path: memory,
    method: 'DELETE',
    ...problem,
    status: 405,
    says: ['/v1/memory does not take DELETE; accepted: GET, POST, HEAD, OPTIONS.'],
  },
  {
    name: 'GET of a route for POST',
    path: '/v1/batch',
    ...problem,
    status: 405,
    says: ['accepted: POST, OPTIONS.'],
  },
  { name: 'HEAD', path: asked, method: 'HEAD', status: 200, is: '' },
  { name: 'HEAD of what is wrong', path: memory, method: 'HEAD', status: 422, is: '' },
  { name: 'OPTIONS', path: memory, method: 'OPTIONS', status: 204, is: '' },
  { name: 'and the server goes on', path: `${asked}&format=text`, status: 200, is: '35' },
]
