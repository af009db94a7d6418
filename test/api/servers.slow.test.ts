import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { send } from './case.ts'
import { priceListFlow } from './price-list-flow.ts'
import { scenarioFlow } from './scenario-flow.ts'
import { type RunningServer, startNode, startNodeAfresh, startWorker } from './servers.ts'
import { runSuite, suite } from './suite.ts'

let node: RunningServer
let worker: RunningServer

beforeAll(async () => {
  ;[node, worker] = await Promise.all([startNodeAfresh(), startWorker()])
})
afterAll(async () => {
  await Promise.all([node?.stop(), worker?.stop()])
})

const toNode = (path: string, init: RequestInit) => fetch(node.url + path, init)
const toWorker = (path: string, init: RequestInit) => fetch(worker.url + path, init)

describe('Node', () => {
  runSuite(toNode)
  scenarioFlow(toNode)
  priceListFlow(toNode)
})
describe('Worker', () => {
  runSuite(toWorker)
  scenarioFlow(toWorker)
  priceListFlow(toWorker)
})

/** The name of the runtime in `/health`, the one place in which the two may differ. */
const withoutRuntime = (body: string) => body.replace(/"runtime":"\w+"/, '')

describe('both servers answer alike, to the last byte', () => {
  for (const [part, cases] of Object.entries(suite)) {
    test.each(cases.map((one) => [`${part}: ${one.name}`, one] as const))('%s', async (_name, one) => {
      const [ofNode, ofWorker] = await Promise.all([send(toNode, one), send(toWorker, one)])
      expect(ofNode.status).toBe(ofWorker.status)
      expect(ofNode.headers.get('content-type')).toBe(ofWorker.headers.get('content-type'))
      expect(withoutRuntime(await ofNode.text())).toBe(withoutRuntime(await ofWorker.text()))
    })
  }
})

describe('starting Node', () => {
  test('a port that is taken is named', async () => {
    const port = new URL(node.url).port
    await expect(startNode(':memory:', port)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken; set PORT to another.`,
    )
  })

  test('a database that cannot be opened is named', async () => {
    const path = join(tmpdir(), 'no-such-folder', 'weighbridge.sqlite')
    await expect(startNode(path)).rejects.toThrow(`The database ${path} cannot be opened: `)
  })

  test('the second start finds the book in its file', async () => {
    const path = join(tmpdir(), `weighbridge-${process.pid}.sqlite`)
    const filling = performance.now()
    await (await startNode(path)).stop()
    const start = performance.now()
    const again = await startNode(path)
    const end = performance.now()
    const health = await (await fetch(`${again.url}/health`)).json()
    await again.stop()
    rmSync(path)
    expect(health.dataset.pricesAsOf).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(end - start).toBeLessThan(start - filling)
  })
})
