import { beforeAll } from 'vitest'
import { localApp } from './local-app.ts'
import { priceListFlow } from './price-list-flow.ts'
import { scenarioFlow } from './scenario-flow.ts'
import { runSuite } from './suite.ts'

const app = localApp()
beforeAll(async () => {
  await app.request('/ready')
}, 60_000)

runSuite(async (path, init) => app.request(path, init))
scenarioFlow(async (path, init) => app.request(path, init))
priceListFlow(async (path, init) => app.request(path, init))
