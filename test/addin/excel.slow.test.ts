import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '../../addin/bundle.ts'
import { sheetCalculations } from '../../addin/functions/calculation-argument.ts'
import { cellsOf } from '../../addin/functions/cells-of.ts'
import { sheetErrorOf } from '../../addin/functions/sheet-error.ts'
import { metadata } from '../../addin/metadata.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { calculationOf } from '../../model/catalog.ts'
import { excelName } from '../../model/fields.ts'
import { answerOf, cellExamples, modelValue } from './examples.ts'
import { type Call, type Fetch, SimulatedExcel } from './host.ts'

let script = ''
beforeAll(async () => {
  script = await bundle('addin/functions/main.ts')
})

const opened: SimulatedExcel[] = []
function excel(parts: { fetch?: Fetch; bare?: boolean } = {}): SimulatedExcel {
  const one = new SimulatedExcel({ script, ...parts })
  opened.push(one)
  return one
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close()
})

const facts = withBook(bundledFacts(new Date().toISOString().slice(0, 10)))

/** A server in the same process: the model over the bundled facts. */
const server: Fetch = async (_url, { body }) => {
  const { calls } = JSON.parse(body) as { calls: { id: string; input: unknown }[] }
  const results = calls.map(({ id, input }) => {
    const calculation = calculationOf(id)
    if (!calculation) throw new Error(id)
    return answerOf(calculation, input, facts)
  })
  return new Response(JSON.stringify({ results }))
}

describe('every example of the catalog gives the digits of the model', () => {
  test.each(cellExamples)('%s', async (_name, example) => {
    const value = modelValue(example, facts)
    const shown = await excel({ fetch: server }).call(example.name, ...example.cells)
    if (value === null) expect(shown).toMatchObject({ error: '#N/A', sentence: expect.any(String) })
    else expect(shown).toEqual({ value })
  })
})

test.each(['PARAMETERS', 'KVCACHE'])(
  '%s of every model there is: what was left out of the script is read by nobody',
  async (name) => {
    const calculation = sheetCalculations.find(({ id }) => excelName(id) === name)
    if (!calculation) throw new Error(`no ${name}`)
    const inputs = facts
      .weightsIds()
      .map((model) => (name === 'KVCACHE' ? { model, contextTokens: 4096 } : { model }))
    const shown = await Promise.all(
      excel().calls(inputs.map((input) => ({ name, cells: cellsOf(calculation, input) ?? [] }))),
    )
    for (const [index, input] of inputs.entries()) {
      const expected = outcome(() => answerOf(calculation, input, facts).value)
      expect(shown[index], input.model).toEqual(expected)
    }
  },
)

/** What a cell shows of a value, or of the sentence that was thrown instead. */
function outcome(compute: () => unknown): unknown {
  try {
    const value = compute()
    return value === null ? { error: '#N/A', sentence: expect.any(String) } : { value }
  } catch (thrown) {
    const { code, message } = sheetErrorOf(thrown)
    return { error: code, sentence: message }
  }
}

describe('the script', () => {
  test('is under 120 KB compressed and loads without page, storage or Office', async () => {
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(120_000)
    expect(await excel({ bare: true }).call('MEMORY', 70e9, 'int4', null)).toEqual({ value: 35 })
  })

  test('answers to every name of functions.json', async () => {
    const host = excel()
    for (const { name } of metadata().functions) {
      const shown = await host.call(name)
      if ('error' in shown) expect(shown.sentence, name).toEqual(expect.any(String))
    }
  })
})

test('10,000 cells of local functions make no request', async () => {
  const cells: Call[] = Array.from({ length: 10_000 }, (_, row) => ({
    name: 'MEMORY',
    cells: [70e9 + row, 'int4', null],
  }))
  const host = excel()
  const shown = await Promise.all(host.calls(cells))
  expect(shown[9_999]).toEqual({ value: ((70e9 + 9_999) * 4) / 8 / 1e9 })
  expect(host.requests).toEqual([])
})

describe('what a cell is given', () => {
  test.each([
    ['an omitted argument is the default', ['MEMORY', 70e9, 'int4', null], { value: 35 }],
    ['names and options ignore case', ['memory', 70e9, 'INT4', 'gb'], { value: 35 }],
    ['a workbook from before an argument was added', ['MEMORY', 70e9, 'int4'], { value: 35 }],
    ['a text number', ['MEMORY', '70e9', 'int4'], { value: 35 }],
  ] as const)('%s', async (_name, [name, ...cells], shown) => {
    expect(await excel().call(name, ...cells)).toEqual(shown)
  })

  test('an error carries its sentence', async () => {
    expect(await excel().call('MEMORY', 70e9, 'int44')).toEqual({
      error: '#VALUE!',
      sentence: expect.stringContaining('Did you mean "int4"?'),
    })
  })

  test('an error inside a spill is an error, not a blank', async () => {
    const shown = await excel().call('SENSITIVITY', 'memory', 'precision', [['int4', 'int44']], [[[70e9]]])
    expect(shown).toEqual({
      value: [
        ['Precision', 'Weight memory'],
        ['int4', 35],
        [
          'int44',
          expect.objectContaining({ type: 'Error', basicValue: '#VALUE!', message: expect.any(String) }),
        ],
      ],
    })
  })

  test('a card is an entity with a text that stands alone', async () => {
    expect(await excel().call('GPU', 'h100-sxm-80gb')).toMatchObject({
      value: {
        type: 'Entity',
        text: 'h100-sxm-80gb',
        properties: { id: { type: 'String', basicValue: 'h100-sxm-80gb' } },
      },
    })
  })
})

describe('a service that is gone', () => {
  test.each<[string, Fetch, string]>([
    [
      'not reached',
      () => Promise.reject(new TypeError('fetch failed')),
      'could not be reached (fetch failed)',
    ],
    [
      'answering HTML',
      async () => new Response('<html>', { status: 502 }),
      'it answered 502 with something that is not data',
    ],
    [
      'closed',
      async () => new Response('{"status":401,"detail":"A read key is needed."}', { status: 401 }),
      'it says: A read key is needed.',
    ],
    [
      'answering with its own problem',
      async () => new Response('{"results":[{"status":404,"detail":"There is no price."}]}'),
      'There is no price.',
    ],
  ])('%s is #N/A with a sentence', async (_name, fetch, sentence) => {
    expect(await excel({ fetch }).call('VERSION', 'prices')).toEqual({
      error: '#N/A',
      sentence: expect.stringContaining(sentence),
    })
  })

  test('silent: #N/A within 15 s', async () => {
    const started = performance.now()
    const shown = await excel({ fetch: () => new Promise(() => {}) }).call('VERSION', 'prices')
    expect(shown).toEqual({ error: '#N/A', sentence: 'The service did not answer within 15 seconds.' })
    expect(performance.now() - started).toBeLessThan(15_500)
  })
})

const priced = sheetCalculations.filter(({ prices }) => prices !== undefined)
describe.runIf(priced.length > 0)('price cells', () => {
  const dated = (key: number): Call => {
    const calculation = priced.find(({ input }) => 'seller' in input.shape)
    if (!calculation) throw new Error('no calculation takes a seller')
    const input = { ...calculation.examples[0].input, seller: `seller-${key}` }
    return { name: excelName(calculation.id), cells: cellsOf(calculation, input) ?? [] }
  }

  test('5,000 cells over 40 keys: one request; a row inserted: none', async () => {
    const host = excel({ fetch: fixed })
    const cells = Array.from({ length: 5000 }, (_, row) => dated(row % 40))
    const shown = await Promise.all(host.calls(cells))
    expect(shown.every((one) => 'value' in one && one.value === 1.5)).toBe(true)
    expect(host.requests).toHaveLength(1)
    await Promise.all(host.calls(cells))
    expect(host.requests).toHaveLength(1)
  })

  test('2,000 distinct: at most eight requests', async () => {
    const host = excel({ fetch: fixed })
    await Promise.all(host.calls(Array.from({ length: 2000 }, (_, row) => dated(row))))
    expect(host.requests.length).toBeLessThanOrEqual(8)
  })

  test('a cell deleted while it waits: no request', async () => {
    const host = excel({ fetch: fixed })
    host.calls([dated(1)], (ids) => host.cancel(ids))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(host.requests).toEqual([])
  })
})

/** A server whose every price is 1.5. */
const fixed: Fetch = async (_url, { body }) => {
  const { calls } = JSON.parse(body) as { calls: { id: string }[] }
  const dataset = { version: 'test', pricesAsOf: '2026-11-24' }
  const results = calls.map(({ id }) => ({ id, value: 1.5, assumptions: [], dataset }))
  return new Response(JSON.stringify({ results }))
}
