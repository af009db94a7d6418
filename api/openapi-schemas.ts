/** Shapes that every route shares, as JSON Schema: the envelope of an answer, a page of a list, a problem. */

const text = { type: 'string' }
const number = { type: 'number' }
const textOrNull = { type: ['string', 'null'] }
const object = (properties: Readonly<Record<string, unknown>>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
})
const listOf = (name: string) => ({ type: 'array', items: { $ref: `#/components/schemas/${name}` } })

const dataset = object({
  version: { ...text, description: 'Version of the bundled facts and prices' },
  pricesAsOf: { ...textOrNull, description: 'The newest day of any price' },
})

export const answerSchemas = {
  Answer: object({
    id: text,
    value: {
      type: ['number', 'string', 'boolean', 'null'],
      description: 'What a cell shows; null is unknown',
    },
    unit: textOrNull,
    result: {},
    breakdown: { ...listOf('Term'), description: 'What makes the value, from top to bottom' },
    assumptions: { ...listOf('Assumption'), description: 'Every default and fact that was not given' },
    sources: listOf('Source'),
    interval: { oneOf: [object({ p10: number, p50: number, p90: number }), { type: 'null' }] },
    dataset,
  }),
  Term: object(
    {
      name: text,
      operator: {
        enum: [
          'add',
          'subtract',
          'times',
          'divide by',
          'larger of',
          'smaller of',
          'round up to a multiple of',
          'round down to a multiple of',
        ],
      },
      value: number,
      unit: text,
      terms: { ...listOf('Term'), description: 'What the term itself is made of' },
      note: text,
    },
    ['name', 'operator', 'value', 'unit'],
  ),
  Assumption: object(
    {
      field: text,
      value: {},
      unit: textOrNull,
      because: text,
      source: { $ref: '#/components/schemas/Source' },
    },
    ['field', 'value', 'unit', 'because'],
  ),
  Source: object({ title: text, url: text, date: text }, ['title']),
}

export const batchSchemas = {
  Batch: object({
    calls: {
      type: 'array',
      maxItems: 10_000,
      items: object({ id: text, input: { type: 'object' } }),
    },
  }),
  BatchAnswer: object({
    results: {
      type: 'array',
      items: { oneOf: [{ $ref: '#/components/schemas/Answer' }, { $ref: '#/components/schemas/Problem' }] },
    },
  }),
}

export const problemSchemas = {
  Problem: object(
    {
      type: { ...text, description: 'A page about problems of this kind' },
      title: text,
      status: { type: 'integer' },
      detail: { ...text, description: 'The field, the value given, and what is accepted' },
      errors: { type: 'array', items: object({ pointer: text, detail: text }) },
    },
    ['type', 'title', 'status', 'detail'],
  ),
}

/** A page of a list. */
export const page = object({
  total: { type: 'integer' },
  limit: { type: 'integer' },
  offset: { type: 'integer' },
  items: { type: 'array', items: { type: 'object' } },
  dataset,
})

export const scenarioSchemas = {
  Scenario: object(
    {
      id: { ...text, description: 'Cannot be guessed: who knows it may read' },
      revision: number,
      name: text,
      note: text,
      calculation: text,
      input: { type: 'object' },
      answer: { $ref: '#/components/schemas/Answer' },
      engineVersion: text,
      createdAt: text,
      savedAt: text,
      editKey: { ...text, description: 'Only in the answer to its creation' },
    },
    [
      'id',
      'revision',
      'name',
      'note',
      'calculation',
      'input',
      'answer',
      'engineVersion',
      'createdAt',
      'savedAt',
    ],
  ),
}

export const priceListSchemas = {
  PriceList: object(
    {
      id: { ...text, description: 'Cannot be guessed: who knows it may read' },
      revision: number,
      name: text,
      entries: { $ref: '#/components/schemas/PriceListInput/properties/entries' },
      createdAt: text,
      savedAt: text,
      editKey: { ...text, description: 'Only in the answer to its creation' },
    },
    ['id', 'revision', 'name', 'entries', 'createdAt', 'savedAt'],
  ),
}
