import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shippedBook } from '../../../api/shipped-book.ts'
import type { Database } from '../../../api/store/database.ts'
import { openEmbedded } from '../../../api/store/embedded.ts'
import { publish, published } from '../../../api/store/price-book.ts'
import { generations } from '../../../api/store/schema.ts'
import { wholeBook } from '../../../api/store/whole-book.ts'
import { routerAddress, routerFile } from './router-file.ts'
import { type StandIn, standIn } from './stand-in.ts'

/** So many times, at moments that a seed draws: half of them in all of a run, half in its last part, where it writes. */
const kills = 50

const folder = mkdtempSync(join(tmpdir(), 'weighbridge-'))
const original = join(folder, 'before.sqlite')
const database = join(folder, 'weighbridge.sqlite')
let publishers: StandIn

beforeAll(async () => {
  publishers = await standIn()
  publishers.files.set(routerAddress, routerFile({ 'aion-labs/aion-3.0-mini': '9.87e-7' }))
  const book = await shippedBook.load()
  const isKept = ({ source }: { readonly source: { readonly id: string } }) =>
    ['openrouter', 'litellm', 'portkey'].includes(source.id)
  const { database, close } = openEmbedded(original)
  await publish(database, { ...book, tokenOffers: book.tokenOffers.filter(isKept), gpuOffers: [] })
  close()
})
afterAll(async () => {
  await publishers?.stop()
  rmSync(folder, { recursive: true })
})

/** When a run is killed: so many milliseconds after it began, or after it began to write a book. */
interface Kill {
  readonly since: 'start' | 'writing'
  readonly milliseconds: number
}

/** A refresh of a copy of the database; says how long it lasted, and how long after it began to write. */
async function refreshed(kill: Kill | null): Promise<{ whole: number; writing: number }> {
  for (const part of ['', '-wal', '-shm']) rmSync(database + part, { force: true })
  copyFileSync(original, database)
  const watch = openEmbedded(database)
  const start = performance.now()
  const run = spawn(process.execPath, ['api/refresh/main.ts'], {
    env: {
      ...process.env,
      WEIGHBRIDGE_DB: database,
      WEIGHBRIDGE_REFRESH: 'on',
      WEIGHBRIDGE_MIRROR: publishers.origin,
    },
    stdio: 'ignore',
  })
  let hasEnded = false
  run.once('close', () => {
    hasEnded = true
  })
  if (kill?.since === 'start') setTimeout(() => run.kill('SIGKILL'), kill.milliseconds)
  let beganToWrite: number | null = null
  while (!hasEnded) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (beganToWrite === null && (await generationsIn(watch.database)).length > 1) {
      beganToWrite = performance.now()
      if (kill?.since === 'writing') setTimeout(() => run.kill('SIGKILL'), kill.milliseconds)
    }
  }
  watch.close()
  return { whole: performance.now() - start, writing: performance.now() - (beganToWrite ?? start) }
}

const generationsIn = async (database: Database) =>
  database.select({ published: generations.published }).from(generations)

/** What readers of the database see, as a fingerprint, and whether there is a book that nobody may see. */
async function seenIn(path: string): Promise<{ book: string; isHalfWritten: boolean }> {
  const { database, close } = openEmbedded(path)
  const shown = await published(database)
  const book = shown && (await wholeBook(database, shown))
  const isHalfWritten = (await generationsIn(database)).some((generation) => !generation.published)
  close()
  const text = JSON.stringify([book?.pricesAsOf, book?.tokenOffers, [...(book?.modelNames ?? [])]])
  return { book: createHash('sha256').update(text).digest('hex'), isHalfWritten }
}

test(`a refresh killed with -9 at ${kills} random moments leaves the book before it or the one after`, async () => {
  const before = await seenIn(original)
  const { whole, writing } = await refreshed(null)
  const after = await seenIn(database)
  expect(after.book).not.toBe(before.book)
  const random = xoroshiro128plus(26)
  const seen = { before: 0, after: 0, halfWritten: 0 }
  for (let kill = 0; kill < kills; kill += 1) {
    await refreshed(
      kill % 2 === 0
        ? { since: 'start', milliseconds: uniformInt(random, 0, Math.ceil(whole)) }
        : { since: 'writing', milliseconds: uniformInt(random, 0, Math.ceil(writing)) },
    )
    const { book, isHalfWritten } = await seenIn(database)
    expect([before.book, after.book]).toContain(book)
    if (isHalfWritten) seen.halfWritten += 1
    seen[book === before.book ? 'before' : 'after'] += 1
  }
  console.log(
    `killed ${kills} times: ${seen.before} left the book before, ${seen.after} the one after; ${seen.halfWritten} were in the middle of writing`,
  )
  expect(seen.halfWritten).toBeGreaterThan(0)
}, 900_000)
