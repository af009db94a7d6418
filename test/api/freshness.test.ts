import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isFresh, stamp } from '../../api/freshness.ts'

let root = ''
const built = () => join(root, 'built')
const source = () => join(root, 'source')
const fresh = (settings = '') => isFresh({ built: built(), sources: [source()], settings })

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'freshness-'))
  mkdirSync(built())
  mkdirSync(join(source(), 'deep'), { recursive: true })
  writeFileSync(join(source(), 'deep', 'file.ts'), '')
  const before = new Date(Date.now() - 60_000)
  for (const path of ['deep/file.ts', 'deep', '.']) utimesSync(join(source(), path), before, before)
})
afterEach(() => rmSync(root, { recursive: true }))

test('what was never built is not fresh', () => expect(fresh()).toBe(false))

test('what was built after its sources is fresh', () => {
  stamp({ built: built(), settings: '' })
  expect(fresh()).toBe(true)
})

test.each([
  ['written', (path: string) => writeFileSync(path, 'more')],
  ['taken away', (path: string) => rmSync(path)],
])('a source that was %s makes it stale', async (_name, change) => {
  stamp({ built: built(), settings: '' })
  await setTimeout(20)
  change(join(source(), 'deep', 'file.ts'))
  expect(fresh()).toBe(false)
})

test('another setting makes it stale', () => {
  stamp({ built: built(), settings: '' })
  expect(fresh('bundled')).toBe(false)
})
