import vm from 'node:vm'
import { beforeAll, describe, expect, test } from 'vitest'
import { namespace } from '../../addin/functions/namespace.ts'
import { sheetFunctions } from '../../addin/functions/sheet-functions.ts'
import { sheetsCode } from '../../addin/sheets/code.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { localApp } from '../api/local-app.ts'
import { cellExamples, modelValue } from './examples.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const app = localApp()
const address = 'https://weighbridge.example/'

/** What the script asked of the server, and what it is to be told. */
const requests: string[] = []
let answer = ''
let context: vm.Context
beforeAll(async () => {
  const UrlFetchApp = {
    fetch(url: string, { payload }: { payload: string }) {
      expect(url).toBe(`${address}addin/evaluate`)
      requests.push(payload)
      return { getContentText: () => answer }
    },
  }
  // An engine and nothing else: no page, no timers, no fetch.
  context = vm.createContext({ UrlFetchApp })
  vm.runInContext(await sheetsCode(address), context)
})

const call = (name: string, ...cells: unknown[]): unknown => context[`${namespace}_${name}`](...cells)

/** The server's own answer to what the script will ask. */
async function serve(name: string, cells: readonly unknown[]): Promise<void> {
  const response = await app.request('/addin/evaluate', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ name, cells }),
  })
  answer = await response.text()
}

test('every function of Excel is there', () => {
  for (const { name } of sheetFunctions) expect(context[`${namespace}_${name}`], name).toBeTypeOf('function')
})

describe('every example of the catalog gives the digits of the model', () => {
  test.each(cellExamples)('%s', async (_title, example) => {
    requests.length = 0
    await serve(example.name, example.cells)
    const value = modelValue(example, facts)
    if (value === null) expect(() => call(example.name, ...example.cells)).toThrow('#N/A')
    else expect(call(example.name, ...example.cells)).toBe(value)
    expect(requests.length > 0).toBe(example.calculation.prices !== undefined)
  })
})

test('an error begins with what Excel would show, and has its sentence', () => {
  expect(() => call('MEMORY', 70e9, 'int44')).toThrow(
    '#VALUE! precision: "int44" is not accepted. Did you mean "int4"?',
  )
  expect(() => call('MEMORY', 'nobody/nothing', 'int4')).toThrow('#N/A model: there is no model')
})

test('a spill is rows, without the server', () => {
  requests.length = 0
  expect(call('EXPLAIN', 'memory', 70e9, 'int4')).toContainEqual(['memory', 'result', 35, 'GB', '', ''])
  expect(requests).toEqual([])
})

test('the date of a cell is a day', async () => {
  answer = '{"value":1}'
  requests.length = 0
  call('TOKENPRICE', 'gpt-4o', 'output', 'openai', vm.runInContext('new Date(2026, 10, 20)', context))
  expect(JSON.parse(String(requests[0])).cells[3]).toBe('2026-11-20')
})

describe('the recipes without a script', () => {
  test('WEBSERVICE and IMPORTDATA read the bare value', async () => {
    const response = await app.request('/v1/memory?model=70e9&precision=int4&format=text')
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toBe('35')
  })

  test('IMPORTDATA reads a table of prices', async () => {
    const response = await app.request('/v1/prices/gpus?gpu=h100-sxm-80gb&format=csv')
    expect(response.headers.get('content-type')).toContain('text/csv')
    const [heading, ...rows] = (await response.text()).trim().split(/\r?\n/)
    expect(heading).toContain('seller')
    expect(rows.length).toBeGreaterThan(3)
  })
})
