import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startNodeAfresh, startWorker } from '../api/servers.ts'

const servers: RunningServer[] = []
beforeAll(async () => {
  execFileSync(process.execPath, ['addin/build.ts'])
  servers.push(await startNodeAfresh(), await startWorker())
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
})

describe('what was built is served by Node and by the Worker alike', () => {
  test.each([
    ['functions.js', 'text/javascript; charset=utf-8'],
    ['functions.json', 'application/json; charset=utf-8'],
    ['taskpane.html', 'text/html; charset=utf-8'],
    ['taskpane.css', 'text/css; charset=utf-8'],
    ['manifest.xml', 'application/xml; charset=utf-8'],
    ['manifest.json', 'application/json; charset=utf-8'],
    ['icons/16.png', 'image/png'],
    ['Code.gs', 'text/plain; charset=utf-8'],
    ['weights.oxt', 'application/vnd.openofficeorg.extension'],
  ])('/addin/%s', async (name, type) => {
    const bodies = await Promise.all(
      servers.map(async ({ url }) => {
        const response = await fetch(`${url}/addin/${name}`)
        expect(response.status).toBe(200)
        expect(response.headers.get('content-type')).toBe(type)
        expect(response.headers.get('x-frame-options')).toBeNull()
        expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
        const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
        expect(body).not.toContain('weighbridge.invalid')
        // The archive has a checksum over the address.
        return name.endsWith('.oxt') ? body.length > 0 : body.replaceAll(new URL(url).host, 'here')
      }),
    )
    expect(new Set(bodies).size).toBe(1)
  })

  test('a sheet may ask either', async () => {
    for (const { url } of servers) {
      const response = await fetch(`${url}/addin/evaluate`, {
        method: 'POST',
        body: '{"name":"MEMORY","cells":[70e9,"int4"]}',
      })
      expect(await response.json()).toEqual({ value: 35 })
    }
  })
})
