import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { describe, expect, test } from 'vitest'
import { addressPlaceholder } from '../../addin/manifest/record.ts'
import { manifestXml } from '../../addin/manifest/xml.ts'
import { addinRoutes, allowExcel } from '../../api/routes/addin.ts'

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
