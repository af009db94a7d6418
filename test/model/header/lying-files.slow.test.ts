import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { lies } from './lying-files.ts'

const node = process.versions.node.startsWith('26.')
  ? process.execPath
  : createRequire(import.meta.url).resolve('node/bin/node')
const script = new URL('refuse-lying-files.ts', import.meta.url)

test('every lie is refused in a heap of 64 MB, each within seconds', async () => {
  const { stdout } = await promisify(execFile)(node, ['--max-old-space-size=64', script.pathname])
  expect(stdout.trim()).toBe(`refused ${lies.length} of ${lies.length}`)
})
