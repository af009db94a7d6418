import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { describe, expect, test } from 'vitest'
import { addressPlaceholder } from '../../addin/manifest/record.ts'
import { manifestXml } from '../../addin/manifest/xml.ts'
import { addinRoutes, allowExcel } from '../../api/routes/addin.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { cellExamples, modelValue } from '../addin/examples.ts'
import { localApp } from './local-app.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const service = localApp()

const files: Record<string, string> = {
  'functions.js': 'script',
  'manifest.xml': manifestXml(addressPlaceholder),
  'icons/16.png': 'png',
}

const addinFile = async (name: string) =>
  files[name] === undefined ? null : new TextEncoder().encode(files[name])

function app(publicUrl?: string): Hono {
  const made = new Hono()
  made.use('/addin/*', allowExcel)
  made.use(secureHeaders(), cors())
  made.route('/addin', addinRoutes({ addinFile, publicUrl }))
  return made
}

describe('/addin/*', () => {
  test('may be framed and read by Excel on the web, and is asked for each time', async () => {
    const response = await app().request('https://here.example/addin/functions.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(response.headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
    expect(response.headers.get('x-frame-options')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-cache')
    const again = await app().request('https://here.example/addin/functions.js', {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
  })

  test.each([
    ['the address that was asked', undefined, 'https://here.example/'],
    ['the public address, where one is set', 'https://models.corp.example', 'https://models.corp.example/'],
  ])('the manifest carries %s', async (_name, publicUrl, base) => {
    const response = await app(publicUrl).request('https://here.example/addin/manifest.xml')
    expect(await response.text()).toBe(manifestXml(base))
  })

  test.each(['/addin/nothing.js', '/addin/../package.json', '/addin/%2e%2e/package.json', '/addin/icons'])(
    'there is nothing at %s',
    async (path) => expect((await app().request(`https://here.example${path}`)).status).toBe(404),
  )
})

describe('POST /addin/evaluate: what a cell shows', () => {
  const shown = async (name: string, ...cells: unknown[]): Promise<unknown> => {
    const response = await service.request('/addin/evaluate', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ name, cells }),
    })
    expect(response.status).toBe(200)
    return response.json()
  }

  test.each(cellExamples)('%s', async (_title, example) => {
    const value = modelValue(example, facts)
    expect(await shown(example.name, ...example.cells)).toEqual(
      value === null ? { error: '#N/A', sentence: expect.any(String) } : { value },
    )
  })

  test('a spill is rows, a card its text, an error its sentence', async () => {
    expect(await shown('SENSITIVITY', 'memory', 'precision', [['int4', 'int44']], 70e9)).toEqual({
      rows: [
        ['Precision', 'Weight memory'],
        ['int4', 35],
        ['int44', null],
      ],
    })
    expect(await shown('gpu', 'H100 SXM')).toEqual({ value: 'h100-sxm-80gb' })
    expect(await shown('MEMORY', 70e9, 'int44')).toMatchObject({
      error: '#VALUE!',
      sentence: expect.stringContaining('Did you mean'),
    })
    expect(await shown('MEMRY')).toEqual({
      error: '#VALUE!',
      sentence: 'There is no function "MEMRY". Did you mean "MEMORY"?',
    })
  })
})

test('the Calc extension names the server that it came from', async () => {
  const response = await service.request('https://here.example/addin/weights.oxt')
  const archive = new TextDecoder('latin1').decode(await response.arrayBuffer())
  expect(archive.startsWith('PK')).toBe(true)
  expect(archive).toContain('"WEIGHBRIDGE_URL", "https://here.example"')
})
