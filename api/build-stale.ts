/**
 * Builds the add-in and the dashboard where something they are made of has changed. `npm ci` runs it (`prepare`), so that
 * the first start has nothing to wait for.
 */
import { spawnSync } from 'node:child_process'
import { isFresh, stamp } from './freshness.ts'

const settings = process.env.OFFICE_JS ?? ''
const shared = ['model', 'data', 'addin', 'dashboard', 'package-lock.json']

for (const part of ['addin', 'dashboard']) {
  const built = `api/pages/static/${part}`
  if (isFresh({ built, sources: shared, settings })) continue
  const { status } = spawnSync(process.execPath, [`${part}/build.ts`], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  stamp({ built, settings })
}
