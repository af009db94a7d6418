import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedBook } from '../../../api/shipped-book.ts'
import { startNode, startWorker } from '../servers.ts'
import { routerAddress, routerFile } from './router-file.ts'
import { type StandIn, standIn } from './stand-in.ts'

let publishers: StandIn
const model = 'aion-labs/aion-3.0-mini'
const today = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  publishers = await standIn()
})
afterAll(() => publishers?.stop())

/** Lets workerd run the scheduled event, as Cloudflare would, and says how it went. */
async function scheduled(miniflare: Miniflare, cron: string): Promise<string> {
  const entry = await miniflare.getWorker()
  if (!('scheduled' in entry) || typeof entry.scheduled !== 'function') throw new Error('No scheduled event.')
  return (await entry.scheduled({ cron, scheduledTime: new Date() })).outcome
}

/** What both runtimes must have made of the router's list, in which one price moved. Everybody else answers 404. */
async function expectRenewed(ask: (path: string) => Promise<unknown>): Promise<void> {
  expect(await ask('/v1/prices/refreshes?limit=1')).toMatchObject({
    items: [
      {
        published: true,
        sources: expect.arrayContaining([
          expect.objectContaining({
            source: 'openrouter',
            outcome: 'renewed',
            added: 0,
            changed: 1,
            ended: 0,
          }),
          expect.objectContaining({
            source: 'litellm',
            outcome: 'refused',
            detail: expect.stringContaining('404'),
          }),
          expect.objectContaining({ source: 'gcp', outcome: 'no-live-reader' }),
        ]),
      },
    ],
  })
  expect(await ask('/v1/prices/quarantine?source=litellm&q=the+whole+import')).toMatchObject({
    items: [{ source: 'litellm', reason: expect.stringContaining('answers with status 404') }],
  })
  // The router is the least trusted of those who print this price: what it says is a dispute from its day on.
  const listed = async (asOf: string) =>
    JSON.stringify(
      await ask(`/v1/prices/tokens?model=${encodeURIComponent(model)}&seller=openrouter&asOf=${asOf}`),
    )
  expect(await listed(today)).toContain(`"usdPerMillionTokens":0.987,"source":{"id":"openrouter"`)
  expect(await listed('2026-08-25')).not.toContain('0.987')
}

describe('npm run refresh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-'))
  const database = join(folder, 'weighbridge.sqlite')
  afterAll(() => rmSync(folder, { recursive: true }))

  const refresh = (refreshSetting: string, ...flags: string[]) =>
    new Promise<{ status: number | null; output: string }>((resolve) => {
      const run = spawn(process.execPath, ['api/refresh/main.ts', ...flags], {
        env: {
          ...process.env,
          WEIGHBRIDGE_DB: database,
          WEIGHBRIDGE_REFRESH: refreshSetting,
          WEIGHBRIDGE_MIRROR: publishers.origin,
        },
      })
      let output = ''
      for (const stream of [run.stdout, run.stderr]) stream.on('data', (data) => (output += data))
      run.once('close', (status) => resolve({ status, output }))
    })

  test('is off until it is switched on, and contacts nobody', async () => {
    publishers.answers.length = 0
    const { status, output } = await refresh('')
    expect(status).toBe(2)
    expect(output).toContain('The refresh is off: nobody was contacted. WEIGHBRIDGE_REFRESH=on')
    expect(publishers.answers).toEqual([])
  })

  test('says what came, what changed and what was refused, and the server shows it', async () => {
    publishers.files.set(routerAddress, routerFile({ [model]: '9.87e-7' }))
    const { status, output } = await refresh('on')
    expect(status).toBe(1)
    expect(output).toMatch(/openrouter: renewed\. Taken in\. \d+ offers: 0 new, 1 changed, 0 ended/)
    expect(output).toMatch(/litellm: refused\. \S+ answers with status 404\./)
    expect(output).toContain('gcp: no-live-reader. No live reader yet')
    const server = await startNode(database)
    await expectRenewed(async (path) => (await fetch(server.url + path)).json())
    await server.stop()
  })

  test('a second time changes nothing and says so', async () => {
    const { output } = await refresh('on')
    expect(output).toContain('nothing changed: the book is as it was')
    expect(output).toContain('openrouter: unchanged. Its files are those that were taken in before.')
  })

  test.each([
    [['runs'], 0, 'Refresh 1, begun'],
    [['addresses'], 0, 'aws: no live reader yet'],
    [['believe', 'litelm'], 2, 'There is no live source "litelm". Did you mean "litellm"?'],
    [['rnus'], 2, 'There is no "rnus".'],
  ])('%j', async (flags, status, sentence) => {
    const done = await refresh('on', ...flags)
    expect(done.output).toContain(sentence)
    expect(done.status).toBe(status)
  })
})

describe('the cron trigger of the Worker', () => {
  let worker: Awaited<ReturnType<typeof startWorker>>
  beforeAll(async () => {
    worker = await startWorker({ WEIGHBRIDGE_REFRESH: 'on', WEIGHBRIDGE_MIRROR: publishers.origin })
  })
  afterAll(() => worker?.stop())
  const trigger = (cron: string) => scheduled(worker.miniflare, cron)

  test('of every ten minutes takes in the shipped book and contacts nobody', async () => {
    publishers.answers.length = 0
    expect(await trigger('*/10 * * * *')).toBe('ok')
    expect(publishers.answers).toEqual([])
    const database = await worker.miniflare.getD1Database('DB')
    const { results } = await database.prepare('select version from generations where published = 1').all()
    expect(results).toEqual([{ version: shippedBook.version }])
  })

  test('of every day refreshes', async () => {
    publishers.files.set(routerAddress, routerFile({ [model]: '9.87e-7' }))
    expect(await trigger('23 5 * * *')).toBe('ok')
    expect(publishers.answers.length).toBeGreaterThan(0)
    // The book that was in use is held for ten seconds.
    await new Promise((resolve) => setTimeout(resolve, 10_500))
    await expectRenewed(async (path) => (await fetch(worker.url + path)).json())
  })
})

describe('the Worker as it is deployed', () => {
  test('has the refresh off', async () => {
    const worker = await startWorker({ WEIGHBRIDGE_MIRROR: publishers.origin })
    publishers.answers.length = 0
    expect(await scheduled(worker.miniflare, '23 5 * * *')).toBe('ok')
    await worker.stop()
    expect(publishers.answers).toEqual([])
  })
})
